title: A suspected line's number is in the contacts, and that is all
why: H7: contact saved, no traffic, a line graded 2C: 40 x .6 x .5 x .3 is a few points
person: Tee | saved | 07700 900906
person: Liam | saved | 07700 900171
level: 0 1
roles: associate
not roles: customer, worker, line-phone, mule
not findings: drug-supply, debt-threat
== 2026-03-11
17:00 Liam > footy later?
17:02 Liam < yeah 6 at the cage
== 2026-03-15
12:00 Liam > can i lend ur boots
12:08 Liam < yeah
