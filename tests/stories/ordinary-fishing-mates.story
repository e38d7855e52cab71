title: Night fishing with his uncle and a friend
why: lines, bait, weights and bags are for carp
person: Uncle Pete | saved | 07700 900791
person: Brad | saved | 07700 900792
person: tackle shop | unsaved | 01632 960222
level: 0
not roles: any
at most: 0
== 2026-03-06
15:00 Uncle Pete > you on for tonight? got 2 new lines and a bag of bait
15:01 Uncle Pete < yeah what time
15:02 Uncle Pete > pick you up at 8, stay till morning
15:05 Brad > how many oz is the lead
15:06 Brad < 3oz
== 2026-03-07
02:10 Brad > lines gone mad had a 20 pounder
02:12 Brad < no way send pics
== 2026-03-10
10:00 tackle shop > Spring deal: buy 2 get 1 free on all boilies. Open till 5
10:20 tackle shop < do you have any white pop ups
10:22 tackle shop > Yes £6 a tub or 2 for £10
== 2026-03-12
16:00 Uncle Pete > you owe me for the licence mate £30
16:01 Uncle Pete < can i work it off in the garden
