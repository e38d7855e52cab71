title: Year 11 before the mocks
why: dying of maths and being dead if they fail is how exam weeks are talked of
person: Hollie | saved | 07700 900561
person: Zayn | saved | 07700 900562
person: Dad | saved | 07700 900563
person: Tutor Mr Osei | unsaved | 07700 900564
level: 0
not roles: any
not findings: welfare
at most: 0
== 2026-03-03
20:00 Hollie > chem paper 2 actually killed me
20:01 Hollie < im so dead if i fail
20:02 Hollie > my mum will murder me
20:04 Hollie < lets just run away to scotland lol
== 2026-03-04
07:40 Tutor Mr Osei > Morning, session at 5 today. Bring the pack I gave you and count how many questions you have left
07:45 Tutor Mr Osei < ok sir i did 14 got 6 left
07:46 Tutor Mr Osei > Good work. You owe me two past papers from last week as well!
16:10 Zayn > bro i cant do this anymore maths is a joke
16:11 Zayn < same im done fr
16:12 Zayn > stayed up til 4 on red bull
== 2026-03-06
18:30 Dad > Where are you? Library shut at 6. Answer your phone
18:34 Dad < sorry was on silent omw
