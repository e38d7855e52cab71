title: A long text in the form of verse
why: the innocent explanation stands beside the words: they weigh nothing
person: K | unsaved | 07700 900412
level: 0 1 2 3
not findings: threat

== 2026-03-02
16:00 K > wrote this last night / i know where your mum lives / the kettle on and the garden gate / the bus goes by at half past eight / and nobody knows how long we wait / the rain comes down and it is late
