-- Until iOS 13: no time.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, allowed INTEGER NOT NULL, prompt_count INTEGER NOT NULL);
INSERT INTO access VALUES ('kTCCServiceMicrophone','com.toyopagroup.picaboo',0,1,1),('kTCCServiceCamera','com.toyopagroup.picaboo',0,0,1);
