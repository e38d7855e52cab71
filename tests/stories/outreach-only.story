title: A police outreach text and nothing else
why: the text reached a number that was once in the line's list; no other contact
person: Old | unsaved | 07700 900498
person: Dad | saved | 07700 900103
line: Nero | 07700 900498 | 2025-03-01 | 2026-02-20 | seized | 1A
level: 0 1
not roles: worker, line-phone, mule, debt-threat-victim
findings: outreach-text:0
not findings: threat, logistics, broadcast, recruitment

== 2026-02-24
10:00 Old > Police message: this phone was used as a county lines drug line and has been seized. If you need support to stop using drugs or are worried about a young person being exploited, free confidential help is available. You are not in trouble.
10:30 Dad > Did you get my voicemail
