title: Bullied by boys at school who threaten to post a picture and hit him
why: threats between pupils, named and saved; to be spoken of, and no line
person: Brad | saved as Brad 8C | 07700 900191
person: Mum | saved | 07700 900101
level: 1 2 3
not roles: worker, line-phone, customer, mule, recruitment, debt-threat-victim
findings: threat
not findings: line-match, debt-threat, drug-supply, logistics

== 2026-03-03
16:00 Brad > ur getting banged out tomorrow after school
16:01 Brad < leave me alone
16:02 Brad > im gonna smash ur face in behind the gym
== 2026-03-04
07:40 Brad > hope ur ready to die
07:50 Mum < i feel sick can i stay home
