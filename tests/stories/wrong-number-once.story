title: One deal text that went astray
why: a single text of one shape from an unsaved number says nothing alone
person: Q | unsaved | 07700 900494
person: Mum | saved | 07700 900101
level: 0
not roles: worker, line-phone, mule, customer
not findings: line-match, number-swap, line-phone
at most: 1

== 2026-03-05
13:11 Q > about fast
13:15 Q < wrong number mate
13:40 Mum > Dentist at 4 dont forget
