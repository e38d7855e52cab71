title: A shop that has a new number
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: number-swap

== 2026-03-02
16:00 K > new number same line for pizza, order online
16:01 K > 2 for 15 on all pizzas, order now
