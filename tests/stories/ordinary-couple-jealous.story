title: A jealous girlfriend wants to know where he is
why: location and answer demands between two sixteen-year-olds who are a couple: no orders, no debt, no gain
person: Jess | saved | 07700 900895
person: Mo | saved | 07700 900896
level: 0 1
not roles: worker, line-phone, customer, mule, recruitment, debt-threat-victim
at most: 2
== 2026-03-05
21:00 Jess > who are you with
21:01 Jess < mo and that
21:02 Jess > why is your location off
21:03 Jess < my phones on 4%
21:04 Jess > facetime me then
21:10 Jess > answer your phone
21:30 Jess < sorry babe was playing fifa
== 2026-03-07
19:00 Jess > i saw you was on snap map by leahs road
19:02 Jess < mo lives there
19:03 Jess > hmm
19:20 Mo > she on ur case again
19:21 Mo < yup
