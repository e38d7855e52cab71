title: Bank account used to move other people's money
why: cards and details asked for, a cut offered, a sum passes through, PIN and codes asked; the child is used, whatever was promised
person: Mum | saved | 07700 900101
person: Zee | unsaved | 07700 900451
person: Bank | sender | HIGHBANK
level: 1 2
roles: mule
not roles: customer, line-phone, worker, false-positive
findings: mule

== 2026-02-03
17:14 Zee > u the one jayden said has a 16+ account
17:16 Zee < maybe why
17:17 Zee > need someone with monzo or starling. send your deets u get 20% cut no risk
17:19 Zee < is it legit
17:20 Zee > ez money bro just squares. money drops in u take it out
17:33 Zee < ok what do u need
17:34 Zee > sort code n account number and a screenshot of balance
== 2026-02-04
10:02 Bank > You have received £2,450.00 from A HOLLIS. Available balance £2,461.12.
10:04 Zee > its landed. go cashpoint take 500 then send the rest to this acc
10:06 Zee < the app is asking stuff
10:07 Zee > send me the otp code and your pin ill do it
10:11 Zee < ok
10:40 Bank > Transfer of £1,900.00 to M DRUMMOND sent. If this was not you call us.
== 2026-02-06
09:01 Bank > We have frozen your account while we look into recent payments. Please call us.
09:10 Zee < they froze my account
09:12 Zee > get ur mates card then. u still owe that 50
16:10 Mum > Letter here from the bank for you?
