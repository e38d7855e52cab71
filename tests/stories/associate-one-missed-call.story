title: One missed call from a listed number, graded low
why: one event, weak source: nothing to build on
person: Mum | saved | 07700 900101
person: L | unsaved | 07700 900489
line: Lobo | 07700 900489 | 2025-10-01 | open | suspected | 2D
level: 0 1
not roles: worker, line-phone, customer, mule

== 2026-03-04
17:22 L > (missed call)
18:00 Mum > Home by 6 please
