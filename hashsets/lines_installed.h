/*
 * lines_installed.h - the list of lines that this machine scans with: one folder.
 *
 * /var/lib/linecheck/lines if it is there; else the folder that LINECHECK_LINES names, or
 * ~/.local/share/linecheck/lines. It holds `lines` (linepack.h, signed by the unit: whoever can
 * write the folder can take it away or put an older one there, but not change it) and `log.db`: who
 * installed what, a chain (chain.h), and the highest number seen.
 */
#ifndef LINES_INSTALLED_H
#define LINES_INSTALLED_H
#include "linepack.h"
#include "lines.h"

#define LINES_WARN_DAYS 7
#define LINES_OLD_DAYS 30

/* The folder; false: there is no home. */
bool lines_installed_dir(char *ret, size_t cap);
/* For a scan: everything is checked, also that it has not expired. E_ABSENT: none is installed. */
int lines_installed_load(struct lines **ret, const char *dir, const struct trust *t,
			 const unsigned char *key, int64_t now, struct err *err);
/* What is installed says of itself; t NULL: without its signature. E_ABSENT. */
int lines_installed_about(const char *dir, const struct trust *t, struct linepack_about *ret,
			  struct err *err);

struct lines_install {
	const struct trust *trust;
	const struct key *by, *reader; /* reader: of a sealed pack, may be by */
	bool rollback;                 /* a supervisor agreed to an older one or another unit's */
	const char *second;            /* id of that supervisor's key, or NULL */
	const char *why;
	int64_t now;
};
/* Check the pack and make it what counts here. *ret_same: it was installed already. */
int lines_installed_put(const char *dir, span pack, const struct lines_install *o,
			struct linepack_about *ret, bool *ret_same, struct err *err);
#endif
