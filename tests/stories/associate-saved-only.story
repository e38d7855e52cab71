title: A listed number saved in the contacts, and no traffic at all
why: a saved contact alone is weak (H7)
person: Mum | saved | 07700 900101
person: Rj | saved as Rj | 07700 900488
line: Remy | 07700 900488 | 2025-10-01 | open | active | 1A
level: 1
roles: associate
not roles: worker, line-phone, customer, mule
findings: line-match

== 2026-03-01
16:00 Mum > Pick up milk on your way x
16:02 Mum < yep
