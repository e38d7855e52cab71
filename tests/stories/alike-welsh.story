title: Works off a debt: South Wales wording
why: the same story as the other alike- ones; how a child speaks must not change the answer
person: Mum | saved as Mam | 07700 900101
person: K | unsaved | 07700 900412
alike: worked-off
level: 3
roles: debt-threat-victim
not roles: customer, line-phone, mule, false-positive
findings: debt-threat, logistics
not findings: outreach-text, broadcast, line-match

== 2026-03-09
17:02 K > alright butt you lost my pack so you do owe me 600
17:04 K < i got robbed mun honest now
17:05 K > not bothered butt. you're gonna work it off see
== 2026-03-10
16:01 K > send me your location now
16:03 K < i'm in the house
16:04 K > wait for the boy in the grey car then go and serve the two down by the shops
18:11 K < done
18:12 K > how much left butt
18:14 K < bout 9
== 2026-03-11
20:31 K > you're 40 short mun
20:33 K < that's all they gave me on my life
20:34 K > i know where your mam lives. want me to come up your house is it
20:36 K < no please butt leave it now
20:41 Mum > Home soon bach? Tea is ready x
