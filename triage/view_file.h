/* view_file.h - CASE/view.html, written whole or not at all. */
#ifndef VIEW_FILE_H
#define VIEW_FILE_H
#include "case.h"
#include <stddef.h>

/* Writes the page and its path to out. */
int view_file_write(struct case_db *c, char *out, size_t cap, struct err *err);
/* Take the page away, where a stop came that it does not know of. */
void view_file_remove(const struct case_db *c);
#endif
