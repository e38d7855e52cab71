title: A worried father checks the app and rings a lot
why: location demands, calls and orders to come home come from people saved as parents
person: Dad | saved | 07700 900721
person: Mum new | saved | 07700 900722
person: Mia | saved | 07700 900723
level: 0
not roles: any
not findings: remote-control
at most: 0
== 2026-03-09
17:30 Dad > Life360 says you're at the retail park? You told me library
17:31 Dad < just getting food
17:32 Dad > Turn your location back on and answer your phone
17:33 Dad > (missed call)
17:34 Dad > (missed call)
17:40 Dad > Stay where you are I'm coming to get you
== 2026-03-10
07:40 Mum new > Dad's upset. You're grounded till Sunday and you owe him an apology
07:42 Mum new < fine
== 2026-03-13
21:50 Dad > Why are you offline
21:51 Dad > Send me a photo so I know you're at Mia's
21:53 Dad < [photo] happy now
21:55 Mia > ur dad is a lot
21:56 Mia < he tracks me everywhere lol
