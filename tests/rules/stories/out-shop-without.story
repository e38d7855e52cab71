title: A shop that has a new number: without it
why: the same words without the innocent explanation count
person: K | unsaved | 07700 900412
level: 0 1 2 3
findings: number-swap

== 2026-03-02
16:00 K > new number same line, both on ring me
16:01 K > 2 for 15
