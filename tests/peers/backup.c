/* backup.c - mobilebackup2 of the stand-in: it sends the files of a folder that somebody made, or
 * one that is made when its password is known. */
#include "phone.h"
#include <arpa/inet.h>
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define BLOCK ((size_t)1 << 20)

static plist_t message(const char *name)
{
	plist_t a = plist_new_array();
	plist_array_append_item(a, plist_new_string(name));
	return a;
}

/* What a list's first item says; the list is the caller's. */
static plist_t hear(struct conn *c, char *what, size_t cap)
{
	plist_t p = conn_receive(c);
	char *s = NULL;
	*what = 0;
	if (p && plist_get_node_type(p) == PLIST_ARRAY && plist_array_get_size(p) > 0 &&
	    plist_get_node_type(plist_array_get_item(p, 0)) == PLIST_STRING)
		plist_get_string_val(plist_array_get_item(p, 0), &s);
	if (s)
		snprintf(what, cap, "%s", s);
	free(s);
	return p;
}

/* The host's answer to a request. */
static bool status(struct conn *c, uint64_t *ret_code)
{
	char what[64];
	plist_t p = hear(c, what, sizeof what);
	bool ok = p && strcmp(what, "DLMessageStatusResponse") == 0;
	if (ok && ret_code)
		plist_get_uint_val(plist_array_get_item(p, 1), ret_code);
	plist_free(p);
	if (!ok)
		say("backup: no status but '%s'", what);
	return ok;
}

static bool response(struct conn *c, int code, const char *words)
{
	plist_t a = message("DLMessageProcessMessage"), d = plist_new_dict();
	plist_dict_set_item(d, "MessageName", plist_new_string("Response"));
	plist_dict_set_item(d, "ErrorCode", plist_new_uint((uint64_t)code));
	if (words)
		plist_dict_set_item(d, "ErrorDescription", plist_new_string(words));
	if (!code)
		plist_dict_set_item(d, "ProtocolVersion", plist_new_real(2.1));
	plist_array_append_item(a, d);
	say("backup: response %d", code);
	return conn_send(c, a, true);
}

/* ---- files ---- */

static bool send_name(struct conn *c, const char *name)
{
	char bytes[1024];
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

static bool send_file(struct conn *c, const char *name, const char *path, uint64_t made)
{
	static _Thread_local char block[BLOCK];
	char device[600], host[600];
	size_t n;
	FILE *f = path ? fopen(path, "rb") : NULL;
	snprintf(device, sizeof device, "/private/var/backup/%s", name);
	snprintf(host, sizeof host, "%s/%s%s", phone.udid, phone.snapshot ? "Snapshot/" : "", name);
	bool ok = send_name(c, device) && send_name(c, host);
	while (ok && f && (n = fread(block, 1, BLOCK, f)) > 0)
		ok = send_part(c, 0x0c, block, n);
	for (; ok && made; made -= n) {
		n = made < BLOCK ? (size_t)made : BLOCK;
		ok = send_part(c, 0x0c, block, n);
	}
	if (ok && path && !f)
		ok = send_part(c, 0x0b, "it is gone", 10);
	else if (ok)
		ok = send_part(c, 0x00, NULL, 0);
	if (f)
		fclose(f);
	return ok;
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void list(const char *dir, const char *below, char ***names, size_t *n)
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
			list(dir, name, names, n);
		} else if (strcmp(name, "Info.plist") != 0) {
			*names = realloc(*names, (*n + 1) * sizeof **names);
			(*names)[(*n)++] = strdup(name);
		}
	}
	if (d)
		closedir(d);
}

static const char *status_path(char *to, size_t cap)
{
	snprintf(to, cap, "%s/Status.plist", phone.state);
	return to;
}

/* Programs look whether the backup says that it is finished. */
static bool send_status_file(void)
{
	static const char text[] =
		"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>IsFullBackup</key><true/>"
		"<key>Version</key><string>3.3</string><key>BackupState</key><string>new</string>"
		"<key>SnapshotState</key><string>finished</string></dict></plist>";
	state_write("Status.plist", text, sizeof text - 1);
	return true;
}

