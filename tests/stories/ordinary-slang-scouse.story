title: A Liverpool teenager who talks as Liverpool teenagers talk
why: grafting is working hard, tra is goodbye, the ozzy is the hospital
person: Our Kel | saved | 07700 900173
person: Macca | saved | 07700 900174
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim, recruitment
at most: 1

== 2026-02-04
16:10 Macca > alright lad you out tonight or what
16:12 Macca < nah la been grafting all day in me dads shop am dead
16:13 Macca > sound. match is on till 10 come ours after
16:15 Macca < boss. ill get the scran in, tra
== 2026-02-07
12:00 Our Kel > me nans in the ozzy again can you meet us there
12:02 Our Kel < course girl which ward
12:04 Our Kel > 4B. bring her brown slippers and the white cardi
== 2026-02-11
18:00 Macca > giz that tenner you owe us
18:03 Macca < ill have it friday when i get me wages kidda
18:04 Macca > no rush lad made up for ya with the job
