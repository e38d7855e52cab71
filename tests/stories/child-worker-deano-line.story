title: Sent from the Deano phone for four days
why: number graded 1B inside its window, two-way on several days, counts and orders: strong, worker
person: D | unsaved | 07700 900902
person: Gran | saved | 07700 900622
level: 2 3
roles: worker
not roles: customer, false-positive
findings: line-match
== 2026-03-16
14:00 D > la get to lime street for 5
14:02 D < sound
17:05 D > (call 41s)
19:30 D > yous there yet
19:31 D < yeah lad at hers now
19:33 D > she lets ye stay there long as u sort her 2
== 2026-03-17
09:10 D > sendin one to the door now give him 3 n 1
09:20 D < done
13:44 D > how much u got on ye
13:45 D < 410
13:46 D > how many left
13:47 D < 9 n 4
== 2026-03-18
23:10 D > someones comin for the money at 12 have it ready
23:12 D < ok
== 2026-03-19
08:00 D > droppin u more at dinner
10:00 Gran > Are you coming home today son
