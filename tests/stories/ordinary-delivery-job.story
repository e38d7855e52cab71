title: A part-time job delivering takeaways by bike
why: pick-ups, drops, addresses, cash counts and shifts: work that is only work
person: Boss | saved as Raj Spice Hut | 07700 900521
person: Disp | unsaved | 07700 900522
person: Mum | saved | 07700 900101
level: 0 1
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: line-match, line-phone, broadcast, debt-threat, drug-supply, remote-control

== 2026-02-06
17:00 Boss > You on shift at 6?
17:01 Boss < yes boss
18:20 Disp > pick up 2 bags from the counter drop at 14 Mill Rd then 3 Ash Ct
18:41 Disp < done
18:42 Disp > next one is ready. lady at the flats wants both sauces
19:10 Disp < dropped
19:11 Disp > how many left in the box
19:12 Disp < 2 then coming back
22:05 Boss > Count the float. You are £3 short
22:07 Boss < gave wrong change sorry
22:08 Boss > No worries. Good work tonight
== 2026-02-13
18:00 Disp > 5 drops tonight its busy, curry for the cats home lol
21:00 Disp < all done
21:30 Mum > Cycle home safe, lights on x
