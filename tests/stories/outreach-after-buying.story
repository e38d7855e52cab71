title: Bought once from a line; the police later wrote to all its numbers
why: the outreach text is help, not a sign; the number hit stays
why: level 2 is allowed as for customer-known-line: the number is graded 1A and was asked for drugs inside its dates
person: F | unsaved | 07700 900496
person: Mum | saved | 07700 900101
line: Fitz | 07700 900496 | 2025-08-01 | 2026-03-10 | seized | 1A
level: 1 2
not roles: worker, line-phone, mule, debt-threat-victim
findings: outreach-text:0, line-match
not findings: threat, logistics

== 2026-02-20
19:00 F < u on
19:01 F > yh how many
19:02 F < 1
== 2026-03-12
10:00 F > This is a message from the Regional Organised Crime Unit. Your phone number has been in contact with a known County Lines drug line. For help with drugs, or if you are being exploited, call us or speak to someone you trust.
