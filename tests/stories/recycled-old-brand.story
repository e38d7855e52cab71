title: A second-hand SIM that is still sent a line's adverts
why: offers come to a number that someone else had; the user asks them to stop, and never buys
phone: 07700 900976
person: adv | unsaved | 07700 900915
person: Nan | saved | 07700 900916
level: 0 1
not roles: worker, line-phone, mule, debt-threat-victim
== 2026-03-03
10:00 adv > Pablo back on. Both flavours, 3 for 25
== 2026-03-05
10:02 adv > Pablo back on. Both flavours, 3 for 25
10:30 adv < wrong number please stop texting me
== 2026-03-08
10:01 adv > Pablo back on. Both flavours, 3 for 25
10:40 adv < STOP i dont know you
11:00 Nan > Did you get my text love
