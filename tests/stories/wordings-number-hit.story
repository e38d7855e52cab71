title: A published wording, once, from a number on the list
why: one shape and a number hit are a bulk text
person: A | unsaved | 07700 900606
line: Bex | 07700 900606 | 2025-11-01 | open | active | 1A
level: 1 2
not roles: worker, line-phone, mule, debt-threat-victim
findings: broadcast, line-match
not findings: debt-threat, logistics

== 2026-02-10
13:11 A > about in car
