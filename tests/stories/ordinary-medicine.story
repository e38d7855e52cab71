title: Prescriptions, a poorly gran and a friend with asthma
why: pills, doses and pick-ups of medicine
person: Surgery | sender | MILLSURGERY
person: Pharm | sender | GREENPHARM
person: Nan | saved | 07700 900102
person: Mum | saved | 07700 900101
level: 0
not roles: worker, line-phone, customer, mule
not findings: drug-supply, health-alert, concealment
at most: 1

== 2026-02-09
09:00 Surgery > Your repeat prescription has been sent to Green Pharmacy. Do not reply.
13:00 Pharm > Your medication is ready to collect. Open till 6pm today.
13:10 Mum > Can you pick up Nans tablets, the diazepam and the morphine patch need a signature
13:12 Mum < ok how many boxes
13:13 Mum > 2 boxes and the brown bag
== 2026-02-12
17:00 Nan > Thank you for fetching my tablets pet. I owe you a fiver
17:10 Nan < dont be daft nan x
== 2026-03-02
08:20 Mum > Have you got your blue inhaler? And the ket diet book is Aunties
