title: An offer of work, then a debt
why: the order of two signs in one conversation
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: recruitment, debt-threat

== 2026-03-02
16:00 K > i need a worker for the weekend
== 2026-03-05
16:00 K > you lost the pack so you owe me 600
