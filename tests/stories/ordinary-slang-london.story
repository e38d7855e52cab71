title: A London teenager who talks as London teenagers talk
why: youth speech shared by all; nothing is sold, owed under threat or ordered
person: Kieran | saved | 07700 900170
person: Temi | saved | 07700 900171
person: Zak | saved | 07700 900172
group: 10B mandem | Kieran, Temi, Zak
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim, recruitment
at most: 1

== 2026-02-03
16:02 Kieran > wagwan fam u on road today
16:04 Kieran < nah mum got me on lock man said revise
16:05 Kieran > peak. link up tmrw then come my yard we got fifa
16:06 Kieran < calm bring food im bare hungry g
== 2026-02-05
20:00 [10B mandem] Temi > bro sir really said no phones all week that is long
20:01 [10B mandem] Zak > pigs in blankets for lunch tho that was fire
20:02 [10B mandem] < dead lool them man dropped the whole tray
20:03 [10B mandem] Temi > zak got cooked in that chem test 9 percent
20:04 [10B mandem] Kieran > he owes me 2 pound for that bet
== 2026-02-09
17:30 Zak > them new creps are cold how much p's was they
17:31 Zak < 85 bills bro birthday money innit
17:33 Zak > u about later? me and temi at the cage
17:34 Zak < yh pull up at 6
== 2026-02-12
19:02 Temi > stop moving shook its only a spider
19:03 Temi < it was on my strap bro my bag strap ffs
