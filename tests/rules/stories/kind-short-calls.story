title: Fifty short calls in a day from strangers
why: traffic without any text: stage 1
person: c* | unsaved | 07700 900300 x50
level: 0 1 2 3
findings: line-phone

== 2026-03-02
09:00 +10m c* > (call 20s)
