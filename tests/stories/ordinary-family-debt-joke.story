title: Brothers and a cousin who never pay each other back
why: owing and mock threats between people saved as family, with jokes on both sides
person: Callum bro | saved | 07700 900541
person: Cousin Mikey | saved | 07700 900542
person: Mum | saved | 07700 900543
level: 0
not roles: any
at most: 0
== 2026-03-02
19:00 Callum bro > u owe me 20 quid for that pizza
19:01 Callum bro < in ur dreams
19:02 Callum bro > pay up or im telling mum about the window 😂
19:03 Callum bro < u wouldnt dare
19:04 Callum bro > interest is doubled now thats 40. i know where u live lol
19:05 Callum bro < literally next door to ur room u idiot
== 2026-03-06
21:14 Cousin Mikey > oi wheres my tenner
21:15 Cousin Mikey < what tenner
21:16 Cousin Mikey > im coming round ur house to batter u hahaha
21:17 Cousin Mikey < bring snacks
== 2026-03-10
08:00 Mum > You owe me £12 for school dinners, you can work it off washing the car x
08:02 Mum < nooo
