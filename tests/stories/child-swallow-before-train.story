title: Told to hide it inside before the train
why: concealment inside the body is immediate by the axis-two rules
person: uncle g | saved | 07700 900731
person: Lex | saved | 07700 900732
level: 3
roles: worker
findings: concealment
not roles: false-positive, line-phone
== 2026-03-18
18:20 uncle g > u remember how to do it yeah
18:21 uncle g < do what
18:22 uncle g > wrap it in clingfilm twice and bank it before u leave. feds all over the station
18:23 uncle g < it hurts tho
18:24 uncle g > use vaseline. if they stop u swallow
== 2026-03-19
07:10 uncle g > is it in
07:11 uncle g < yh
07:12 uncle g > dont sit near no one. text when u get to swindon
09:30 uncle g < im here
09:31 uncle g > go toilet n get it out then go to pauls
20:00 Lex > u not in school?
