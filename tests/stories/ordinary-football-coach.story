title: An under-16s coach runs the team by text
why: pick-ups, trains, subs owed, being where you are told and hitting hard are football here
person: Coach Baz | unsaved | 07700 900511
person: Reece | saved | 07700 900512
person: Jayden | saved | 07700 900513
group: U16s Tigers | Coach Baz, Reece, Jayden
level: 0
not roles: any
at most: 0
== 2026-03-06
18:00 [U16s Tigers] Coach Baz > Lads. Meet 8.15 at the station tomorrow, train's 8.32 to Ipswich. Dont be late or you walk
18:05 [U16s Tigers] Reece > safe coach
18:06 [U16s Tigers] Coach Baz > Bring the kit bag Jayden. And who still owes me subs? £5 each, Reece thats you mate you owe me 15
18:08 [U16s Tigers] Reece > ill bring it tmrw promise
18:10 Coach Baz > You still got the key for the shed? Need it before 8
18:12 Coach Baz < yeah its in my bag
== 2026-03-07
08:10 Coach Baz > Where are you? Drop me your location
08:11 Coach Baz < 2 mins round the corner
08:12 Coach Baz > Stay there i'll pick you up
12:40 [U16s Tigers] Coach Baz > Get stuck in second half. Run at them, smash them off the ball, no mercy
16:20 [U16s Tigers] Jayden > we killed them 5-1
16:21 [U16s Tigers] Reece > jaydens left foot is a weapon
== 2026-03-12
19:00 [U16s Tigers] Coach Baz > Work hard tonight boys, double session. New trainers for player of the month
