title: Taxis, takeaways, parcels and phone shops
why: bulk texts of offers and arrivals from firms, of every shape that deal texts have
person: Pizza | sender | PIZZABOX
person: Cab | sender | STARCABS
person: Driver | unsaved | 07700 900540
person: Net | sender | MOBILECO
person: Kebab | unsaved | 07700 900541
level: 0
not roles: worker, line-phone, customer, mule
not findings: broadcast, logistics, number-swap, line-phone
at most: 1

== 2026-02-06
17:00 Pizza > 2 for 1 on all large pizzas! Buy 3 get 1 free sides. Open till 11pm. Order now
== 2026-02-08
12:00 Kebab > Star Kebab House new number save this! 2 for 12 on all wraps, open till 2, free delivery. Ring us
== 2026-02-13
17:00 Pizza > 2 for 1 on all large pizzas! Buy 3 get 1 free sides. Open till 11pm. Order now
== 2026-02-15
12:00 Kebab > Star Kebab House 2 for 12 on all wraps, open till 2, free delivery. Ring us
22:10 Cab > Your car is a white Toyota, driver Ali, 3 mins away.
22:14 Driver > im outside mate grey car
22:15 Driver < coming
== 2026-02-20
17:00 Pizza > 2 for 1 on all large pizzas! Buy 3 get 1 free sides. Open till 11pm. Order now
== 2026-02-22
12:00 Kebab > Star Kebab House 2 for 12 on all wraps, open till 2, free delivery. Ring us
12:30 Net > Your new SIM is on its way. Top up £10 and get a free bundle. Offer on till 28 Feb.
