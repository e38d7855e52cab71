title: Swaps skins and sells accounts in games
why: knives, drops, packs, trades and accounts are things in games
person: xNova | saved | 07700 900711
person: trader | unsaved | 07700 900712
person: Jake | saved | 07700 900713
level: 0
not roles: any
at most: 0
== 2026-03-03
16:20 xNova > got the karambit knife skin today
16:21 xNova < no way what did u trade
16:22 xNova > 2 ak skins and a case. worth 140
16:25 xNova < send a screenshot of ur inventory
== 2026-03-05
18:00 trader > hi u selling the fortnite account
18:02 trader < yeah 40 its got the black knight
18:03 trader > can u do 30 and 2 packs of fifa points
18:04 trader < 35
18:05 trader > ok send login deets when i pay on paypal
== 2026-03-08
20:10 Jake > get on we dropping tilted
20:12 Jake < need to reload my vbucks card first
20:14 Jake > i got rushed by 3 of them and still shot 2
20:15 Jake < ill slide in ur squad in 5
20:30 Jake > u owe me 800 vbucks from last week bro
20:31 Jake < ill gift u the skin
