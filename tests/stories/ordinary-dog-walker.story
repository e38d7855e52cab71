title: Walks the neighbours' dogs for pocket money
why: keys, houses, the white one and the brown one and being paid are about dogs
person: Mrs Kaur | saved | 07700 900551
person: Jean no 12 | saved | 07700 900552
person: new lady | unsaved | 07700 900553
level: 0
not roles: any
at most: 0
== 2026-03-02
08:20 Mrs Kaur > Can you take Bobby and Snowy out at 4? Key is under the pot
08:25 Mrs Kaur < yes no problem
16:40 Mrs Kaur > Where are you now? Send me a pic of them x
16:42 Mrs Kaur < by the pond, the white one went in
== 2026-03-05
10:00 new lady > Hi got your number from the card in the shop, how much for 2 walks a week
10:05 new lady < £6 each or 2 for £10
10:06 new lady > Great. The brown one bites so keep him on the lead. Can you start tomorrow
10:07 new lady < yes what time
10:08 new lady > Pick up at 3.30 drop off by 4.30. I'll leave the money and the bags by the door
== 2026-03-07
17:00 Jean no 12 > I owe you for last week as well, is it £18
17:01 Jean no 12 < yes please
