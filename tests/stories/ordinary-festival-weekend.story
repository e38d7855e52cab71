title: Off to a festival with friends
why: coach, tickets, tents, money owed for them and drink are a holiday
person: Fran | saved | 07700 900897
person: Bill | saved | 07700 900898
person: Mum | saved | 07700 900899
group: FEST | Fran, Bill
level: 0
not roles: any
at most: 0
== 2026-04-09
18:00 [FEST] Fran > tickets booked!! 120 each so you both owe me 120 pls
18:02 [FEST] Bill > ill send it friday when i get paid
18:05 [FEST] < sent
== 2026-04-16
10:00 [FEST] Bill > coach is at 9.40 dont be late. pack light
10:02 [FEST] Fran > whos bringing the gear. tent, stove
10:03 [FEST] < me got 2 bags of stuff already
20:00 Mum > Keep your phone on and text me when you get there x
== 2026-04-17
14:00 Fran > where are you? drop your location
14:02 Fran < by the main stage near the white tent
14:04 Fran > stay there dont move
23:50 Bill > bare people off their heads over here
23:52 Bill < feds everywhere too lol
