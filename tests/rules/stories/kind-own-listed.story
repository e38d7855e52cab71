title: The phone's own number is on the list
why: identity
person: Mum | saved | 07700 900101
line: Sid | 07700 900999 | 2026-01-01 | open | active | 1A
level: 0 1 2 3
findings: line-phone
roles: line-phone

== 2026-03-02
16:00 Mum > tea
