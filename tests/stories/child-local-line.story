title: Works for a line in her own town, no travel at all
why: most lines are local; a number graded 1A, daily two-way contact, instructions; distance must not be needed
person: Mum | saved | 07700 900101
person: M | unsaved | 07700 900455
line: Milo | 07700 900455 | 2025-12-20 | open | active | 1B
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
findings: line-match, logistics
not findings: outreach-text

== 2026-03-02
15:40 M > u finished school
15:41 M < yh
15:42 M > bike to the park. 2 white 1 brown for the man with the dog
16:10 M < done
16:11 M > next one outside the launderette. shes waiting
16:31 M < served her
== 2026-03-03
15:44 M > pick up from the green bin then straight to ash court
16:02 M < got it
16:20 M > (call 24s)
16:24 M < hes not here
16:25 M > wait for him dont move
17:10 M < done he was short a tenner
17:11 M > whats left
17:13 M < 8
== 2026-03-05
15:50 M > same again today. 5 drops
18:20 M < all done
18:21 M > bring the money to the wall 7pm
== 2026-03-09
15:45 M > u on shift
15:47 M < i got detention
15:48 M > after then
17:35 Mum > Tea on table at six xx
17:36 Mum < ok x
