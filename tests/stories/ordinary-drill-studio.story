title: Writes bars and follows every drill channel
why: lyrics, titles and studio talk with no order, debt or sale
person: Tko | saved | 07700 900591
person: Remy | saved | 07700 900592
person: Studio Dan | unsaved | 07700 900593
level: 0
not roles: any
at most: 0
== 2026-03-02
19:40 Tko > u heard the new plugged in its mad
19:42 Tko < trap beat goes hard still
19:43 Tko > "shank in my waist when i slide on the opps / trap all night then i duck from the cops"
19:44 Tko < u wrote that??
19:45 Tko > ye bars
== 2026-03-04
17:00 Studio Dan > Studio is free 6 till 8, £15 an hour. Bring the lyrics
17:02 Studio Dan < can we do 2 hours for 25
17:03 Studio Dan > go on then
== 2026-03-07
22:10 Remy > verse 2: man went country with a nine and a box / came back rich with a rollie watch
22:12 Remy < nah change rollie watch thats dead
22:13 Remy > ur dead 😂
22:20 Remy > gang gang drop the tape
22:21 Remy < dropping friday on soundcloud
