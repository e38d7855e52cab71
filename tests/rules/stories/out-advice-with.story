title: A letter that warns parents
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: threat

== 2026-03-02
16:00 K > Dear parents, children have been told: i know where your mum lives. Speak with our safeguarding team
