title: Tells a friend that she means to hurt herself
why: danger to life: shown at once to a person, but no part of any county lines score
person: Bea | saved | 07700 900161
person: Mum | saved | 07700 900101
level: 3
not roles: worker, line-phone, mule, customer, recruitment, debt-threat-victim
findings: welfare:0
not findings: line-match, debt-threat, logistics, drug-supply

== 2026-03-16
23:02 Bea < i dont want to be here anymore
23:03 Bea > what do u mean
23:04 Bea < i keep thinking about killing myself
23:05 Bea < i cut myself again last night
23:06 Bea > im calling ur mum please stay on the phone
23:08 Mum > (call 610s)
