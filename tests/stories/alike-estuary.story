title: Works off a debt: Essex wording
why: the same story as the other alike- ones; how a child speaks must not change the answer
person: Mum | saved as Mum | 07700 900101
person: K | unsaved | 07700 900412
alike: worked-off
level: 3
roles: debt-threat-victim
not roles: customer, line-phone, mule, false-positive
findings: debt-threat, logistics
not findings: outreach-text, broadcast, line-match

== 2026-03-09
17:02 K > oi mate you lost my pack so you owe me 600
17:04 K < i got robbed mate honest
17:05 K > dont care mate. youre gonna work it off
== 2026-03-10
16:01 K > send me ya location
16:03 K < im round mine
16:04 K > wait for the geezer in the grey motor then go and serve them two by the shops
18:11 K < done
18:12 K > how much left mate
18:14 K < bout 9
== 2026-03-11
20:31 K > youre 40 short mate
20:33 K < thats all they give me i swear
20:34 K > i know where ya mum lives. want me to come round ya house
20:36 K < nah please mate leave it out
20:41 Mum > Home soon? Dinner is ready x
