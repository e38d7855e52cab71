title: A reporter who is writing about county lines
why: an adult's work; quotes what others said
person: Ed | saved as Editor | 07700 900167
person: Src | saved as Source S | 07700 900168
level: 0 1
not roles: worker, line-phone, customer, mule, recruitment, debt-threat-victim
not findings: line-match, line-phone, broadcast, remote-control
at most: 3

== 2026-02-11
10:00 Ed > How is the county lines piece coming on? 1200 words
10:05 Ed < Good. Mother told me the text said "you lost the pack you owe us two grand". Legal need to see it
10:10 Ed < She also described how her son was made to plug drugs on the train to Norfolk
== 2026-02-12
16:00 Src < Thank you for talking to me. I will not use your name
16:20 Src > please write that it could be any kid
16:30 Ed > Headline idea: "On till one": the texts that sell crack
