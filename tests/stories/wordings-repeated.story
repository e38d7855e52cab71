title: One of the published wordings again and again from a number nobody saved
why: one shape, near the same text three times on more than one day, one way: a likely bulk text
person: A | unsaved | 07700 900605
level: 1 2
not roles: worker, line-phone, mule, debt-threat-victim
findings: broadcast
not findings: line-match, debt-threat, logistics

== 2026-02-10
13:11 A > on till 1
== 2026-02-12
13:10 A > on till 1
== 2026-02-17
13:12 A > on till 1
== 2026-02-19
13:10 A > on till 1
