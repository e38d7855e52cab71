title: Goes between old people's houses for a care agency
why: shifts, medicines, key safes and dropping off food are the work of a carer
person: Rota Jan | unsaved | 07700 900521
person: Priya | saved | 07700 900522
level: 0
not roles: any
at most: 0
== 2026-03-03
07:01 Rota Jan > Morning can you cover Mrs Hughes 8am and Mr Bell 9.30, Donna has gone off sick
07:05 Rota Jan < yes fine whats the key safe
07:06 Rota Jan > 2741. He needs his morphine patch changing and 2 diazepam from the blister, count what's left please and write it in the book
07:08 Rota Jan < ok
09:50 Rota Jan < Done. 14 left in the box not 16, ive put it in the notes
09:52 Rota Jan > Thanks I'll tell the office. Can you drop the food off at number 9 after
== 2026-03-05
20:30 Priya > u on nights again
20:31 Priya < yeah night shift til 7, stay at the house the whole time cant leave her
20:33 Priya > they better pay u extra
20:34 Priya < they owe me for 3 shifts already lol
== 2026-03-08
13:00 Rota Jan > Need someone for a live in weekend, £220 cash in hand? Travel paid, ticket would be on your phone
13:04 Rota Jan < which days