static bool upload(struct conn *c, const char *dir, char **names, size_t n, bool below)
{
	uint32_t none = 0;
	char path[2048];
	plist_t a = message("DLMessageUploadFiles");
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	plist_array_append_item(a, plist_new_uint(phone.big));
	bool ok = conn_send(c, a, true);
	for (size_t i = 0; ok && i < n; i++) {
		if ((strchr(names[i], '/') != NULL) != below)
			continue;
		snprintf(path, sizeof path, "%s/%s", dir, names[i]);
		ok = send_file(c, names[i], path, 0);
	}
	if (ok && !below && send_status_file())
		ok = send_file(c, "Status.plist", status_path(path, sizeof path), 0);
	if (ok && below && phone.big)
		ok = send_file(c, "00/00112233445566778899aabbccddeeff00112233", NULL, phone.big);
	return ok && conn_write(c, &none, 4) && status(c, NULL);
}

/* The host sends what it has of an earlier backup. */
static bool download(struct conn *c)
{
	char name[80];
	plist_t a = message("DLMessageDownloadFiles"), paths = plist_new_array();
	snprintf(name, sizeof name, "%s/Status.plist", phone.udid);
	plist_array_append_item(paths, plist_new_string(name));
	plist_array_append_item(a, paths);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	if (!conn_send(c, a, true))
		return false;
	for (;;) {
		uint32_t n;
		unsigned char code = 0x0c;
		char *bytes;
		if (!conn_read(c, &n, 4))
			return false;
		if (!(n = ntohl(n)))
			return status(c, NULL);
		bytes = malloc(n);
		bool ok = conn_read(c, bytes, n);
		free(bytes);
		while (ok && code == 0x0c) {
			ok = conn_read(c, &n, 4) && (n = ntohl(n)) > 0 && conn_read(c, &code, 1);
			bytes = ok ? malloc(n) : NULL;
			ok = ok && conn_read(c, bytes, n - 1);
			free(bytes);
		}
		if (!ok)
			return false;
	}
}

static bool folders(struct conn *c)
{
	char name[80];
	for (int i = 0; i < 256; i++) {
		plist_t a = message("DLMessageCreateDirectory");
		snprintf(name, sizeof name, "%s/%s%02x", phone.udid,
			 phone.snapshot ? "Snapshot/" : "", (unsigned)i);
		plist_array_append_item(a, plist_new_string(name));
		plist_array_append_item(a, plist_new_dict());
		plist_array_append_item(a, plist_new_real(0.0));
		if (!conn_send(c, a, true) || !status(c, NULL))
			return false;
	}
	return true;
}

static bool ask(struct conn *c, const char *what)
{
	return conn_send(c, message(what), true) && status(c, NULL);
}

/* The new backup takes the place of the old one. */
static bool move(struct conn *c, char **names, size_t n)
{
	plist_t a = message("DLMessageMoveItems"), d = plist_new_dict();
	char from[600], to[600];
	for (size_t i = 0; i <= n; i++) {
		const char *name = i < n ? names[i] : "Status.plist";
		snprintf(from, sizeof from, "%s/Snapshot/%s", phone.udid, name);
		snprintf(to, sizeof to, "%s/%s", phone.udid, name);
		plist_dict_set_item(d, from, plist_new_string(to));
	}
	plist_array_append_item(a, d);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	if (!conn_send(c, a, true) || !status(c, NULL))
		return false;
	a = message("DLMessageRemoveItems");
	plist_t gone = plist_new_array();
	snprintf(from, sizeof from, "%s/Snapshot", phone.udid);
	plist_array_append_item(gone, plist_new_string(from));
	plist_array_append_item(a, gone);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	return conn_send(c, a, true) && status(c, NULL);
}

