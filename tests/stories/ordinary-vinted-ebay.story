title: Sells clothes and old consoles online
why: prices, offers, posting parcels and bank details are those of second-hand sales
person: buyer1 | unsaved | 07700 900531
person: buyer2 | unsaved | 07700 900532
person: buyer3 | unsaved | 07700 900533
person: Ella | saved | 07700 900534
level: 0
not roles: any
at most: 0
== 2026-03-01
11:00 buyer1 > hi is the white tracksuit still available off vinted
11:04 buyer1 < yes its 20 or both for 35, the white and the brown
11:06 buyer1 > would u do 30 for both
11:07 buyer1 < go on then
11:08 buyer1 > can i pick up today whats your address
11:10 buyer1 < meet me outside the co op at 4, cash or bank transfer
== 2026-03-04
18:20 buyer2 > Is the ps4 sold? ill give you 90
18:25 buyer2 < 100 and you can have the games
18:26 buyer2 > ok send me your details sort code and acc and ill pay now
18:30 buyer2 < paypal is easier
== 2026-03-06
10:00 Ella > did u drop the parcel
10:02 Ella < ye dropped 3 packs at the shop, evri are picking up at 12
10:05 Ella > how much we made
10:06 Ella < 85 so far, got 4 left to sell
== 2026-03-09
16:15 buyer3 > the box arrived but theres one missing you owe me 8 quid
16:20 buyer3 < so sorry ill refund u now
