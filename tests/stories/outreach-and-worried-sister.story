title: A police text came because the old number had rung a line once
why: outreach from the police weighs nothing; a single missed call out of the active window is next to nothing
person: old | unsaved | 07700 900905
person: Sis | saved | 07700 900831
level: 0 1
not roles: worker, line-phone, customer, debt-threat-victim
findings: outreach-text:0
== 2026-03-10
12:00 old > This is a message from the Regional Organised Crime Unit. Your phone number has been in contact with a known County Lines drug line. For support with drug use call 0808 157 0123
12:20 Sis < omg sis look what i got is this a scam
12:22 Sis > ignore it love prob whoever had the number before
