title: A friend's new SIM has the number that a line gave up five months before
why: the line's dates ended before the first contact; everything said is school and football
person: Reece | saved | 07700 900492
person: Ava | saved | 07700 900156
line: Tizzy | 07700 900492 | 2024-05-01 | 2025-08-15 | closed | 1B
level: 0 1
roles: false-positive
not roles: worker, line-phone, mule, customer, debt-threat-victim
not findings: logistics, debt-threat, broadcast, recruitment

== 2026-01-12
16:00 Reece > its reece new number save this one
16:03 Reece < got u
== 2026-01-20
18:00 Reece > did you do the chem homework
18:02 Reece < half of it lol
== 2026-02-04
17:31 Reece > on my way to training you about?
17:32 Reece < yh 5 mins
== 2026-02-18
19:00 Reece > (call 340s)
== 2026-03-11
17:02 Reece > can you bring my boots
17:03 Reece < yeah course
== 2026-03-12
07:50 Ava > bus is late again
