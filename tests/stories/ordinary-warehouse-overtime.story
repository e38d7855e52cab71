title: An eighteen-year-old who picks in a warehouse and does overtime
why: OT is overtime, the line is the packing line, picking and packs are parcels
person: Sup | saved as Gary supervisor | 07700 900523
person: Agency | sender | STAFFLINK
person: Lew | saved | 07700 900178
level: 0
not roles: worker, line-phone, customer, mule, recruitment, debt-threat-victim
at most: 1

== 2026-03-02
12:00 Agency > Shifts available: nights Thu-Sun 10pm-6am, £14.20 ph. Reply YES to book. Quick money before payday!
12:03 Agency < YES
== 2026-03-05
20:00 Sup > Need you on line 4 tonight, packs are backing up
20:02 Sup < ok gaz
20:03 Sup > Phone in the locker mate
== 2026-03-08
09:00 Lew > you doing OT this weekend
09:02 Lew < yeah went OT last week too, double time
09:03 Lew > graft pays lol. need the p's for the car
09:05 Lew < work it off in a month easy
