title: An electrician's phone
why: plugs, lines, white and brown cable, drops, packs, late payers
person: Merch | unsaved | 07700 900570
person: Cli | unsaved | 07700 900571
person: Ste | saved as Ste apprentice | 07700 900572
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: concealment, drug-supply, debt-threat
at most: 1

== 2026-02-04
07:30 Ste > what we need today
07:32 Ste < 10 white double plugs, box of brown and blue, both reels, bring the strap for the ladder
07:40 Merch > Your order is ready. 2 for 1 on grey cable till Friday
== 2026-02-06
15:00 Cli > the socket you plugged in is sparking, can you come today its dangerous
15:05 Cli < on my way, turn it off at the board
== 2026-02-20
09:00 Cli < Hi Mrs Doyle, invoice of £240 is 30 days over, you still owe me, please pay by Friday
09:40 Cli > So sorry just sent it
