title: Ordered about in Romanian by a number on the list
why: the words may not be understood, the number is; the level must not hang on English
person: Mama | saved | 07700 900190
person: V | unsaved | 07700 900580
line: Vio | 07700 900580 | 2025-11-15 | open | active | 1A
missing: 2026-03-05 16:00 to 2026-03-08 20:00
level: 2 3
not roles: line-phone, mule, false-positive
findings: line-match
not findings: outreach-text, broadcast

== 2026-03-04
17:00 V > Mâine la 4 la gară. Nu întârzia
17:02 V < nu pot, am școală
17:03 V > Nu mă interesează. Îmi datorezi bani
== 2026-03-05
15:40 V > Unde ești? Trimite locația
15:44 V < la gară
19:00 V > Stai în casă și nu deschide la nimeni
== 2026-03-06
10:00 V > Cât a mai rămas
10:05 V < puțin
10:06 V > (call 30s)
== 2026-03-07
21:00 V > Numără banii
21:10 V < 500
== 2026-03-08
09:00 Mama > Unde ești dragul meu? Te rog răspunde
