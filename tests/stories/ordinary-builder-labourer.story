title: Labours for a plasterer
why: gear, bags, white, brown, loads and being paid are building words
person: Gaz plasterer | saved | 07700 900781
person: merchant | unsaved | 01632 960211
person: Stu | saved | 07700 900782
level: 0
not roles: any
at most: 0
== 2026-03-02
06:10 Gaz plasterer > pick u up half 6 bring ur gear
06:11 Gaz plasterer < sound
09:00 Gaz plasterer > need 8 bags of multi n 2 of bonding drop em at the back of the house
09:02 Gaz plasterer < how much we got left
09:03 Gaz plasterer > 3 bags and half a box of scrim
== 2026-03-04
11:00 merchant > Your order is ready to collect: 10 x board, 1 x brown sealant, 1 x white
17:00 Gaz plasterer > i owe you 240 for the week il drop it round
17:01 Gaz plasterer < nice one
== 2026-03-06
07:00 Stu > hes taxed me again took 20 off for the van
07:02 Stu < lol he will do
07:03 Stu > im gonna kill him
12:30 Gaz plasterer > stay there till the skip comes dont leave the house unlocked
