title: An adult who buys from a number nobody knows yet
why: adverts from an unsaved sender repeated on several days and short orders back: customer of a line
person: line | unsaved | 07700 900771
person: Key worker Sue | saved | 07700 900772
level: 1 2
roles: customer
findings: broadcast
not roles: worker, line-phone, debt-threat-victim
== 2026-03-02
09:31 line > Mitch on best of both buy 4 get 1 free
10:02 line < 2 of each pls mate
10:03 line > 10 min same place
== 2026-03-04
09:30 line > Mitch on best of both buy 4 get 1 free
== 2026-03-05
09:33 line > Mitch on best of both buy 4 get 1 free
11:10 line < u about? got 35
11:12 line > yh come
== 2026-03-09
09:29 line > Mitch on best of both buy 4 get 1 free
14:00 Key worker Sue > Hi, appointment with us on Thursday at 2 for your script x
