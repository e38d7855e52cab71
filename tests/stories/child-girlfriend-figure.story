title: Drawn in by a girl who was made to find others
why: gifts, then money for a small job, then a debt for the gifts; the pattern of recruitment
person: Mia | saved as Mia 🥰 | 07700 900140
person: Big J | unsaved | 07700 900441
person: Dad | saved | 07700 900103
level: 2 3
roles: recruitment
not roles: customer, line-phone, mule, false-positive
findings: recruitment

== 2026-01-24
20:02 Mia > u looked sad today u ok? x
20:05 Mia < just broke man lol cant even get trainers
20:06 Mia > my cousin can sort u some new ones for free hes got loads
20:09 Mia < for real
20:10 Mia > yh free trainers and a tracksuit he just likes helping people eat xx
== 2026-01-28
16:30 Mia > did they fit
16:33 Mia < perfect tell him thanks
16:34 Mia > he says do u wanna make money. easy money £500 a week
16:36 Mia < doing what
16:37 Mia > just dropping stuff off hes got work for you. i done it it was fine x
16:41 Mia < idk
16:42 Mia > pls babe if i dont bring someone he will be moody with me
== 2026-01-30
18:02 Big J > this j mias people. u wanna make p's or not
18:04 Big J < depends what it is
18:05 Big J > easy. u hold something for a day. i get you fed
18:06 Big J > i need a worker for the weekend someone feds dont know
== 2026-02-02
19:12 Big J > the trainers was 180 and the tracksuit 120. u think it was free
19:13 Big J < she said it was
19:14 Big J > u owe 300 so u work this weekend
19:20 Mia > just do it please im scared of him
21:00 Dad > You have been quiet this week mate. All ok?
