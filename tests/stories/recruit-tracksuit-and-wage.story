title: A man met by the chicken shop offers money and a tracksuit
why: H6: offers of money and gifts by a stranger, then a job with no name; nothing done yet
person: Wolf | unsaved | 07700 900631
person: Amir | saved | 07700 900632
level: 1 2
roles: recruitment
not roles: line-phone, customer, debt-threat-victim, mule
findings: recruitment
== 2026-03-10
17:30 Wolf > yo its wolf from outside morleys. u liked them creps yeah
17:33 Wolf < yeah they was sick
17:34 Wolf > i can get u a pair. what size
17:35 Wolf < 8
== 2026-03-12
16:40 Wolf > got ur trainers come link me
16:44 Wolf < no way thanks bro how much
16:45 Wolf > nah its a gift. i look after my youngers
== 2026-03-15
19:00 Wolf > u wanna make some real money tho
19:02 Wolf < doin what
19:03 Wolf > easy work. 500 a week cash. just sitting in a house answering a phone
19:05 Wolf < i got school
19:06 Wolf > weekends then. think about it and dont chat to ur mum bout it
19:20 Amir > who was that guy in the car
19:21 Amir < just some guy
