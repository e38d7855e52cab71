title: A worried father with a tracking app
why: location demands by a parent saved as such, with no threat, are a parent's
person: Dad | saved | 07700 900103
person: Mum | saved | 07700 900101
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: remote-control, threat, coercion
at most: 1

== 2026-02-06
18:00 Dad > Where are you? Life360 says you left school an hour ago
18:02 Dad < at Emmas like i said
18:03 Dad > Share your location please it has gone off
18:20 Dad > Answer your phone
18:21 Dad > (missed call)
18:25 Dad < sorry it was on silent
18:26 Dad > Stay there I will pick you up at 9. Dont leave the house without telling me
== 2026-02-13
21:40 Mum > Why is your location off love? Turn it on so we know you are safe x
21:42 Mum < its on now
== 2026-02-20
22:05 Dad > Send me a pic when you get in so I know
22:20 Dad < home
22:21 Dad > Pick up next time I ring or the phone stays downstairs
