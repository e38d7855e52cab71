title: A Valleys teenager, in English and Welsh by turns
why: ordinary talk with Welsh words and Welsh English
person: Mam | saved | 07700 900175
person: Rhys | saved | 07700 900176
person: Cerys | saved | 07700 900177
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim, recruitment
at most: 1

== 2026-02-04
16:00 Mam > Ble wyt ti bach? Te ar y bwrdd am bump
16:04 Mam < ar y bws nawr mam, 10 munud
== 2026-02-08
11:00 Rhys > wha's occurrin butt, you goin down rugby later
11:02 Rhys < aye mun, kick off 3 is it
11:03 Rhys > yeah. bring my boots now in a minute will you
11:05 Rhys < tidy, ta-ra
== 2026-02-12
19:00 Cerys > Wyt ti'n mynd i'r ysgol fory? Mae prawf gyda ni
19:02 Cerys < ych a fi, ydw. dim syniad da fi
19:03 Cerys > cwtch. gawn ni adolygu dros y ffôn heno
19:04 Cerys < diolch cariad x
