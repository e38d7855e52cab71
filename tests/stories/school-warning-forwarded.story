title: Parents and pupils pass on the school's warning about county lines
why: talk about exploitation in a forwarded warning, full of the words, with nobody exploited
person: Mum | saved | 07700 900101
person: School | sender | OAKHILL
person: Isla | saved | 07700 900162
person: Kai | saved | 07700 900163
group: Year 9 parents | Mum, Isla, Kai
level: 0
not roles: worker, line-phone, customer, mule, debt-threat-victim, recruitment
at most: 1

== 2026-02-25
15:30 School > Dear parent/carer, we have been asked by police to share advice on County Lines. Gangs may offer free trainers, phones or money, then tell children they owe a debt and must work it off. Signs include going missing, unexplained money and train tickets. If worried speak to our safeguarding lead.
15:44 Mum > Fwd: Words to look out for: trap line, cunch / going country (dealing out of town), plugging (hiding drugs inside the body), cuckooing (taking over a flat), shank (knife), squares and deets (bank details). Please share with other parents
15:50 [Year 9 parents] Isla > has everyone seen the county lines letter? frightening
15:52 [Year 9 parents] < yes we had an assembly on it, they said never carry a bag for anyone
16:01 [Year 9 parents] Kai > Forwarded: "I know where your mum lives, you owe us £500" is the sort of message to show a teacher
