title: A second handset in a child's bag: it sends the deal texts
why: the same text to many numbers in minutes, over days, and short calls from numbers that nobody saved (H3)
person: cust* | unsaved | 07700 900300 x26
person: Gaz top rd | saved | 07700 900340
person: Lin flats | saved | 07700 900341
person: Topup | sender | 2345
level: 2 3
roles: line-phone
not roles: customer, false-positive
findings: line-phone, broadcast

== 2026-03-02
09:02 +20s cust* < Cj on now both banging ring me 2 for 25
09:40 +11m cust* > (call 22s)
15:00 Topup > Thank you. Your £10 top-up has been added. Your balance is £10.40.
== 2026-03-03
09:05 +20s cust* < Cj on now both banging ring me 2 for 25 till 11
10:00 +11m cust* > (call 18s)
12:20 Gaz top rd > u about
12:21 Gaz top rd < yh 10 mins
== 2026-03-05
09:01 +20s cust* < Cj about best of both. 3 for 25 all day
14:02 Lin flats > can i get 2 n 1 til thurs
14:04 Lin flats < no tick
