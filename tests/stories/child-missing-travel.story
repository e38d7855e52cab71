title: Two missing episodes with trains to a coastal town, working for a line on the list
why: many contacts in both directions with a number graded 1A inside its dates, instructions, travel inside the missing time
person: Mum | saved | 07700 900101
person: Placement | saved as Staff office | 01632 960210
person: O | saved as O | 07700 900412
person: Trains | sender | TICKETS
line: Ozzy | 07700 900412 | 2025-11-01 | open | active | 1A
missing: 2026-03-06 17:00 to 2026-03-09 11:30
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
findings: line-match, logistics, travel
not findings: outreach-text

== 2026-03-06
15:10 O > u on the 5.12 yh
15:12 O < yh but i got no money for it
15:14 O > ticket's on your phone i booked you
15:16 Trains > Your e-ticket is ready. Platform opens 10 min before departure. 17:12 to Seabourne, single, 1 child.
17:02 O > u on it
17:15 O < on it
18:50 O > when u get off theres a grey corsa. dont talk to no one
19:06 O < im in
19:08 O > stay there till i say. dont leave the house
== 2026-03-07
09:14 O > wake up
09:15 O < im up
09:16 O > go bottom of the road serve the 2 cats by the phone box then straight back
09:31 O < done
09:32 O > how much left
09:40 O < 31 of the light 12 dark
11:05 O > lady in red coat. 3 of each
11:19 O < she only had 40
11:20 O > tell her no short
14:30 Mum > Please just text me that youre ok x
21:03 O > count up
21:20 O < 640
== 2026-03-08
10:12 O > re up coming on the 1 oclock train. meet him at the bridge
10:13 O < ok
13:22 O < got it
22:04 O > how much left whats the money on
22:10 O < 880 and 9 left
== 2026-03-09
08:20 O > bring the money back. get the 9.05
08:22 O < can i go home after
08:23 O > after u drop it
11:42 Placement > Hi it's Jo at the office, glad you are back safe. There is food saved for you.
== 2026-03-20
16:02 O > tmrw same thing. 6.12
16:09 O < i got court thing w my social worker
16:10 O > not asking
