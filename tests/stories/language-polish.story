title: A Polish family's phone
why: ordinary talk in Polish, with words that look like English slang
person: Mama | saved | 07700 900186
person: Kuba | saved | 07700 900187
level: 0
not roles: worker, line-phone, customer, mule
at most: 1

== 2026-02-04
15:50 Mama > Gdzie jesteś? Obiad na stole
15:52 Mama < Już idę, jestem na przystanku
== 2026-02-07
18:00 Kuba > Idziesz jutro na trening? Trener mówił żeby przyjść wcześniej
18:02 Kuba < tak, weź moje buty proszę
18:03 Kuba > dobra, oddasz mi dychę za bilet
18:04 Kuba < pewnie, bob budowniczy haha
== 2026-02-15
12:00 Mama > Kup po drodze mleko i chleb, brat jest chory
