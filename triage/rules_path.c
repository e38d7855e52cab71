/* rules_path.c - see rules_path.h */
#include "rules_path.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool in_folder(const char *folder, const char *name, char *out, size_t cap)
{
	int n = snprintf(out, cap, "%s/%s", folder, name);
	return n > 0 && (size_t)n < cap && access(out, R_OK) == 0;
}

/* up: how many names are cut off the program's own path before below is added. */
static bool beside_program(unsigned up, const char *below, const char *name, char *out, size_t cap)
{
	char self[4096], folder[4200];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	if (n <= 0)
		return false;
	self[n] = 0;
	while (up--) {
		char *slash = strrchr(self, '/');
		if (!slash)
			return false;
		*slash = 0;
	}
	snprintf(folder, sizeof folder, "%s/%s", self, below);
	return in_folder(folder, name, out, cap);
}

int rules_default_path(const char *name, char *out, size_t cap, struct err *err)
{
	const char *own = getenv("LINECHECK_RULES");
	if (own && *own) {
		if (in_folder(own, name, out, cap))
			return 0;
		return err_set(
			err, E_ABSENT,
			"'%s' is not in the folder that LINECHECK_RULES names (%s). Unset it to "
			"use the rules that ship with linecheck.",
			name, own);
	}
	if (beside_program(2, "share/linecheck/rules", name, out, cap) ||
	    in_folder(LINECHECK_RULES_INSTALLED, name, out, cap) ||
	    beside_program(2, "rules/packs", name, out, cap))
		return 0;
	return err_set(
		err, E_ABSENT,
		"The rules that ship with linecheck ('%s') are not where they belong (%s). "
		"Install linecheck again, or set LINECHECK_RULES to the folder that holds them.",
		name, LINECHECK_RULES_INSTALLED);
}
