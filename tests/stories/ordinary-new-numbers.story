title: Gran, a friend and a team mate all change their numbers in one month
why: people change numbers; none of them writes a deal text
person: Gran | unsaved | 07700 900574
person: Kit | unsaved | 07700 900575
person: Ola | unsaved | 07700 900576
person: Mum | saved | 07700 900101
level: 0
not roles: worker, line-phone, customer, mule, associate
not findings: line-match, broadcast, line-phone
at most: 1

== 2026-02-03
10:00 Gran > Hello its Gran this is my new number. Delete the old one. Love Gran
10:10 Gran < hi gran!! saved x
== 2026-02-11
16:00 Kit > its kit lost my phone save this number
16:02 Kit < ok again lol
== 2026-02-19
18:00 Ola > Hey its Ola from netball, number's changed, same me haha. training is on now
18:03 Ola < coming
== 2026-02-20
12:00 Mum > Have you got Grans new number?
