title: Sells football shirts to strangers online
why: prices, two-for offers, meeting unsaved buyers and parcels are of shirts
person: buyer* | unsaved | 07700 900530 x9
person: Dad | saved | 07700 900103
level: 0
not roles: worker, line-phone, customer, mule
not findings: line-phone, drug-supply, logistics
at most: 1

== 2026-02-07
10:00 +3h buyer* > hi is the white away shirt still for sale size M
10:10 +3h buyer* < yes £18 or 2 for 30 with the black one. can meet by the station or post it
== 2026-02-10
10:00 Dad > Another parcel for you. How many shirts are you selling?!
10:05 Dad < just the doubles haha
== 2026-02-14
12:00 +50m buyer* > yes please can pick up today what time
12:05 +50m buyer* < 4ish outside the sports centre. cash is fine
