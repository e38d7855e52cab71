title: Works off a debt: London wording
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
17:02 K > yo fam u lost my pack so u owe me 600
17:04 K < i got robbed tho swear down
17:05 K > dont care g. ur gonna work it off
== 2026-03-10
16:01 K > drop your location
16:03 K < im at my yard
16:04 K > wait for the boy in the grey car then go serve the two by the shops
18:11 K < done
18:12 K > how much left blud
18:14 K < like 9
== 2026-03-11
20:31 K > ur 40 short fam
20:33 K < thats all they gave me wallahi
20:34 K > i know where your mum lives. u want man to pull up
20:36 K < nah please bro allow it
20:41 Mum > Home soon? Dinner is ready x
