title: The same offer on three days from a stranger
why: near-identical text, one way (domain notes 5c, ii)
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: broadcast

== 2026-03-02
16:00 K > Sid about fast
== 2026-03-04
16:00 K > Sid about fast
== 2026-03-07
16:00 K > Sid about fast
