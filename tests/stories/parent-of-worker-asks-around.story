title: A mother looks for her missing son among his friends
why: missing, police and county lines words are a parent's search, in both directions
person: Jo (Tyler mum) | unsaved | 07700 900841
person: Ben | saved | 07700 900842
level: 0
not roles: any
at most: 1
== 2026-03-14
22:00 Jo (Tyler mum) > Hi this is Tyler's mum. He hasnt come home, do you know where he is? I've reported him missing
22:05 Jo (Tyler mum) < sorry no i havent seen him since thursday
22:06 Jo (Tyler mum) > If he texts tell him he is not in trouble. Police think some older lads have got him running drugs
22:08 Jo (Tyler mum) < ok i will
22:20 Ben > did u hear about tyler
22:21 Ben < yeah his mum messaged me its mad
== 2026-03-16
09:00 Jo (Tyler mum) > He is home safe. Thank you x
