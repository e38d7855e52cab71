title: Runs for a line that nobody has on a list; all there is are the words
why: two kinds of sign in text on several days suffice for the same-day level without any number
person: Auntie Bev | saved | 07700 900104
person: Sir | unsaved | 07700 900460
missing: 2026-03-27 15:30 to 2026-03-30 09:00
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
findings: logistics, travel
not findings: line-match, outreach-text

== 2026-03-27
14:58 Sir > u coming cunch this weekend or what
15:01 Sir < how many days
15:02 Sir > 3. bando is sorted. get the 4.40 train ill send someone with the ticket
15:04 Sir < ok
18:02 Sir > when u reach bag up the b and w. 0.2s
18:40 Sir < where are the scales
18:41 Sir > kitchen drawer. clingfilm too
22:15 Sir < 60 bagged
== 2026-03-28
08:30 Sir > work phone is charged. anyone rings u serve them at the back gate
12:04 Sir > how much left
12:10 Sir < 22
12:11 Sir > reup coming tonight dont leave the trap
== 2026-03-29
13:10 Sir > count the money
13:31 Sir < 1140
13:32 Sir > should be 1200. youre short £60
13:34 Sir < someone did not pay
13:35 Sir > comes out of yours
19:00 Auntie Bev > Police have been here about you darling please ring me
