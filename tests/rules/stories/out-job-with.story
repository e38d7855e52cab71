title: Words of an ordinary job with the same person
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: logistics

== 2026-03-02
15:00 K > rota is up, payslips friday
16:00 K > how much left
16:02 K < 12 left
16:03 K > count the money
16:04 K > serve the two at the back gate
