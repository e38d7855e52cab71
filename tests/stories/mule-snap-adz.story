title: Lent his bank account for a cut, then it was frozen
why: H5: asked for account and card, promised a share, gave details, large sums
person: Adz | saved | 07700 900162
person: Bank | sender | Monzo
person: Mum | saved | 07700 900163
level: 1 2
roles: mule
not roles: customer, worker, line-phone
findings: mule
== 2026-03-09
17:01 Adz > yo u got a monzo or revolut
17:05 Adz < yeah monzo why
17:06 Adz > got a drop coming need someones acc for a day. u get 300 no risk
17:08 Adz < is it legit
17:09 Adz > course bro everyone does it. just need ur deets n card for a bit
17:15 Adz < what do u need
17:16 Adz > acc num sort code n screenshot ur app so i kno its empty
17:22 Adz < ok sent on snap
== 2026-03-11
12:00 Bank > You've received £2,450.00 from K HARRIS.
12:04 Adz > its landed. take out 500 now n send rest to the acc i gave u
12:06 Adz < it says theres a limit
12:07 Adz > do 2 lots then. dont tell no one
== 2026-03-13
09:10 Bank > We've frozen your account while we look into some activity. Please check the app.
09:15 Adz < bro they froze my account wtf
09:31 Mum > Why has the bank rung me??
