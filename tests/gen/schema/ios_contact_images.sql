-- AddressBookImages.sqlitedb: pictures of contacts. Never to be read by anybody.
CREATE TABLE _SqliteDatabaseProperties (key TEXT, value TEXT, UNIQUE(key));
CREATE TABLE ABFullSizeImage (ROWID INTEGER PRIMARY KEY AUTOINCREMENT, record_id INTEGER,
  crop_x INTEGER, crop_y INTEGER, crop_width INTEGER, data BLOB, UNIQUE(record_id));
CREATE TABLE ABThumbnailImage (record_id INTEGER, format INTEGER,
  derived_from_format INTEGER, data BLOB, UNIQUE(record_id, format));
-- indexes
