-- No column says what was decided: newer than tested, by name.
CREATE TABLE access (service TEXT NOT NULL, client TEXT NOT NULL, client_type INTEGER NOT NULL, decision INTEGER NOT NULL);
INSERT INTO access VALUES ('kTCCServiceMicrophone','com.toyopagroup.picaboo',0,1);
