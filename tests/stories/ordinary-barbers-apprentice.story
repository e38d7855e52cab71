title: Sweeps and shampoos at a barber's after college
why: fades, chairs, cash, shifts and being told to hurry are a job
person: Ali barber | saved | 07700 900891
person: cust a | unsaved | 07700 900892
person: Deniz | saved | 07700 900893
level: 0
not roles: any
at most: 0
== 2026-03-04
09:00 Ali barber > where are you? got 3 waiting already
09:02 Ali barber < bus late 5 mins
13:00 Ali barber > go bank get change, 2 bags of pound coins
18:30 Ali barber > count the till and bring me the cash before you lock up
18:45 Ali barber < 412 in there
== 2026-03-06
10:10 cust a > hi is it open today can i come in for a skin fade
10:12 cust a < yes open till 7 £15
10:14 cust a > ok 2 of us coming me and my lad
== 2026-03-07
20:00 Deniz > u working tmrw
20:01 Deniz < yh all day hes got no one else
20:02 Deniz > tell him to pay u more lol he owes u
