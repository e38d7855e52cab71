title: An older boyfriend with a film of her makes her carry
why: sexual coercion with a threat to share, deliveries and location demands: harm of several kinds on several days
person: Marc x | saved | 07700 900601
person: Mam | saved | 07700 900602
level: 2 3
roles: worker
not roles: customer, line-phone, false-positive
findings: coercion
== 2026-03-04
20:10 Marc x > miss u babe wer u to
20:12 Marc x < in the house like
20:13 Marc x > need u to take summin to cardiff for me tomorrow. small package u wont even notice
20:15 Marc x < i dunno marc last time i was proper scared
20:16 Marc x > dont be tamping ill buy u them shoes
== 2026-03-05
15:05 Marc x > share ur location so i can see ur on the bus
15:08 Marc x < done
16:30 Marc x > give it to the boy at the flat hes got 600 for me. count it before u leave
16:41 Marc x < its all there
16:42 Marc x > good girl. straight back
== 2026-03-08
19:00 Marc x > same again tuesday
19:04 Marc x < no i dont want to do it anymore
19:05 Marc x > did i say u had a choice
19:06 Marc x > i still got that video of u. want ur mam to see it? ill put it on everyones snap
19:08 Marc x < pls dont marc
19:09 Marc x > then be on the 4 o clock bus
== 2026-03-10
16:20 Marc x > wer are u
16:21 Marc x > pick up the phone
16:22 Marc x > (missed call)
16:24 Marc x > (missed call)
16:30 Mam > Where you to love tea is ready
