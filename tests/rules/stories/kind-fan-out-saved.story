title: The same text to ten friends in minutes
why: invitations go to people who are saved
person: c* | saved | 07700 900300 x10
level: 0 1 2 3
not findings: line-phone

== 2026-03-02
12:00 +20s c* < back on now same as ever come see me by the old place
