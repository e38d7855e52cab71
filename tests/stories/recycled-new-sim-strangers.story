title: A new SIM that strangers still think belongs to someone else
why: H8: the number was someone else's; the user says so each time and buys and sells nothing
phone: 07700 900977
person: s1 | unsaved | 07700 900610
person: s2 | unsaved | 07700 900611
person: s3 | unsaved | 07700 900612
person: Mum | saved | 07700 900181
level: 0 1
not roles: customer, worker, line-phone, mule, debt-threat-victim
not findings: debt-threat, line-phone
== 2026-03-02
14:00 Mum < hi mum its me this is my new number
14:02 Mum > Ok love saved it x
15:22 s1 > u on?
15:30 s1 < who is this
15:31 s1 > its steve. need 2 b 1 w
15:33 s1 < wrong number mate i only got this sim today
== 2026-03-04
09:12 s2 > (missed call)
09:13 s2 > (missed call)
09:14 s2 > bro u about got 30 quid
09:40 s2 < sorry this isnt who you think it is, new owner of this number
== 2026-03-07
22:15 s3 > (call 8s)
22:16 s3 > is this not jay
22:20 s3 < no
