title: Works off a debt: Liverpool wording
why: the same story as the other alike- ones; how a child speaks must not change the answer
person: Mum | saved as Me Mam | 07700 900101
person: K | unsaved | 07700 900412
alike: worked-off
level: 3
roles: debt-threat-victim
not roles: customer, line-phone, mule, false-positive
findings: debt-threat, logistics
not findings: outreach-text, broadcast, line-match

== 2026-03-09
17:02 K > alright lad you lost my pack so you owe me 600
17:04 K < i got robbed la honest to god
17:05 K > not arsed kidda. your gonna work it off
== 2026-03-10
16:01 K > send us your location
16:03 K < am in ours
16:04 K > wait for the lad in the grey car then go and serve the two by the shops
18:11 K < done
18:12 K > how much left lad
18:14 K < about 9
== 2026-03-11
20:31 K > your 40 short lad
20:33 K < thats all they give us i swear on me nan
20:34 K > i know where your mam lives. want us to come round yours
20:36 K < no please lad leave it
20:41 Mum > Home soon? Tea is ready x
