title: A letter that warns parents: without it
why: the same words without the innocent explanation count
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: threat

== 2026-03-02
16:00 K > i know where your mum lives
