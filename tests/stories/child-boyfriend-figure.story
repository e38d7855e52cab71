title: A girl with an older boyfriend who films her, then holds the film over her
why: sexual blackmail to make a child carry is coercion; pressure to hide it from her mother; girls are too rarely recognised
person: Mum | saved | 07700 900101
person: Dre | saved as Dre ❤️ | 07700 900446
person: Kayleigh | saved | 07700 900147
level: 2 3
not roles: customer, line-phone, mule, false-positive
findings: coercion

== 2026-02-06
21:02 Dre > miss u babe. got u that phone innit so u can talk to me whenever
21:04 Dre < ur the best x
== 2026-02-14
23:11 Dre > that video from sat is jokes
23:12 Dre < pls delete it u said u would
23:13 Dre > i will just do me one thing
== 2026-02-16
16:20 Dre > take the bag to my boy by the lido. dont look inside
16:22 Dre < i dont want to
16:23 Dre > i got the video remember. want me to post it
16:24 Dre < please dont post it
16:25 Dre > then go. ur whole school will see it on the expose page
16:26 Dre < ok im going
17:40 Dre < done it
17:41 Dre > good girl. delete this chat
== 2026-02-21
19:03 Dre > link up my boys tonight. come alone
19:05 Dre < no not again
19:06 Dre > ill send it to ur mum and leak it to everyone
19:30 Kayleigh > hun u dont have to do what he says. tell miss
19:44 Kayleigh < he has a vid of me
== 2026-02-22
12:10 Mum > Where did you get that new phone from?
