title: Gets the same deal texts week after week from a number on no list
why: a bulk text repeated on several days by an unsaved number, replies ask for amounts: a likely new line, this phone receives
person: Sis | saved | 07700 900106
person: N | unsaved | 07700 900482
level: 1 2
roles: customer
not roles: worker, line-phone, mule
findings: broadcast
not findings: line-match, debt-threat

== 2026-02-05
16:00 N > Nell about in car both on. bell me
== 2026-02-09
16:01 N > Nell about in car both on. bell me
17:02 N < can i get 1 n 1
17:03 N > yes love 10 mins
== 2026-02-12
16:00 N > Nell about in car both on. bell me
== 2026-02-19
16:02 N > Nell about in car both on. bell me
18:20 N < 2 for 15 still?
18:22 N > yes
== 2026-02-26
16:00 N > Nell about fast. buy 3c get 1 free
20:00 Sis > you coming to mums sunday
