title: A handset that rings all day and sends little
why: H3: very many short inbound calls from unsaved numbers in a day, a list of first names with places
phone: 07700 900978
person: c* | unsaved | 07700 900420 x30
person: Shaz flats | saved | 07700 900461
person: Big Tony | saved | 07700 900462
level: 1 2 3
roles: line-phone
not roles: customer
findings: line-phone
== 2026-04-07
10:00 +180s c* > (call 16s)
13:00 +200s c* > (call 12s)
14:50 c3 > outside
14:55 c8 > 2 n 1 pls mate
15:02 Shaz flats > u got any
15:04 Shaz flats < 5 mins
16:00 Big Tony > how we lookin
16:01 Big Tony < 700
== 2026-04-08
10:00 +180s c* > (call 15s)
12:40 c11 > is it still the same stuff
12:41 c11 < better
