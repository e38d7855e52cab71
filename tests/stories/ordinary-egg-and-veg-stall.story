title: Helps her uncle on a market stall
why: boxes, bags, 3 for 2, being out till late and cash are a market
person: Uncle Raj stall | saved | 07700 900910
person: reg | unsaved | 07700 900911
person: Tanv | saved | 07700 900912
level: 0
not roles: any
at most: 0
== 2026-03-07
05:40 Uncle Raj stall > im outside come down
05:41 Uncle Raj stall < 2 mins
11:10 Uncle Raj stall > how many boxes of mango left
11:11 Uncle Raj stall < 6 and 2 bags of okra
11:12 Uncle Raj stall > do 2 for a fiver now, shift them before rain
14:00 Uncle Raj stall > bring the money pouch to the van
14:05 reg > hello are u there sat, need 2 trays white eggs 1 brown
14:06 reg < yes till 3
== 2026-03-08
09:00 Tanv > u coming out or working for ur uncle again
09:02 Tanv < working he pays 50 a day
