title: The phone of a youth worker
why: an adult who helps children speaks of missing episodes, debts and lines all day, in sentences about others
person: Marcia | saved as Marcia team lead | 07700 900164
person: Dev | saved as DC Dev Patel | 07700 900165
person: YP1 | saved as L (yp) | 07700 900166
level: 0 1
not roles: worker, line-phone, customer, mule, recruitment, debt-threat-victim
not findings: line-match, line-phone, broadcast, debt-threat, remote-control
at most: 3

== 2026-03-03
09:10 Marcia > Morning. L was missing again at the weekend, back Sunday night. Can you do the return interview today?
09:14 Marcia < Yes at 3. He told me last time he owes money to older lads, I am worried about debt bondage
09:20 Marcia > Strategy meeting Thursday. Has he been cuckooing with them or just staying there?
09:25 Marcia < He says they took over a flat. I have referred the tenant to adult safeguarding
== 2026-03-05
11:00 Dev > Did he mention the name of the line at all?
11:06 Dev < No and I did not push. He said he was told to plug. Hospital checked him, all clear
== 2026-03-06
15:00 YP1 < Hi mate, still on for football at 4? No pressure
15:10 YP1 > yeah safe
