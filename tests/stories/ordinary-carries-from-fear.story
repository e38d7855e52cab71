title: Two friends frightened of a stabbing nearby talk of knives
why: fear of knives is common among children; nobody threatens and nobody orders
person: Nate | saved | 07700 900182
person: Mum | saved | 07700 900101
level: 0 1
not roles: worker, line-phone, customer, mule, debt-threat-victim, recruitment
not findings: debt-threat, line-match, logistics

== 2026-03-10
16:00 Nate > did u hear someone got stabbed by the bus stop
16:02 Nate < yh its scary i dont wanna walk that way
16:03 Nate > some boys say carry a shank to be safe
16:05 Nate < nah thats mad u just get stabbed with your own
16:10 Mum > I will collect you from school today, wait by the office x
