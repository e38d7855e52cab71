title: Weak words far from any other
why: a rule with near counts only beside others
person: K | unsaved | 07700 900412
not findings: logistics
level: 0

== 2026-03-02
16:00 K > how much left
