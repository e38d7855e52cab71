title: Buys cannabis from a number of a line and is asked to bring friends
why: known number, prices and amounts asked by this phone, offers received: customer
person: plug | saved | 07700 900903
person: Josh | saved | 07700 900881
level: 1 2
roles: customer
not roles: worker, line-phone, debt-threat-victim, mule
findings: line-match
== 2026-03-03
18:00 plug > New menu. Cali in, 35 an 8th. Bring a mate get 5 off
18:20 plug < alright can i get a 8th
18:22 plug > yes bro. same place half hour
== 2026-03-12
18:01 plug > Restock. Cali and haze, 35 an 8th. Bring a mate get 5 off
== 2026-03-21
19:05 plug < u got any haze left
19:10 plug > yh how much
19:11 plug < just a tenner bag
19:30 Josh > u bringing the stuff or what
19:31 Josh < yeah 10 min
