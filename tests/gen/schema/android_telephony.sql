-- telephony.db: the SIM cards this phone has seen, with the phone's own number.
CREATE TABLE android_metadata (locale TEXT);
CREATE TABLE siminfo (_id INTEGER PRIMARY KEY AUTOINCREMENT, icc_id TEXT NOT NULL,
  sim_id INTEGER DEFAULT -1, display_name TEXT, carrier_name TEXT, name_source INTEGER DEFAULT 0,
  color INTEGER DEFAULT 0, number TEXT, display_number_format INTEGER NOT NULL DEFAULT 1,
  data_roaming INTEGER DEFAULT 0, mcc INTEGER DEFAULT 0, mnc INTEGER DEFAULT 0, mcc_string TEXT,
  mnc_string TEXT, sim_provisioning_status INTEGER DEFAULT 0, is_embedded INTEGER DEFAULT 0,
  card_id TEXT NOT NULL DEFAULT '', carrier_id INTEGER DEFAULT -1, imsi TEXT,
  iso_country_code TEXT, phone_number_source_carrier TEXT, phone_number_source_ims TEXT,
  UNIQUE (icc_id));
CREATE TABLE carriers (_id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT DEFAULT '',
  numeric TEXT DEFAULT '', mcc TEXT DEFAULT '', mnc TEXT DEFAULT '', apn TEXT DEFAULT '');
INSERT INTO android_metadata VALUES ('en_GB');
PRAGMA user_version = 2621440;
-- indexes
