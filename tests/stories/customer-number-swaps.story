title: The same deal text comes from three numbers, one after the other
why: a line that changes its number; candidate links for an analyst, little said of the person who receives it
person: A | unsaved | 07700 900484
person: B | unsaved | 07700 900485
person: E | unsaved | 07700 900486
level: 1 2
not roles: worker, line-phone, mule, debt-threat-victim
findings: number-swap
not findings: line-match, debt-threat

== 2026-01-20
12:00 A > Pablo on now light n dark 2 for 15 all day ring me
== 2026-01-27
12:01 A > Pablo on now light n dark 2 for 15 all day ring me
== 2026-02-06
12:00 B > Pablo new number same line delete the old. on now light n dark 2 for 15 all day ring me
== 2026-02-13
12:02 B > Pablo on now light n dark 2 for 15 all day ring me
== 2026-03-02
12:00 E > Its Pablo lost my phone save this. on now light n dark 2 for 15 all day ring me
== 2026-03-09
12:00 E > Pablo on now light n dark 2 for 15 all day ring me
