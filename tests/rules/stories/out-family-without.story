title: Somebody saved as family: without it
why: the same words without the innocent explanation count
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: debt-threat

== 2026-03-02
16:00 K > you gotta work that off for me
17:00 K > you gotta work that off for me
