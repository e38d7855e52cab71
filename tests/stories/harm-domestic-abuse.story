title: A woman's partner watches, orders and threatens her
why: harm to speak of today, but of another kind; no line, no drugs, no debt
person: Ryan | saved | 07700 900592
person: Sis | saved | 07700 900106
level: 1 2 3
not roles: worker, line-phone, customer, mule, recruitment
findings: threat
not findings: line-match, debt-threat, drug-supply, logistics, broadcast

== 2026-02-08
18:00 Ryan > Where are you. Why are you offline
18:02 Ryan > Answer your phone
18:03 Ryan > (missed call)
18:05 Ryan < at my sisters like I told you
18:06 Ryan > Send me a picture of who is there
== 2026-02-11
22:00 Ryan > If you leave me I will smash your face in
22:02 Ryan < please stop
22:05 Ryan > I will burn that house down with your sister in it
== 2026-02-12
09:00 Sis > Please come and stay with us. There is a helpline you can ring
09:30 Ryan > Sorry babe you know I love you. Come home
