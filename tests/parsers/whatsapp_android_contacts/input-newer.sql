-- A version that names people elsewhere.
CREATE TABLE wa_contacts (_id INTEGER PRIMARY KEY AUTOINCREMENT, jid TEXT NOT NULL);
INSERT INTO wa_contacts VALUES (1, '447700900101@s.whatsapp.net');
