title: A school trip by train with a hostel and bossy teachers
why: trains, tickets, meeting points, instructions and counting heads, all of them innocent
person: Trip | sender | OAKHILL
person: Mum | saved | 07700 900101
person: Nia | saved | 07700 900158
person: Miss T | unsaved | 07700 900520
group: Trip room 12 | Nia, Miss T
level: 0
not roles: worker, line-phone, customer, mule, recruitment
at most: 1

== 2026-03-18
07:15 Trip > Trip to Norwich: meet platform 2 at 07:50, train 08:12. Bring packed lunch, coat and medication in the named bag.
07:40 Mum > Have you got your ticket?? x
07:41 Mum < yes its on my phone
12:05 [Trip room 12] Miss T > Everyone wait by the castle gate. Do not move till I have counted you
12:06 [Trip room 12] Nia > we are in the gift shop miss
12:07 [Trip room 12] Miss T > Come back now please. How many left with you?
12:08 [Trip room 12] < 4 of us
18:02 Mum > Where are you staying again x
18:03 Mum < travelodge near the station
== 2026-03-20
15:12 [Trip room 12] Miss T > Next train is the 16:05. Stay together at the station
19:30 Mum < coming home!! so tired
