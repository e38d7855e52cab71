title: Kept at a vulnerable adult's flat that has been taken over
why: instructions over days from an unsaved number, a flat that is not theirs; the adult there needs safeguarding too
person: Nan | saved | 07700 900102
person: G | unsaved | 07700 900433
person: Sol | saved | 07700 900134
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
findings: cuckooing, logistics

== 2026-02-10
18:11 G > youre at the nittys yard tonight. flat 6
18:15 G < does he know
18:16 G > he gets 2 a day he dont care. we took over the flat
18:20 G > u sleep in the front room. keep the door locked
== 2026-02-11
10:02 G > let daz in then lock it
10:40 G < the man is crying saying he wants us out his house
10:41 G > give him a pebble he will be quiet
10:42 G > its our trap now not his
14:12 Sol > bro where u been not seen u in maths
14:30 Sol < at a mans gaff its grim
19:01 G > 4 coming to the door. 2 light 2 dark each. then lock up
19:22 G < done
19:23 G > how much left
19:25 G < 14 and 10
== 2026-02-13
11:00 G > council man might knock. dont open. say nothing
11:02 G < ok
11:40 G > move the stash to the base on marsh road
12:31 G < moved
22:05 Nan > Night darling are you at Sols still xx
