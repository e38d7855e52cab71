title: A drill fan who quotes lyrics to his friends
why: music is never an indicator; lyric-like text is left out
person: Ash | saved | 07700 900179
person: Prod | saved as Remi beats | 07700 900180
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim
not findings: weapons, threat, drug-supply, travel
at most: 1

== 2026-02-10
17:00 Ash > new tune out tonight its cold
17:05 Ash > "Bando life with the stove on low, cunch on Monday, home by Sunday / Trap line ringing like ding ding dong, rambo tucked and the mask is long / Opps on the corner they don't last long, splash one man then we sing our song" 🔥🔥
17:07 Ash < second verse is harder
17:08 Ash < "Ride out, slide out, dip, no talk / Ten toes down on the same old walk / Chef man up like a knife and fork"
== 2026-02-14
20:00 Prod > got a new beat for you 142 bpm
20:02 Prod < wrote 16 bars: "Shank in the sock with the block so hot, feds roll past but we never got got / re-up quick when the pack run low"
20:05 Prod > lol you have never even been to detention bro
20:06 Prod < its called art
== 2026-02-20
18:00 Ash > studio sat? 
18:02 Ash < yh book it
