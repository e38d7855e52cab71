title: A first-year answers an advert for easy cash and lends an account
why: H5: an advert with a cut, details asked, money passed on
person: Cash King | unsaved | 07700 900871
person: Lily | saved | 07700 900872
level: 1 2
roles: mule
findings: mule
not roles: worker, customer, line-phone, debt-threat-victim
== 2026-03-20
12:00 Cash King > Students needed with Lloyds, Natwest or Barclays. Earn £400 same day. No risk, 100% safe
12:30 Cash King < how does it work
12:32 Cash King > we send 1800 to your account you keep 400 and send the rest on
12:40 Cash King < is it legal
12:41 Cash King > yes hun its just tax reasons. send sort code and account number
12:50 Cash King < ok sent
== 2026-03-23
10:00 Cash King > done. its in. move it quick before they see
10:20 Cash King < moved it
18:00 Lily > how did u afford them boots lol
