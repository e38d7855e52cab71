title: Somebody saved as family
why: the innocent explanation stands beside the words: they weigh nothing
person: Mum | saved | 07700 900101
level: 0 1 2 3
not findings: debt-threat

== 2026-03-02
16:00 Mum > you gotta work that off for me
17:00 Mum > you gotta work that off for me
