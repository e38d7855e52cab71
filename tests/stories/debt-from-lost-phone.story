title: Lost the phone he was given and was told what that costs
why: debt with threats to him and his brother by someone he works for
person: Chunks | saved | 07700 900861
person: bro | saved | 07700 900862
level: 3
roles: debt-threat-victim
not roles: line-phone, false-positive
findings: debt-threat
== 2026-03-10
20:00 Chunks > what do u mean u lost it
20:01 Chunks < it fell out my pocket on the bus
20:02 Chunks > that phone had everyone on it. thats 2 grand to me
20:04 Chunks < i havent got that
20:05 Chunks > then ur gonna be grafting for me all summer for nothing
== 2026-03-12
17:00 Chunks > why u not at the spot
17:30 Chunks < im at home sick
17:31 Chunks > get here or im coming there. ill stab u and ur brother up i dont care
17:35 Chunks < ok im coming
17:40 bro > where u going
== 2026-03-14
09:00 Chunks > thats 2 weeks u owe me still
