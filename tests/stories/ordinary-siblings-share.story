title: Two sisters share one phone; the elder works at a chip shop and one boyfriend is bossy
why: two voices on one phone, ordinary both; the name in the text changes
person: Mum | saved | 07700 900101
person: Chippy | saved as Chippy work | 01632 960440
person: Leo | saved as Leo 💛 | 07700 900184
person: Zara | saved | 07700 900185
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: remote-control, logistics
at most: 1

== 2026-02-05
16:00 Mum > Which of you has the phone today? x
16:02 Mum < its Meg, Amy has it tmrw
16:20 Zara > amy are you in
16:22 Zara < its meg shes at work
== 2026-02-07
17:00 Chippy > Amy can you do 5 till 9, short staffed
17:04 Chippy < yes
21:10 Leo > where are you? ring me when your done x
21:12 Leo < this is meg lol shes on shift till 10
21:13 Leo > oh soz. tell her i'll pick her up
== 2026-02-09
18:00 Zara > meg whats the maths hw
18:03 Zara < page 40 evens
