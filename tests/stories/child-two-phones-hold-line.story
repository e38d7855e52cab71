title: Given a second phone to hold and answer
why: told to hold and charge the line, to send the text and to pass callers on: work for a line, on several days
person: Ky | saved | 07700 900741
person: Mum | saved | 07700 900742
level: 2 3
roles: worker
not roles: customer, false-positive
== 2026-03-09
15:10 Ky > hold the line for me tonight its on 20%
15:12 Ky < whats that mean
15:13 Ky > keep the nokia charged n answer it. tell em 10 mins then ring me
15:15 Ky < ok
== 2026-03-10
09:00 Ky > send the text out to everyone. same as yesterday
09:05 Ky < sent
09:06 Ky > put a tenner credit on the phone as well
12:20 Ky > how many rang
12:21 Ky < 14
12:22 Ky > n u sent them all to the yard?
12:23 Ky < ye
== 2026-03-12
19:40 Ky > u left the phone off for a hour. that cost me 200
19:42 Ky < sorry my mum was there
19:43 Ky > thats on u now. u owe that
