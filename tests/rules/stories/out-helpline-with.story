title: A helpline repeats what a child told it
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: threat

== 2026-03-02
15:59 K > Hi, you are through to Childline. What is on your mind?
16:00 K > he said i know where your mum lives? tell us more
