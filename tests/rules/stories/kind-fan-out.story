title: The same text to ten strangers in minutes
why: traffic: people, minutes and near-identical text
person: c* | unsaved | 07700 900300 x10
level: 0 1 2 3
findings: line-phone
roles: line-phone

== 2026-03-02
12:00 +20s c* < back on now same as ever come see me by the old place
