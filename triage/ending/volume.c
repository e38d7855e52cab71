/* volume.c - see volume.h. Documentation/ABI/testing/sysfs-block-dm of Linux: dm/uuid begins with
 * "CRYPT-" for dm-crypt; slaves/ names the devices below. */
#include "volume.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define DEEPEST 8

static bool first_line(const char *path, char *ret, size_t cap)
{
	FILE *f = fopen(path, "re");
	if (!f)
		return false;
	bool got = fgets(ret, (int)cap, f) != NULL;
	fclose(f);
	if (got)
		ret[strcspn(ret, "\n")] = 0;
	return got;
}

/* Encrypted if the device is, or if all that is below it are. */
static enum volume look(const char *device, int depth)
{
	char path[4200], uuid[256];
	size_t below = 0, encrypted = 0;
	if (snprintf(path, sizeof path, "%s/dm/uuid", device) < (int)sizeof path &&
	    first_line(path, uuid, sizeof uuid) && strncmp(uuid, "CRYPT-", 6) == 0)
		return VOLUME_ENCRYPTED;
	if (depth == DEEPEST ||
	    snprintf(path, sizeof path, "%s/slaves", device) >= (int)sizeof path)
		return VOLUME_UNKNOWN;
	DIR *d = opendir(path);
	if (!d)
		return VOLUME_PLAIN; /* a partition has no such folder */
	for (struct dirent *e; (e = readdir(d));) {
		char slave[4500];
		if (e->d_name[0] == '.' || strlen(e->d_name) > 200)
			continue;
		snprintf(slave, sizeof slave, "%s/%s", path, e->d_name);
		below++;
		encrypted += look(slave, depth + 1) == VOLUME_ENCRYPTED;
	}
	closedir(d);
	return below && encrypted == below ? VOLUME_ENCRYPTED : VOLUME_PLAIN;
}

enum volume volume_of_device(const char *sys, unsigned major, unsigned minor)
{
	char path[4096], disk[4200];
	struct stat st;
	if (snprintf(path, sizeof path, "%s/dev/block/%u:%u", sys, major, minor) >=
		    (int)sizeof path ||
	    stat(path, &st) != 0)
		return VOLUME_UNKNOWN;
	enum volume v = look(path, 0);
	if (v != VOLUME_PLAIN)
		return v;
	/* A partition of a device: what the device is counts. */
	snprintf(disk, sizeof disk, "%s/partition", path);
	if (stat(disk, &st) != 0 || !realpath(path, disk))
		return v;
	char *slash = strrchr(disk, '/');
	if (!slash)
		return v;
	*slash = 0;
	return look(disk, 0);
}

/* File systems such as btrfs have a number of their own; the mount table names the device. */
static enum volume of_mount(unsigned major, unsigned minor)
{
	char want[32], *line = NULL;
	size_t cap = 0;
	enum volume v = VOLUME_UNKNOWN;
	FILE *f = fopen("/proc/self/mountinfo", "re");
	if (!f)
		return v;
	int n = snprintf(want, sizeof want, " %u:%u ", major, minor);
	while (v == VOLUME_UNKNOWN && getline(&line, &cap, f) > 0) {
		char *number = strstr(line, want),
		     *rest = number ? strstr(number + n, " - ") : NULL;
		char source[4096];
		struct stat st;
		if (rest && sscanf(rest, " - %*s %4095s", source) == 1 &&
		    strncmp(source, "/dev/", 5) == 0 && stat(source, &st) == 0 &&
		    S_ISBLK(st.st_mode))
			v = volume_of_device("/sys", major(st.st_rdev), minor(st.st_rdev));
	}
	free(line);
	fclose(f);
	return v;
}

enum volume volume_of(const char *path)
{
	struct statx x;
	if (statx(AT_FDCWD, path, 0, STATX_BASIC_STATS, &x) != 0)
		return VOLUME_UNKNOWN;
	if (x.stx_attributes & STATX_ATTR_ENCRYPTED)
		return VOLUME_ENCRYPTED;
	enum volume v = volume_of_device("/sys", x.stx_dev_major, x.stx_dev_minor);
	return v == VOLUME_UNKNOWN ? of_mount(x.stx_dev_major, x.stx_dev_minor) : v;
}

const char *volume_warning(enum volume v)
{
	switch (v) {
	case VOLUME_PLAIN:
		return "The disk that the case stands on does not look encrypted: what is removed "
		       "from it can be read from the disk until it is overwritten. Keep cases on "
		       "an "
		       "encrypted disk.";
	case VOLUME_UNKNOWN:
		return "Whether the disk that the case stands on is encrypted cannot be seen from "
		       "here: it is not known what of the removed files can still be read from it.";
	default:
		return NULL;
	}
}
