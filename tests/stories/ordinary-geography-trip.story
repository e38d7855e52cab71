title: A year group goes to the coast with the school
why: trains, hotel, stay where you are, count heads, meet here: teachers and friends
person: Miss Adeyemi | unsaved | 07700 900571
person: Priya | saved | 07700 900572
person: Mum | saved | 07700 900573
person: Tom | saved | 07700 900574
group: Geog trip | Miss Adeyemi, Priya, Tom
level: 0
not roles: any
at most: 0
== 2026-03-11
18:00 [Geog trip] Miss Adeyemi > Tomorrow: be at the station for 7.15, the train to Great Yarmouth is 7.31. I have all the tickets. Bring a packed lunch and £10
18:05 [Geog trip] Tom > miss can we bring phones
18:06 [Geog trip] Miss Adeyemi > Yes keep them on and answer if I ring
== 2026-03-12
11:20 [Geog trip] Miss Adeyemi > Group B where are you? Send me your location, two of you are missing from the count
11:22 [Geog trip] Priya > by the arcade miss
11:23 [Geog trip] Miss Adeyemi > Stay there, do not move until I get to you
19:10 Mum > Is the hotel nice? Premier Inn isn't it
19:12 Mum < yh its calm were 4 to a room
23:20 Tom > come to our room we got snacks
23:21 Tom < miss said dont leave the room lol
== 2026-03-13
15:00 [Geog trip] Miss Adeyemi > Back on the 16.05, home by 9. Please be picked up on time
