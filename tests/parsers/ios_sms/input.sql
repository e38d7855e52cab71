CREATE TABLE message(text,date,handle_id,is_from_me);
