title: A sixteenth birthday with drink, vapes and one joint talked of
why: party plans among saved friends; drink and a bit of own use is not supply
person: Soph | saved | 07700 900701
person: Ads | saved | 07700 900702
person: Big Sis | saved | 07700 900703
person: Luca | saved | 07700 900704
group: SOPHS 16TH | Soph, Ads, Luca
level: 0
not roles: any
at most: 1
== 2026-03-13
16:00 [SOPHS 16TH] Soph > party at mine sat!! bring a bottle 8 til late
16:04 [SOPHS 16TH] Luca > who can get vodka
16:05 [SOPHS 16TH] Ads > my cousin can sort it. £12 a bottle or 2 for 20
16:06 [SOPHS 16TH] Luca > ill owe u
16:08 [SOPHS 16TH] Soph > no weed in the house my mum will kill me smoke it outside
== 2026-03-14
18:00 Big Sis > what time shall i pick u up
18:01 Big Sis < 12? i'll drop u a pin
20:30 Ads > where u at everyones here
20:31 Ads < getting an uber 5 mins
21:00 [SOPHS 16TH] Luca > shots shots shots
23:40 Ads > lucas on one hes had way too much
23:41 Ads < tell him to stop lol
== 2026-03-15
11:00 Luca > im never drinking again
11:02 Luca < u owe ads 10
