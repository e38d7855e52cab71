/* files.c - the files that the stand-in sends, in the parts and under the names that it is told to.
 */
#include "phone.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define BLOCK ((size_t)1 << 20)
#define DATA 0x0c

/* ---- which ---- */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *dir, const char *below, struct files *f)
{
	char path[2048];
	snprintf(path, sizeof path, "%s/%s", dir, below);
	DIR *d = opendir(path);
	struct dirent *e;
	while (d && (e = readdir(d))) {
		struct stat st;
		char name[1024];
		if (e->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s%s%s", below, *below ? "/" : "", e->d_name);
		snprintf(path, sizeof path, "%s/%s", dir, name);
		if (stat(path, &st) != 0)
			continue;
		if (S_ISDIR(st.st_mode)) {
			list(dir, name, f);
		} else if (strcmp(name, "Info.plist") != 0 && strcmp(name, "Status.plist") != 0) {
			f->name = realloc(f->name, (f->n + 1) * sizeof *f->name);
			f->name[f->n++] = strdup(name);
		}
	}
	if (d)
		closedir(d);
}

void files_of(const char *dir, struct files *f)
{
	*f = (struct files){ 0 };
	list(dir, "", f);
	if (f->n)
		qsort(f->name, f->n, sizeof *f->name, by_name);
}

void files_free(struct files *f)
{
	for (size_t i = 0; i < f->n; i++)
		free(f->name[i]);
	free(f->name);
}

bool file_is_payload(const char *name)
{
	const char *last = strrchr(name, '/');
	return strlen(last ? last + 1 : name) == 40;
}

/* ---- one ---- */

static bool send_name(struct conn *c, const char *name)
{
	char bytes[4200];
	uint32_t n = htonl((uint32_t)strlen(name));
	memcpy(bytes, &n, 4);
	snprintf(bytes + 4, sizeof bytes - 4, "%s", name);
	return conn_write(c, bytes, 4 + strlen(name));
}

static bool send_part(struct conn *c, unsigned char code, const void *bytes, size_t n)
{
	static _Thread_local char part[BLOCK + 5];
	uint32_t length = htonl((uint32_t)n + 1);
	memcpy(part, &length, 4);
	part[4] = (char)code;
	if (n)
		memcpy(part + 5, bytes, n);
	return conn_write(c, part, n + 5);
}

/* The phone's own name for it, and the host's. */
static bool send_names(struct conn *c, const char *name)
{
	static const char at[] = "/private/var/backup/";
	char device[4097], host[600];
	size_t n = like("long-names") ? sizeof device - 1 - strlen(name) : sizeof at - 1;
	memset(device, 'x', sizeof device);
	memcpy(device, at, sizeof at - 1);
	snprintf(device + n, sizeof device - n, "%s", name);
	snprintf(host, sizeof host, "%s%s/%s%s", like("slash") ? "/" : "", phone.udid,
		 phone.snapshot ? "Snapshot/" : "", name);
	for (char *p = host; like("lower") && *p && *p != '-'; p++)
		*p = *p >= 'A' && *p <= 'Z' ? (char)(*p | 32) : *p;
	return send_name(c, device) && send_name(c, host);
}

/* How its end is said: after data the phone's own error code without words is no error. */
static bool send_end(struct conn *c, bool some)
{
	const char *how = like("end");
	if (some && how && strcmp(how, "remote") == 0)
		return send_part(c, 0x0b, NULL, 0);
	if (how && strcmp(how, "new") == 0) /* a code that nobody knows */
		return send_part(c, 0x0e, NULL, 0);
	return send_part(c, 0x00, NULL, 0);
}

static bool send_file(struct conn *c, const char *name, const char *path, uint64_t made)
{
	static _Thread_local char block[BLOCK];
	size_t n, most = like("parts") ? strtoul(like("parts"), NULL, 10) : BLOCK, all = 0;
	const char *lost = like("lost");
	FILE *f = path ? fopen(path, "rb") : NULL;
	bool ok = send_names(c, name), broken = lost && strstr(name, lost);
	while (ok && f && (n = fread(block, 1, most, f)) > 0) {
		all += n;
		ok = send_part(c, DATA, block, broken ? n / 2 : n) &&
		     (!like("empty-parts") || send_part(c, DATA, NULL, 0));
		if (broken)
			break;
	}
	for (; ok && made; made -= n) {
		n = made < BLOCK ? (size_t)made : BLOCK;
		ok = send_part(c, DATA, block, n);
	}
	if (ok && ((path && !f) || broken)) {
		static const char words[] = "Input/output error (the file is protected)";
		unsigned char code = like("local-error") ? 0x06 : 0x0b;
		char why[900];
		memset(why, '.', sizeof why);
		memcpy(why, words, sizeof words - 1);
		ok = send_part(c, code, why, like("long-error") ? sizeof why : sizeof words - 1);
	} else if (ok) {
		ok = send_end(c, all > 0);
	}
	if (f)
		fclose(f);
	return ok;
}

static bool begin(struct conn *c)
{
	plist_t a = plist_new_array();
	plist_array_append_item(a, plist_new_string("DLMessageUploadFiles"));
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.5));
	if (!like("no-total"))
		plist_array_append_item(a, plist_new_uint(phone.big));
	return conn_send(c, a, true);
}

static bool finish(struct conn *c)
{
	char what[64];
	uint32_t none = 0;
	return conn_write(c, &none, 4) && hear_status(c, what, sizeof what);
}

bool files_send(struct conn *c, const char *dir, const struct files *f, bool payload)
{
	char path[2048];
	bool each = like("each") != NULL, ok = begin(c);
	for (size_t i = 0; ok && i < f->n; i++) {
		if (file_is_payload(f->name[i]) != payload)
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, f->name[i]);
		ok = send_file(c, f->name[i], path, 0) && (!each || (finish(c) && begin(c)));
	}
	snprintf(path, sizeof path, "%s/Status.plist", phone.state);
	if (ok && !payload)
		ok = send_file(c, "Status.plist", path, 0);
	if (ok && payload && phone.big)
		ok = send_file(c, "00/00112233445566778899aabbccddeeff00112233", NULL, phone.big);
	return ok && finish(c);
}
