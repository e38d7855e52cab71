title: One offer from two numbers
why: the number-swap chain
person: K | unsaved | 07700 900412
person: L | unsaved | 07700 900413
level: 0 1 2 3
findings: number-swap

== 2026-03-02
16:00 K > Sid about in car 2 for 15
== 2026-03-04
16:00 L > Sid about in car 2 for 15
