title: Her card was taken and strangers' money runs through it
why: account and PIN handed over, large sums through it, told to lie to the bank
person: Tash | saved | 07700 900761
person: tall one | unsaved | 07700 900762
person: Barclays | sender | BARCLAYS
level: 1 2 3
roles: mule
findings: mule
not roles: line-phone, customer
== 2026-03-15
13:00 Tash > my bf needs a bank card for the weekend, he'll give u 150
13:02 Tash < mine?? why cant he use his
13:03 Tash > his is maxed. just give him the card n pin, u get it back monday
13:10 Tash < idk
13:11 Tash > everyone at college done it
== 2026-03-16
10:00 tall one > its tash man. whats the pin
10:05 tall one < 4471
10:06 tall one > safe. if the bank rings say u sold a car
== 2026-03-17
09:00 Barclays > £1,900.00 was paid into your account ending 118
09:30 Barclays > £1,850.00 cash withdrawal from your account ending 118
12:00 tall one > more comin thurs keep the account open
12:02 tall one < u said one weekend
