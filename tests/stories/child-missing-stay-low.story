title: Missing for three nights and told how not to be found
why: told to stay away from home, to switch the location off, and where to work; a second time is planned: missing-again plan is an immediate rule
person: T | unsaved | 07700 900641
person: Mum | saved | 07700 900642
missing: 2026-03-23 16:00 to 2026-03-26 05:00
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
== 2026-03-23
15:40 T > u ready for cunch
15:41 T < ye just got to get my coat
15:44 T > leave ur phone on airplane til u get there. turn snap maps off
20:10 Mum > Please just tell me you're safe
== 2026-03-24
10:05 T > police been to ur yard asking. dont go home yet
10:06 T < what do i do
10:07 T > stay low at the bando. carry on serving
13:30 T > nittys say u aint answering the door
13:31 T < i was sleep
13:32 T > wake up then. thats my money
22:20 Mum > I've reported you missing. Please ring me
== 2026-03-25
18:00 T > last bit then u can go
18:02 T < 3 left
== 2026-03-28
16:00 T > u did good. friday again yeah? 5 days this time
16:04 T < my mum will ring the feds again
16:05 T > thats why u dont tell her. ill come get u from school
