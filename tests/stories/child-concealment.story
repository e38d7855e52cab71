title: Told to carry drugs inside his body on a train, then feels ill
why: concealment inside the body is a danger to life: immediate safeguarding and a medical prompt
person: Mum | saved | 07700 900101
person: R | unsaved | 07700 900430
level: 3
not roles: customer, line-phone, false-positive
findings: concealment

== 2026-03-17
17:03 R > u gonna have to plug it this time. feds on the trains
17:05 R < i dont wanna do that
17:06 R > wrap it cling film 3 times vaseline. its only 20 wraps
17:06 R > everyone does it
17:12 R < what if it splits
17:13 R > it wont. u plugged yet
17:40 R < yh its in
17:41 R > good. dont sit down too much lol. train 1810
19:55 R < my belly is killing me
19:57 R > u can take it out when u reach
20:31 R < it wont come out and i feel sick
20:33 R > drink water. dont go hospital u hear me
== 2026-03-18
09:12 R > is it all there
09:40 R < 19
09:41 R > u owe me for one then
