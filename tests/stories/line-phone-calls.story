title: Few texts, but fifty short calls a day from numbers nobody saved
why: the traffic alone is that of a line's phone; what was said is not known
person: cust* | unsaved | 07700 900300 x52
person: Mo | saved as M o | 07700 900478
person: Topup | sender | 2345
level: 1 2
roles: line-phone
not roles: customer, worker, false-positive
findings: line-phone
not findings: outreach-text, debt-threat

== 2026-03-18
10:00 +12m cust* > (call 19s)
22:40 Topup > Thank you. Your £10 top-up has been added.
== 2026-03-19
10:03 +12m cust* > (call 24s)
20:10 Mo > bring me the phone tmrw
20:11 Mo < ok
== 2026-03-25
22:40 Topup > Thank you. Your £10 top-up has been added.
