title: A child writes with a helpline and a youth project after a row at home
why: seeking help is never a sign; text with a helpline is private and exonerating
person: Help | sender | 85258
person: Tash | saved as Tash youth project | 07700 900160
level: 0 1
not roles: worker, line-phone, mule, customer, debt-threat-victim
not findings: line-match, threat, debt-threat, logistics, remote-control

== 2026-02-16
21:00 Help < hi im feeling really low
21:02 Help > Hi, thank you for reaching out. I am Ana, a volunteer. What has been going on tonight?
21:05 Help < had a massive row with mum and i just feel like i ruin everything
21:09 Help > That sounds really hard. Are you somewhere safe right now?
21:11 Help < yes in my room
== 2026-02-18
16:00 Tash > Hiya just checking in, fancy a hot choc Thursday?
16:10 Tash < yes please that would be nice
