title: Put up in a hotel in another town to answer calls
why: booked train and room by someone else, told not to leave, counts, while reported missing
person: Rz | unsaved | 07700 900651
person: Dad | saved | 07700 900852
missing: 2026-04-03 15:00 to 2026-04-06 12:00
level: 2 3
roles: worker
not roles: customer, false-positive
== 2026-04-03
14:10 Rz > 15.22 from euston. jaydens got ur ticket
14:12 Rz < ok
18:00 Rz > ask for the room under smith
18:20 Rz < im in
18:22 Rz > good lad. phone will start going about 8 just tell em the car park
== 2026-04-04
01:10 Rz < its dead now can i sleep
01:11 Rz > no its friday stay up
10:00 Rz > how many u do last night
10:05 Rz < like 22
10:06 Rz > money in the sock drawer. dont open for housekeeping
14:00 Dad > Your mother is in bits. Please ring.
== 2026-04-05
12:00 Rz > ur there till monday now lil man got nicked
12:03 Rz < u said 2 nights
12:04 Rz > and now its 3
