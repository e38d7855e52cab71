title: Sells cakes for a school charity
why: half ounces, snow-white icing, boxes, prices and orders are cakes
person: Aunty Bev | saved | 07700 900801
person: order1 | unsaved | 07700 900802
person: order2 | unsaved | 07700 900803
person: Nia | saved | 07700 900804
level: 0
not roles: any
at most: 0
== 2026-03-03
17:00 order1 > Hi are you the girl doing brownies? How much
17:03 order1 < 4 for 5 or 10 for 10, cookies are 3 for 2
17:04 order1 > can i have 10 brownies and a box of cookies for friday
17:05 order1 < yes pick up or drop off
17:06 order1 > drop off pls, no 31 white door
== 2026-03-04
18:00 Nia > how many left to bag up
18:01 Nia < 12 bags
18:02 Nia > need 4oz more sugar n a g of yeast
18:10 order2 > got any left? 2 for me
18:12 order2 < yes last 2
== 2026-03-06
16:30 Aunty Bev > Did you sell out? How much did you make
16:31 Aunty Bev < 62 and we sold out by dinner
