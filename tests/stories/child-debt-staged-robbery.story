title: Robbed of a pack on the first day, then made to work it off
why: debt with a threat to the family is the strongest text sign; explicit threat and debt together call for immediate safeguarding
person: Mum | saved | 07700 900101
person: Tyrell | saved | 07700 900110
person: K | unsaved | 07700 900412
missing: 2026-03-13 16:00 to 2026-03-15 22:30
level: 3
roles: debt-threat-victim
not roles: customer, line-phone, false-positive
findings: debt-threat
not findings: outreach-text, broadcast

== 2026-03-10
16:12 K > yo its K tyrells boy. u good for sat still
16:20 K < yh whats it for again
16:21 K > jus holdin a bag till someone comes for it. £60 easy
16:25 K < calm
== 2026-03-12
18:02 K > where u
18:05 K < by the underpass waiting like u said
18:31 K < bro some guys just jumped me they took it
18:32 K < they took the whole bag and my phone case im shaking
18:40 K > stop lying
18:41 K > that was 900 of my food u lost
18:44 K < i swear down i didnt do nothing they had a knife
18:50 K > dont care. you lost the pack you owe me 900
18:51 K > u got til monday
== 2026-03-13
07:40 K > 900. where is it
07:58 K < i havent got it i told u i got robbed
08:01 K > then you work it off. 2 weeks
08:03 K < i got school man
08:04 K > not my problem. i know where your mum lives. number 14 blue door
08:05 K > u want me to come to your yard and ask her for it
08:06 K < no pls dont
08:07 K > 4pm outside the station. bring nothing. tell no one
15:41 Mum > What time you home love? Nan is coming for tea
17:20 Mum > Where are you??
19:02 Mum > (missed call)
21:15 Mum > (missed call)
== 2026-03-15
20:10 K > thats 200 off. 700 left plus interest so 800
20:12 K < u said 2 weeks
20:13 K > its doubled if you go missing on me
22:48 Mum < im outside can u let me in
