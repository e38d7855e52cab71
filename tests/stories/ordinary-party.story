title: Plans for a birthday party, with drink and one silly balloon joke
why: party talk; the same invitation to thirty saved friends is no deal text
person: friend* | saved | 07700 900500 x30
person: Liv | saved | 07700 900157
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: line-phone, broadcast
at most: 1

== 2026-03-01
17:00 +15s friend* < PARTY at mine sat 14th from 7!! 18 finally. bring drinks n a mate, byo food, music till 1. text me if ur about xx
17:20 Liv > omg im so there. who's bringing the pills lol jk paracetamol for sunday
17:22 Liv < haha just balloons for the door pls. actual balloons
== 2026-03-13
18:10 Liv > 2 for 25 on vodka in the shop get both flavours
18:12 Liv < yesss get it ill pay u back
== 2026-03-15
11:00 Liv > i am dying. u got so smashed
11:30 Liv < never again. my head
