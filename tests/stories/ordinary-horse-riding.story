title: Helps at a stable on Saturdays
why: horse, bags, stable lads and shifts are about ponies
person: Yard Lou | saved | 07700 900821
person: Fliss | saved | 07700 900822
level: 0
not roles: any
at most: 0
== 2026-03-06
18:00 Yard Lou > Can you be at the yard for 7? Brown mare needs bringing in and the white one is going to the vet for ket
18:02 Yard Lou < yes ill get the first bus
== 2026-03-07
06:50 Yard Lou > Where are you? I'm on my own with 12 of them
06:52 Yard Lou < 5 mins bus was late
12:30 Yard Lou > Do 4 bags of hard feed and 2 hay then youre done
12:31 Yard Lou < how much hay is left
12:32 Yard Lou > Enough till Monday
== 2026-03-08
17:00 Fliss > lou says u can work off ur riding lessons now?
17:01 Fliss < yeah 2 mornings = 1 lesson
17:02 Fliss > thats well good
