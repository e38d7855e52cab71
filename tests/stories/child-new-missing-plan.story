title: Home for two days and already told when to go again
why: a plan to go missing again, told by a number he worked for, calls for action now
person: Mum | saved | 07700 900101
person: Vee | unsaved | 07700 900464
line: Vinny | 07700 900464 | 2025-10-01 | open | active | 1A
missing: 2026-02-24 16:00 to 2026-02-27 23:10
level: 3
roles: worker
not roles: customer, line-phone, false-positive
findings: line-match, travel

== 2026-02-24
15:30 Vee > 4.05 train platform 2
15:33 Vee < ok
20:01 Vee > stay in the flat. door at 9
== 2026-02-26
20:40 Vee > how much left
20:44 Vee < 11
20:45 Vee < mum has called the police
20:46 Vee > turn your location off. stay low
== 2026-02-27
21:00 Vee > go home show your face then
== 2026-03-01
18:02 Vee > police looking for you done yet
18:05 Vee < they came asked questions i said nothing
18:06 Vee > good no comment. delete this
18:09 Vee > thursday u go missing again. 3 days. leave your phone at home take the brick
18:11 Vee < they will put me in a secure place
18:12 Vee > u still owe 350 so thursday 5pm get the train
18:13 Vee < ok
