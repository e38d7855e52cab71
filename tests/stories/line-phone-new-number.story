title: The phone's own number is on the list and tells everybody its new number
why: a listed SIM in the child's phone is the strongest sign of a line's phone; number-change texts to many
phone: 07700 900470
person: cust* | unsaved | 07700 900300 x18
person: Boss | saved as B | 07700 900475
line: Rico | 07700 900470 | 2025-12-01 | open | active | 1A
level: 2 3
roles: line-phone
not roles: customer, false-positive
findings: line-phone, number-swap

== 2026-03-11
10:00 +25s cust* < Rico new number same line. delete the old one. on now fast 2 for 15
10:30 +9m cust* > (call 15s)
13:00 Boss > did u send it out to everyone
13:02 Boss < yh all of them
== 2026-03-12
10:02 +25s cust* < Rico about in car both on ring this number only
19:00 Boss > how many calls
19:05 Boss < like 40
