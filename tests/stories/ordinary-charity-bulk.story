title: Raffles, prize draws, loyalty points and charity appeals
why: promotion shapes from firms and a scout group
person: Charity | sender | 70085
person: Loyal | sender | SHOPPERS
person: Scouts | unsaved | 07700 900542
person: Gym | sender | FITZONE
level: 0
not roles: worker, line-phone, customer, mule
not findings: broadcast, number-swap, line-phone, recruitment
at most: 1

== 2026-02-02
10:00 Charity > Thank you for your £3 gift. Your text helped 4 children. Reply STOP to end.
== 2026-02-09
10:00 Loyal > Double loyalty points on till Sunday! Bring a friend and get 1 free sample. Prize draw every hour
== 2026-02-12
18:00 Scouts > 3rd Scouts raffle draw is Friday! Tickets 2 for £1, 5 for 2. Ring me if you can help on the door. Skip
== 2026-02-16
10:00 Loyal > Double loyalty points on till Sunday! Bring a friend and get 1 free sample. Prize draw every hour
== 2026-02-19
18:00 Scouts > 3rd Scouts raffle draw is Friday! Tickets 2 for £1, 5 for 2. Ring me if you can help on the door. Skip
== 2026-02-26
09:00 Gym > Refer a friend and you both get a free month. Open 24/7
18:00 Scouts > 3rd Scouts raffle draw is Friday! Tickets 2 for £1, 5 for 2. Ring me if you can help on the door. Skip
