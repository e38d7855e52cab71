title: A Birmingham sixth-former who talks like her friends
why: slang for meeting, food, money and music without orders, debts or sales
person: Tay | saved | 07700 900811
person: Rianna | saved | 07700 900812
person: Kam | unsaved | 07700 900813
level: 0
not roles: any
at most: 0
== 2026-03-02
15:31 Tay > wagwan my g u on road
15:32 Tay < nah im peak still at college
15:33 Tay > link me at the bullring after
15:40 Tay < bare people there tho its long
== 2026-03-04
19:10 Rianna > did u see kam he was moving mad
19:11 Rianna < he's waffling said he got peng trainers on tick from jd klarna 😂
19:12 Rianna > hes so broke owes everyone p
== 2026-03-05
13:00 Kam > fam whos got the food im starving
13:01 Kam < mans at nandos come
13:02 Kam > say less omw
13:05 Kam > its kam btw new number
== 2026-03-09
21:00 Tay > that trap set was cold last nite the dj was fire
21:02 Tay < bruv the bass nearly killed me
21:03 Tay > feds shut it down at 1 tho
