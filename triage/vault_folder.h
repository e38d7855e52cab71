/*
 * vault_folder.h - CASE/vault/EXn: where the files of one exhibit are kept.
 */
#ifndef VAULT_FOLDER_H
#define VAULT_FOLDER_H
#include "base/err.h"
#include <stddef.h>
#include <stdint.h>

/* The folder of an exhibit's n-th reading: EX1 for the first, EX1.2 for the second. */
int vault_folder_path(const char *case_dir, int64_t exhibit, int64_t reading, char *out, size_t cap,
		      struct err *err);
/* Make the folder, empty: what a killed run left there is not evidence and is removed. Writes its
 * path to out. */
int vault_folder_new(const char *case_dir, int64_t exhibit, int64_t reading, char *out, size_t cap,
		     struct err *err);
/* Remove what stopped runs left of other readings of the exhibit than this one. */
void vault_folder_tidy(const char *case_dir, int64_t exhibit, int64_t reading);
/* Remove the folder with its files. Failing is not an error: it holds nothing that is needed. */
void vault_folder_remove(const char *case_dir, int64_t exhibit, int64_t reading);
#endif
