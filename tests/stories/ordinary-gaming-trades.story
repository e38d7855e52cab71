title: Trading skins and loot in games
why: drops, trades, keys, rocks, weapons and owing are of a game
person: Joel | saved | 07700 900181
person: xN | unsaved | 07700 900524
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
at most: 1

== 2026-02-05
19:00 Joel > got 3 drops today, legendary rifle and a knife skin
19:01 Joel < trade u 2 for 1, both purples
19:02 Joel > deal. u owe me a key from last time
19:04 Joel < ill give it u tonight in the raid
== 2026-02-08
16:00 xN > hi saw your trade post. selling the dragon blade 20 quid or 2 rare crates
16:05 xN < can u do 15
16:06 xN > ok drop loc on the map il meet u by the white rocks
16:20 xN < done thx
== 2026-02-09
21:00 Joel > u getting on? squad needs a runner, ill snipe
21:01 Joel < 5 mins food first
21:40 Joel > bro shoot him hes behind your house window
21:41 Joel < cant reload im out
