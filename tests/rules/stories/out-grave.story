title: Words of a job do not explain threats away
why: a plain threat to the family: what else that person wrote stands
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: threat, logistics

== 2026-03-02
15:00 K > rota is up, payslips friday
16:00 K > how much left
16:02 K < 12 left
16:03 K > count the money
16:04 K > serve the two at the back gate
18:00 K > i know where your mum lives
