/* view_file.c - see view_file.h */
#include "view_file.h"
#include "report/report.h"
#include "small_file.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int make(struct case_db *c, char **page, size_t *n, struct err *err)
{
	FILE *f = open_memstream(page, n);
	int rc = f ? report_view(c, f, err) : E_NOMEM;
	bool failed = !f || ferror(f);
	if (f && fclose(f) != 0)
		failed = true;
	return failed && (!rc || rc == E_NOMEM) ? err_set(err, E_NOMEM, "Memory ran out.") : rc;
}

int view_file_write(struct case_db *c, char *out, size_t cap, struct err *err)
{
	char *page = NULL;
	size_t size = 0;
	struct err why = { 0 };
	int n = snprintf(out, cap, "%s/view.html", case_dir(c));
	if (n < 0 || (size_t)n >= cap)
		return err_set(err, E_LIMIT, "The name of the case folder is too long.");
	int rc = make(c, &page, &size, err);
	if (!rc && (rc = small_file_replace(AT_FDCWD, out, (span){ page, size }, 0600, &why)))
		err_set(err, rc,
			"The page was not written: %s Free some space and see that the case folder "
			"can be written, then run 'linecheck view' on it.",
			why.message);
	free(page);
	return rc;
}

void view_file_remove(const struct case_db *c)
{
	char path[4200];
	if (snprintf(path, sizeof path, "%s/view.html", case_dir(c)) < (int)sizeof path)
		unlink(path);
}
