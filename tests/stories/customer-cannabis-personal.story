title: Sixth formers share a joint at weekends
why: personal use among friends is not exploitation
person: Ellis | saved | 07700 900151
person: Fran | saved | 07700 900152
level: 0 1
not roles: worker, line-phone, mule, debt-threat-victim, recruitment
not findings: line-match, line-phone, broadcast, debt-threat, logistics, remote-control

== 2026-02-13
16:10 Ellis > anyone got any weed for sat
16:12 Ellis < fran has a bit of green left i think
16:20 Fran > enough for 2 spliffs max lads
16:21 Fran < safe ill bring rizla
== 2026-02-14
23:05 Ellis > that za knocked me out bro im starving
23:07 Ellis < same lol get food
== 2026-02-21
17:00 Fran > u owe me a fiver for the bud btw
17:02 Fran < ill get you monday x
