title: A second phone that sends the same offer to two dozen numbers
why: H3: the same text to many in minutes and short calls from unsaved numbers; few saved names
phone: 07700 900988
person: cust* | unsaved | 07700 900330 x24
person: Kez beach | saved | 07700 900371
person: boss | unsaved | 07700 900372
level: 2 3
roles: line-phone
not roles: customer, false-positive
findings: line-phone
== 2026-04-02
10:30 +15s cust* < Morning. Both on, top quality, 3 for 25 7 for 50. Ring anytime till 11
10:50 cust1 > (call 22s)
10:53 cust4 > (call 14s)
10:58 cust2 > (call 31s)
11:04 cust9 > 3 for 25 pls usual spot
11:05 cust9 < 10 mins
11:20 cust12 > (call 18s)
11:31 cust15 > u got 2 of each
11:40 boss > done much
11:41 boss < 6 so far
== 2026-04-03
10:31 +15s cust* < Morning. Both on, top quality, 3 for 25 7 for 50. Ring anytime till 11
10:49 cust3 > (call 25s)
10:55 cust7 > (call 11s)
11:02 cust20 > (call 17s)
11:10 Kez beach > (call 40s)
11:15 cust9 > same again
