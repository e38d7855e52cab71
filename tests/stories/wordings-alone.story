title: The published wordings of deal texts, each once, from four numbers
why: short texts of one shape: alone they say nothing and may weigh nothing
person: A | unsaved | 07700 900601
person: B | unsaved | 07700 900602
person: C | unsaved | 07700 900603
person: D | unsaved | 07700 900604
level: 0
not roles: any
not findings: any
at most: 0

== 2026-02-10
13:11 A > about in car
== 2026-02-17
15:40 B > about fast
== 2026-02-24
12:05 C > on till 1
== 2026-03-03
18:30 D > Buy 3c get 1 free
