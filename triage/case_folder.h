/*
 * case_folder.h - is what stands in a case folder what a case is made of? Whoever could write there
 * could have put a link, a pipe or a device in its place.
 */
#ifndef CASE_FOLDER_H
#define CASE_FOLDER_H
#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

/* The path of case.db, links on the way to the folder resolved. E_FORMAT: case.db or a file beside
 * it is no plain file, or vault/ no folder. case.db need not be there. */
int case_folder_db(const char *dir, char *ret, size_t cap, struct err *err);
/* E_REFUSED: folder is itself a link: what is done to it as a whole would be done to the link. */
int case_folder_is_real(const char *folder, struct err *err);
/* A case of that name was put away: its sealed file goes to ret. */
bool case_folder_sealed(const char *folder, char *ret, size_t cap);
/* E_USER where a new case would take the name of a sealed one, which could then not be opened. */
int case_folder_free(const char *folder, struct err *err);
/* E_ABSENT: there is no case; it says so if one was sealed or erased. */
int case_folder_none(const char *folder, struct err *err);
#endif
