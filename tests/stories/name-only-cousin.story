title: A cousin called Deano, and a Frankie from football; both names are lines'
why: a name alone is nothing: these are common first names
person: Deano | saved | 07700 900153
person: Frankie | saved | 07700 900154
person: Jay | saved | 07700 900155
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: line-match, broadcast, logistics
at most: 3

== 2026-02-22
10:00 Deano > you coming fishing with me and grandad sunday
10:04 Deano < yes!! what time
10:05 Deano > up at 6 so early night lad
== 2026-02-25
17:01 Frankie > training moved to 7 on the astro
17:02 Frankie < cheers
== 2026-02-28
12:00 Jay > lend us your charger in maths
12:01 Jay < fine
== 2026-03-08
18:03 Deano < caught nothing again haha
