title: The text that police send to numbers found in a seized phone
why: help is listed and weighs nothing
person: K | unsaved | 07700 900412
findings: outreach-text:0
not findings: threat, logistics, broadcast
level: 0

== 2026-03-02
16:00 K > This is a message from the Regional Organised Crime Unit. Your phone number has been in contact with a known County Lines drug line
