title: The family owes a loan shark, who threatens through the child's phone
why: debt and threat are real and urgent, whoever makes them; nothing says a drug line
person: Mum | saved | 07700 900101
person: Lender | unsaved | 07700 900590
level: 2 3
not roles: worker, line-phone, customer, mule, recruitment
findings: debt-threat
not findings: line-match, drug-supply, broadcast, logistics

== 2026-03-02
18:00 Lender > Your mum not answering. Tell her she owes me £400 plus the interest
18:05 Lender < she said friday
== 2026-03-06
18:00 Lender > Its Friday. Its £550 now. I know where you live and I will put your window in
18:04 Mum > Dont answer him love, I am ringing the council team tomorrow
== 2026-03-07
09:00 Lender > Last chance. Pay me or I come to your house tonight
