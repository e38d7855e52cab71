title: Made to prove where he is by location and video, hour after hour
why: location demands in series by a number that is nobody in the contacts, with orders to stay put; two kinds of sign on many days
person: Mum | saved | 07700 900101
person: T | unsaved | 07700 900420
missing: 2026-02-20 18:00 to 2026-02-22 20:00
level: 2 3
roles: worker
not roles: customer, line-phone, mule, false-positive
findings: remote-control, logistics

== 2026-02-20
18:40 T > drop your location
18:41 T < i just did
18:41 T > live location not that
19:15 T > why u offline
19:16 T < battery
19:17 T > send live now
20:30 T > facetime me show me the room
20:44 T > answer your phone
20:45 T > (missed call)
20:46 T > (missed call)
20:47 T > pick up now dont make me ring again
20:49 T < i was in the toilet
22:10 T > u moved. why u moved
22:12 T < i went shop
22:13 T > dont leave the house. dont move till i say
== 2026-02-21
08:02 T > show me where you are
08:05 T < im still here
08:06 T > who said u can sleep. door at 9 then the two by the garage
09:30 T > is it done
09:33 T < done
11:14 T > location off?? turn it on
11:20 T < its on
11:21 T > show the room who is there
15:47 T > how much left
15:50 T < not much like 6
23:31 T > answer your phone
23:40 T > send live
== 2026-02-22
09:20 T > drop loc
13:02 T > come back when its done. get the 4 oclock train
13:09 T < ok
