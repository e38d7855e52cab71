/*
 * volume.h - does a folder stand on a disk that is encrypted? As far as Linux tells: dm-crypt
 * (LUKS) below the file system, or the folder's own encryption (fscrypt). A disk that encrypts
 * itself looks plain.
 */
#ifndef VOLUME_H
#define VOLUME_H

enum volume {
	VOLUME_UNKNOWN, /* a network, memory, or a file system without a disk that can be seen */
	VOLUME_ENCRYPTED,
	VOLUME_PLAIN
};

enum volume volume_of(const char *path);
/* A sentence to say, or NULL when there is nothing to warn of. */
const char *volume_warning(enum volume v);

/* For tests: the device, as the folder sys/ (in place of /sys) shows it. */
enum volume volume_of_device(const char *sys, unsigned major, unsigned minor);
#endif
