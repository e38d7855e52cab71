title: A bag of cannabis on tick became a debt with threats
why: debt, doubling and a threat to the sister by name: explicit threat plus debt is immediate
person: Rizla | saved | 07700 900611
person: Shan | saved | 07700 900612
level: 3
roles: debt-threat-victim
not roles: line-phone, false-positive
findings: debt-threat
== 2026-03-01
17:20 Rizla > i can lay u on a q if u aint got p
17:21 Rizla < yeah ill pay u friday
17:22 Rizla > 60
== 2026-03-06
18:00 Rizla > friday
18:30 Rizla < havent got it yet sorry got 20
18:31 Rizla > not what we said
== 2026-03-09
18:00 Rizla > its 120 now
18:02 Rizla < what how
18:03 Rizla > cos ur late. every week u dont pay it doubles
18:10 Shan > u alright u look rough
== 2026-03-13
21:00 Rizla > 240. want it tmrw
21:05 Rizla < i cant get that
21:06 Rizla > ur sister finishes at st marys at 3 dont she
21:07 Rizla > be a shame if sum1 was waiting for her with a shank
21:08 Rizla < leave her out of it please
21:10 Rizla > then u do a few runs for me til we straight
