title: A message that says it passes on what another wrote
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: threat

== 2026-03-02
16:00 K > Fwd: i know where your mum lives
