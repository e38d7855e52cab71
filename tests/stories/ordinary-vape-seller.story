title: Sells vapes and protein bars to friends at school
why: selling to friends by name; nobody orders her about. A school's business
person: mate* | saved | 07700 900550 x10
person: Ava | saved | 07700 900156
level: 0 1
not roles: worker, mule, debt-threat-victim, recruitment
not findings: line-match, debt-threat, logistics, remote-control

== 2026-02-11
18:00 +30s mate* < got vapes n protein bars again. 5 each or 2 for 8. flavours are blue razz n mango. tell me by tmrw
18:40 Ava > save me 2 mango
18:41 Ava < ok 8 quid
== 2026-02-25
18:00 +30s mate* < last few vapes 2 for 8 then thats it my mums gonna find out
