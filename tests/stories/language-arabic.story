title: A family that writes in Arabic script, right to left, with some English
why: ordinary talk; mixed scripts and directions
person: أمي | saved | 07700 900188
person: Yusuf | saved | 07700 900189
level: 0
not roles: worker, line-phone, customer, mule
at most: 1

== 2026-02-05
16:00 أمي > وين انت؟ العشاء جاهز
16:03 أمي < جاي على الطريق ٥ دقائق
== 2026-02-09
17:00 Yusuf > عندنا امتحان maths بكرا الساعة 9
17:02 Yusuf < لا والله نسيت! send me the notes please
17:03 Yusuf > تمام، ببعتلك صور
== 2026-02-13
12:30 أمي > لا تنسى تجيب خبز وحليب من المحل
