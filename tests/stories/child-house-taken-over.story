title: Staying in a stranger's flat that others have taken over
why: a vulnerable adult's home used for supply, the child kept there: cuckooing and logistics on several days
person: Bash | unsaved | 07700 900751
person: Dad | saved | 07700 900752
level: 2 3
roles: worker
findings: cuckooing
not roles: customer, false-positive, line-phone
== 2026-04-01
16:00 Bash > u at bobbys flat
16:02 Bash < ye he keeps asking when we going
16:03 Bash > tell him he aint got a say its our spot now. give him a rock to shut up
16:05 Bash < he was crying
16:06 Bash > dont care. take his keys
== 2026-04-02
11:00 Bash > dont let no one in except punters
11:20 Bash < 4 came already
11:21 Bash > n the money
11:22 Bash < 95
== 2026-04-03
00:30 Bash > u sleeping there again. no one goes home til the pack is finished
00:31 Bash < im hungry
00:32 Bash > someone will bring u mcds
13:00 Dad > Son please come home