/* False: it was not entered, and the answer is sent. */
static bool passcode(struct conn *c, bool *ret_ok)
{
	*ret_ok = true;
	if (!phone.passcode)
		return true;
	notify("com.apple.LocalAuthentication.ui.presented");
	bool never = strcmp(phone.passcode, "never") == 0;
	usleep((useconds_t)(never ? phone.passcode_limit : strtol(phone.passcode, NULL, 10)) *
	       1000);
	notify("com.apple.LocalAuthentication.ui.dismissed");
	if (!never)
		return true;
	*ret_ok = response(c, 208, "Device locked (MBErrorDomain/208)");
	return false;
}

/* The folder to send: as given, or made for the password that stands. */
static bool folder(char *dir, size_t cap)
{
	char *password = state_read("password", NULL);
	snprintf(dir, cap, "%s", phone.backup);
	if (!password || !phone.make) {
		free(password);
		return true;
	}
	snprintf(dir, cap, "%s/made", phone.state);
	setenv("OUT", dir, 1);
	setenv("PW", password, 1);
	free(password);
	int code = system(phone.make);
	unsetenv("PW");
	snprintf(dir, cap, "%s/made/backup", phone.state);
	return code == 0;
}

static bool run(struct conn *c)
{
	char dir[2048], **names = NULL;
	size_t n = 0;
	bool ok;
	if (!passcode(c, &ok))
		return ok;
	if (phone.error)
		return response(c, phone.error, "as asked of the stand-in");
	if (!folder(dir, sizeof dir))
		return response(c, 104, "could not be made");
	list(dir, "", &names, &n);
	if (n)
		qsort(names, n, sizeof *names, by_name);
	ok = ask(c, "DLMessageGetFreeDiskSpace") && download(c);
	if (ok && phone.purge)
		ok = ask(c, "DLMessagePurgeDiskSpace");
	ok = ok && folders(c) && upload(c, dir, names, n, true) && upload(c, dir, names, n, false);
	if (ok && phone.snapshot)
		ok = move(c, names, n);
	for (size_t i = 0; i < n; i++)
		free(names[i]);
	free(names);
	say("backup: %s", ok ? "sent" : "broken off");
	return ok && response(c, 0, NULL);
}

static bool change(struct conn *c, plist_t q)
{
	char old[256], new[256];
	bool ok, wrong;
	if (!passcode(c, &ok))
		return ok;
	char *now = state_read("password", NULL);
	text_of(q, "OldPassword", old, sizeof old);
	text_of(q, "NewPassword", new, sizeof new);
	wrong = now && strcmp(now, old) != 0;
	free(now);
	if (wrong)
		return response(c, 207, "Invalid password (MBErrorDomain/207)");
	if (*new)
		state_write("password", new, strlen(new));
	else
		state_remove("password");
	say("backup: password %s", *new ? "set" : "removed");
	return response(c, 0, NULL);
}

void backup(struct conn *c)
{
	char what[64], name[64];
	plist_t a = message("DLMessageVersionExchange");
	plist_array_append_item(a, plist_new_uint(300));
	plist_array_append_item(a, plist_new_uint(0));
	bool ok = conn_send(c, a, true);
	plist_t p = ok ? hear(c, what, sizeof what) : NULL;
	ok = p && conn_send(c, message("DLMessageDeviceReady"), true);
	plist_free(p);
	while (ok) {
		if (!(p = hear(c, what, sizeof what)))
			return;
		plist_t q = plist_array_get_size(p) > 1 ? plist_array_get_item(p, 1) : NULL;
		bool dict = q && plist_get_node_type(q) == PLIST_DICT;
		text_of(dict ? q : NULL, "MessageName", name, sizeof name);
		say("backup: %s %s", what, name);
		if (strcmp(what, "DLMessageDisconnect") == 0)
			ok = false;
		else if (strcmp(name, "Hello") == 0)
			ok = response(c, 0, NULL);
		else if (strcmp(name, "Backup") == 0)
			ok = run(c);
		else if (strcmp(name, "ChangePassword") == 0)
			ok = change(c, q);
		else
			ok = response(c, 1, "not known here");
		plist_free(p);
	}
}
