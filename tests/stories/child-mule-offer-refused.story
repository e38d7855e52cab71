title: Offered money for an account by a stranger, says no
why: an approach only: something to talk about, nothing done
person: Ruby | saved | 07700 900150
person: X | unsaved | 07700 900452
level: 0 1
not roles: customer, line-phone, worker, debt-threat-victim
findings: mule
not findings: debt-threat, line-match

== 2026-03-03
19:00 X > hey u got a bank account? need someone with barclays or lloyds u get a £300 cut easy money
19:04 X < who is this
19:05 X > dont worry got ur number off snap. 16+ account no risk just need ur deets
19:07 X < no thanks thats money muling they did an assembly on it
19:30 Ruby < some random asked for my bank details lol
19:31 Ruby > omg block them
