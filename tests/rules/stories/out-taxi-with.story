title: A text of a delivery firm
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: recruitment

== 2026-03-02
16:00 K > need a worker tonight easy money? your parcel will be delivered today, track it
