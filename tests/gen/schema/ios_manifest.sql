-- Manifest.db of an iTunes/Finder backup, iOS 10 and later.
CREATE TABLE Files (fileID TEXT PRIMARY KEY, domain TEXT, relativePath TEXT, flags INTEGER,
  file BLOB);
CREATE TABLE Properties (key TEXT PRIMARY KEY, value BLOB);
-- indexes
CREATE INDEX FilesDomainIdx ON Files(domain);
CREATE INDEX FilesRelativePathIdx ON Files(relativePath);
CREATE INDEX FilesFlagsIdx ON Files(flags);
