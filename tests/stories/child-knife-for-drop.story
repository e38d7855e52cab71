title: Told to take a knife to collect money, threatened if he does not
why: threat to the child with a knife is immediate harm
person: Uncle Raf | saved | 07700 900105
person: C | unsaved | 07700 900468
level: 3
not roles: customer, line-phone, mule, false-positive
findings: threat, weapons

== 2026-04-01
16:01 C > bring the shank tonight. them man still owe
16:03 C < i dont want no knife
16:04 C > bring it or ill chef you myself
16:06 C < allow it man im 14
16:07 C > do i look like i care. get touched then
== 2026-04-02
20:14 C > u never came. im coming to your road with the rambo
20:15 C < please i was at hospital with my nan
20:16 C > youre getting dipped friday. watch
20:20 Uncle Raf < can i stay at yours for a bit
20:22 Uncle Raf > Course. What has happened?
