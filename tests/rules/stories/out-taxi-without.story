title: A text of a delivery firm: without it
why: the same words without the innocent explanation count
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: recruitment

== 2026-03-02
16:00 K > need a worker tonight easy money
