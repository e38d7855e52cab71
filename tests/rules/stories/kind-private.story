title: Weak words in a group
why: orders of a teacher to a group are no control
person: K | unsaved | 07700 900412
person: L | unsaved | 07700 900413
group: Trip | K, L
level: 0 1 2 3
not findings: logistics, coercion

== 2026-03-02
16:00 [Trip] K > how much left
16:01 [Trip] K > serve the two at the back gate
16:02 [Trip] K > count the money
