title: Mum's hairdresser has a number that was a line's two years ago
why: all contact is more than 90 days after the line's dates; numbers are issued again
person: Mum | saved | 07700 900101
person: Salon | saved as Clare hair | 07700 900490
line: Cee | 07700 900490 | 2023-01-05 | 2024-01-20 | closed | 1A
level: 0 1
roles: false-positive
not roles: worker, line-phone, mule, customer
not findings: logistics, debt-threat, broadcast

== 2026-02-10
11:00 Salon > Hi lovely reminder of your trim on Thursday 4.15 x
11:20 Salon < thank you see you then
== 2026-03-20
11:00 Salon > Hi lovely reminder of your trim on Tuesday 4.30 x
11:09 Salon < can we do 5 instead
11:12 Salon > Of course x
== 2026-03-24
16:20 Salon > (call 41s)
