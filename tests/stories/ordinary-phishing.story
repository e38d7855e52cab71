title: Bank fraud, parcel and "Hi Mum" texts from strangers
why: the phone's owner is the target of fraud, moves nobody's money
person: S1 | unsaved | 07700 900560
person: S2 | unsaved | 07700 900561
person: S3 | sender | BANKALERT
person: Mum | saved | 07700 900101
level: 0 1
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: line-match, debt-threat, number-swap
at most: 2

== 2026-02-10
09:00 S3 > Your account has been locked. Confirm your details, sort code and PIN at http://highbank.example/secure
== 2026-02-14
13:00 S1 > Hi Mum I dropped my phone this is my new number save it. Can you send £480 to this account, pay you back tomorrow x
13:10 S1 < im 15 i dont have kids
== 2026-02-21
11:00 S2 > Your parcel could not be delivered. Pay the £1.45 fee: http://post.example/fee
== 2026-02-22
10:00 S3 > A payment of £760 was attempted. If this was not you, give the code from your app when we ring
10:30 Mum > Dont click on any of those bank texts x
