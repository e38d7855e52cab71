title: Sent round the parks on a bike after school
why: orders, handing over, counts and a demand for the takings from a number of a line: worker, strong
person: shift | unsaved | 07700 900904
person: Mum | saved | 07700 900850
level: 2 3
roles: worker
not roles: line-phone, customer, false-positive
findings: line-match
== 2026-03-04
15:40 shift > you out of school yet
15:42 shift < yh on my bike
15:44 shift > behind the leisure centre. fella in a yellow hi vis. two of them
16:02 shift < done
16:03 shift > next is the canal. woman with a pram
16:30 shift < done she was 5 quid light
16:31 shift > not having that. you make up the 5
== 2026-03-06
16:00 shift > usual places today
16:05 shift < ok
18:20 shift > what we on
18:21 shift < 165
18:22 shift > bring it to the car
18:40 Mum > Tea's on the table
== 2026-03-09
16:10 shift > wheres my runner
16:11 shift < coming
