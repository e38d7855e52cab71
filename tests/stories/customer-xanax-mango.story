title: Seventeen, buys bars from a known line now and then
why: number hit on an active line, prices and amounts asked, no orders and no counts: a customer; some or strong indicators because the number itself is graded 1B
person: Jodie | saved | 07700 900151
person: man | unsaved | 07700 900904
level: 1 2
roles: customer
not roles: worker, line-phone, debt-threat-victim, mule
findings: line-match
not findings: debt-threat, remote-control
== 2026-03-05
19:20 man > on now till late. ring this phone
19:44 man < hi can i get 2 bars how much
19:45 man > 10
19:46 man < ok where
19:47 man > by tesco 15min
== 2026-03-14
18:01 man > on now till late. ring this phone
== 2026-03-19
18:00 man > on now till late. ring this phone
20:12 man < u got any more xans
20:14 man > yeah 3 for 15
20:15 man < safe ill have 3
20:20 Jodie > u coming out tonight
20:21 Jodie < yeah jus gettin summit then ill be there
