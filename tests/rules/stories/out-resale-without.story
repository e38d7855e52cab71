title: A sale of goods with the same person: without it
why: the same words without the innocent explanation count
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: logistics

== 2026-03-02
16:00 K > how much left
16:02 K < 12 left
16:03 K > count the money
16:04 K > serve the two at the back gate
