title: Moved about by cab, asked for counts, told where to be
why: one unsaved number gives orders, asks for counts and places for a week: what H2 describes; no threat, so at least strong by two kinds of text on several days
person: Nan | saved | 07700 900141
person: Dev | unsaved | 07700 900655
missing: 2026-03-20 15:30 to 2026-03-22 09:00
level: 2 3
roles: worker
not roles: line-phone, false-positive
== 2026-03-17
18:11 Dev > bab u about tmrw
18:15 Dev < ye after school
18:16 Dev > need u to run summat down to the cats for me. ill sort the cab
18:17 Dev < how long for
18:18 Dev > couple hours. 8 bits n bring me the p back
== 2026-03-18
16:02 Dev > cab's outside get in
16:03 Dev < ok
16:40 Dev > u there
16:41 Dev < yeh gave him 3
16:43 Dev > how many left
16:44 Dev < 5
17:30 Dev > whats left now
17:31 Dev < 1
17:32 Dev > wait there till its gone. dont move
== 2026-03-20
15:20 Dev > going OT this weekend. pack a bag
15:22 Dev < my nan will go mad
15:23 Dev > tell her ur at ur mates. get the 16:10 ive sent the ticket to ur phone
18:05 Dev > u off the train yet
18:06 Dev < yeah
18:07 Dev > go straight to the trap and dont leave the house
21:40 Nan > Where are you sweetheart its late
== 2026-03-21
02:12 Dev > count up
02:15 Dev < 340 and 6 light 4 dark left
02:16 Dev > should be 360
11:10 Dev > send me ur live loc
11:12 Dev > why u not answering
