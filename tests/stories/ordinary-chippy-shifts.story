title: Works Fridays in a chip shop
why: shifts, tills, being short, opening hours and pay are a part-time job
person: Yianni boss | saved | 07700 900581
person: Kel | saved | 07700 900582
person: shop | unsaved | 01632 960123
level: 0
not roles: any
at most: 0
== 2026-03-05
15:00 Yianni boss > Can you work tonight? Open til 11 we are short
15:02 Yianni boss < yeah what time
15:03 Yianni boss > 4.30 be on time. Bring 2 bags of change from the bank
23:15 Yianni boss > Till was £20 short again, who was on it
23:16 Yianni boss < kel i was bagging up
23:17 Yianni boss > You two owe me £10 each then ha
== 2026-03-08
12:00 Kel > u getting paid today
12:01 Kel < he owes me for 2 shifts still
12:02 Kel > same. easy money tho
12:10 shop > (missed call)
== 2026-03-12
16:00 Yianni boss > Friday deals are on: 2 for 1 cod, tell your mates
16:05 Yianni boss < will do boss
22:00 Yianni boss > how much left in the freezer
22:01 Yianni boss < 3 boxes of white fish n a bag of batter
