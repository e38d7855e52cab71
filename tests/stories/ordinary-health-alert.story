title: A drugs charity warns of a bad batch
why: a health alert to be shown, with no sign of supply
person: Charity | sender | SAFERNIGHT
person: Jo | saved | 07700 900183
level: 0 1
not roles: worker, line-phone, customer, mule
findings: health-alert
not findings: line-match, broadcast, logistics, debt-threat

== 2026-03-13
18:00 Charity > ALERT: nitazenes found in blue pills sold as oxy in the area. Never use alone. Naloxone free from any pharmacy.
18:20 Jo > did u see that bad batch thing. dans cousin od'd on it
18:25 Jo < omg is he ok
18:26 Jo > yeah hes in hospital but awake
