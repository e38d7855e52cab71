title: A boy of 17 buys now and then from a line on the list
why: asks for amounts, gets the bulk texts, no instructions to him: customer (H1). Still a child to talk to
person: Mum | saved | 07700 900101
person: D | saved as D | 07700 900480
line: Dizzy | 07700 900480 | 2025-09-01 | open | active | 1A
level: 1 2
roles: customer
not roles: worker, line-phone, mule, debt-threat-victim
findings: line-match
not findings: logistics, debt-threat, remote-control

== 2026-02-07
18:02 D > Dizzy on both fast 2 for 20 ring me
== 2026-02-13
17:15 D > Dizzy about in car till 12. 3 for 25
18:40 D < u about? can i get 2
18:41 D > yh 15 min usual place
18:58 D > (call 12s)
== 2026-02-20
17:10 D > Dizzy about in car till 12. 3 for 25
== 2026-02-28
17:12 D > Dizzy on now weekend deals
19:01 D < 1 pls how much
19:02 D > 10
== 2026-03-07
17:10 D > Dizzy about in car till 12. 3 for 25
20:10 Mum > Dinner in the oven x
