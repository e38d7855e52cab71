/* view_file.c - see view_file.h */
#include "view_file.h"
#include "report/report.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define NEXT                                                                                       \
	" Free some space and see that the case folder can be written, then run 'linecheck view' " \
	"on "                                                                                      \
	"it."

int view_file_write(struct case_db *c, char *out, size_t cap, struct err *err)
{
	char part[4200];
	int n = snprintf(out, cap, "%s/view.html", case_dir(c));
	if (n < 0 || (size_t)n >= cap ||
	    snprintf(part, sizeof part, "%s.part", out) >= (int)sizeof part)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	FILE *f = fopen(part, "we");
	if (!f)
		return err_set(err, E_IO, "The page '%s' cannot be written: %s." NEXT, part,
			       strerror(errno));
	int rc = report_view(c, f, err);
	if (!rc && (fflush(f) != 0 || fsync(fileno(f)) != 0))
		rc = err_set(err, E_IO, "The page '%s' could not be written to its end: %s." NEXT,
			     part, strerror(errno));
	if (fclose(f) != 0 && !rc)
		rc = err_set(err, E_IO, "The page '%s' could not be written to its end: %s." NEXT,
			     part, strerror(errno));
	if (!rc && rename(part, out) != 0)
		rc = err_set(err, E_IO, "The page '%s' cannot be put in place: %s." NEXT, out,
			     strerror(errno));
	if (rc)
		unlink(part);
	return rc;
}

void view_file_remove(const struct case_db *c)
{
	char path[4200];
	if (snprintf(path, sizeof path, "%s/view.html", case_dir(c)) < (int)sizeof path)
		unlink(path);
}
