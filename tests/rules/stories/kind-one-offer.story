title: One offer from a stranger
why: a single shape says nothing alone
person: K | unsaved | 07700 900412
not findings: broadcast
level: 0

== 2026-03-02
16:00 K > Sid about fast
