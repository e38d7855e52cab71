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
bool hear_status(struct conn *c, char *what, size_t cap)
{
	uint64_t code = 0, free_bytes = 0;
	plist_t p = hear(c, what, cap);
	bool ok = p && strcmp(what, "DLMessageStatusResponse") == 0;
	if (ok) {
		plist_t third = plist_array_get_item(p, 3);
		plist_get_uint_val(plist_array_get_item(p, 1), &code);
		if (third && plist_get_node_type(third) == PLIST_UINT)
			plist_get_uint_val(third, &free_bytes);
		if (code || free_bytes)
			say("backup: the host says %lld, %llu", (long long)code,
			    (unsigned long long)free_bytes);
	} else {
		say("backup: no status but '%s'", what);
	}
	plist_free(p);
	return ok;
}

static bool status(struct conn *c)
{
	char what[64];
	return hear_status(c, what, sizeof what);
}

static bool response(struct conn *c, int code, const char *words)
{
	plist_t a = message("DLMessageProcessMessage"), d = plist_new_dict();
	plist_dict_set_item(d, "MessageName", plist_new_string("Response"));
	plist_dict_set_item(d, "ErrorCode", plist_new_uint((uint64_t)code));
	if (words)
		plist_dict_set_item(d, "ErrorDescription", plist_new_string(words));
	if (!code)
		plist_dict_set_item(
			d, "ProtocolVersion",
			plist_new_real(like("protocol") ? strtod(like("protocol"), NULL) : 2.1));
	plist_array_append_item(a, d);
	say("backup: response %d", code);
	return conn_send(c, a, true);
}

/* Programs look whether the backup says that it is finished. */
static void write_status(void)
{
	static const char text[] =
		"<?xml version=\"1.0\"?><plist version=\"1.0\"><dict><key>IsFullBackup</key><true/>"
		"<key>Version</key><string>3.3</string><key>BackupState</key><string>new</string>"
		"<key>SnapshotState</key><string>finished</string></dict></plist>";
	state_write("Status.plist", text, sizeof text - 1);
}

/* ---- what the host is asked for ---- */

/* The host sends what it has of an earlier backup. */
static bool download(struct conn *c, const char *what, bool *ret_there)
{
	char name[80];
	plist_t a = message("DLMessageDownloadFiles"), paths = plist_new_array();
	snprintf(name, sizeof name, "%s/%s", phone.udid, what);
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
			return status(c);
		bytes = malloc(n);
		bool ok = conn_read(c, bytes, n);
		free(bytes);
		*ret_there = false;
		while (ok && code == 0x0c) {
			ok = conn_read(c, &n, 4) && (n = ntohl(n)) > 0 && conn_read(c, &code, 1);
			bytes = ok ? malloc(n) : NULL;
			ok = ok && conn_read(c, bytes, n - 1);
			free(bytes);
			*ret_there |= code == 0x0c && n > 1;
		}
		if (!ok)
			return false;
	}
}

/* Where it will lie, and where it is built. */
static bool folders(struct conn *c, const char *above)
{
	char name[80];
	for (int i = 0; i < phone.folders; i++) {
		plist_t a = message("DLMessageCreateDirectory");
		snprintf(name, sizeof name, "%s/%s%02x", phone.udid, above, (unsigned)i);
		plist_array_append_item(a, plist_new_string(name));
		plist_array_append_item(a, plist_new_dict());
		plist_array_append_item(a, plist_new_real(0.0));
		if (!conn_send(c, a, true) || !status(c))
			return false;
	}
	return true;
}

static bool ask(struct conn *c, const char *what)
{
	return conn_send(c, message(what), true) && status(c);
}

/* With two paths below the backup's folder, or one. */
static bool ask_of(struct conn *c, const char *what, const char *one, const char *two)
{
	char path[600];
	plist_t a = message(what);
	snprintf(path, sizeof path, "%s/%s", phone.udid, one);
	plist_array_append_item(a, plist_new_string(path));
	if (two) {
		snprintf(path, sizeof path, "%s/%s", phone.udid, two);
		plist_array_append_item(a, plist_new_string(path));
	}
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	return conn_send(c, a, true) && status(c);
}

static bool remove_all(struct conn *c, const struct files *f)
{
	char path[600];
	plist_t a = message(like("old-words") ? "DLMessageRemoveFiles" : "DLMessageRemoveItems");
	plist_t gone = plist_new_array();
	for (size_t i = 0; f && i < f->n; i++) {
		snprintf(path, sizeof path, "%s/%s", phone.udid, f->name[i]);
		plist_array_append_item(gone, plist_new_string(path));
	}
	snprintf(path, sizeof path, "%s/Snapshot", phone.udid);
	if (!f)
		plist_array_append_item(gone, plist_new_string(path));
	plist_array_append_item(a, gone);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	return conn_send(c, a, true) && status(c);
}

/* The new backup takes the place of the old one, which some phones remove first. */
static bool move(struct conn *c, const struct files *f)
{
	plist_t a = message(like("old-words") ? "DLMessageMoveFiles" : "DLMessageMoveItems");
	plist_t d = plist_new_dict();
	char from[600], to[600];
	if (like("replace") && !remove_all(c, f))
		return false;
	for (size_t i = 0; i <= f->n; i++) {
		const char *name = i < f->n ? f->name[i] : "Status.plist";
		snprintf(from, sizeof from, "%s/Snapshot/%s", phone.udid, name);
		snprintf(to, sizeof to, "%s/%s", phone.udid, name);
		plist_dict_set_item(d, from, plist_new_string(to));
	}
	plist_array_append_item(a, d);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	return conn_send(c, a, true) && status(c) && remove_all(c, NULL);
}

/* One of its files by way of another name: copied, the first removed, and moved back. */
static bool detour(struct conn *c, const struct files *f)
{
	plist_t a = message("DLMessageMoveItems"), d = plist_new_dict();
	char from[600], to[600];
	const char *name = NULL;
	for (size_t i = 0; !name && i < f->n; i++)
		name = strstr(f->name[i], like("copies")) ? f->name[i] : NULL;
	if (!name || !ask_of(c, "DLMessageCopyItem", name, "Other/copy"))
		return false;
	const struct files one = { (char **)&name, 1 };
	if (!remove_all(c, &one))
		return false;
	snprintf(from, sizeof from, "%s/Other", phone.udid);
	snprintf(to, sizeof to, "%s/Again", phone.udid);
	plist_dict_set_item(d, from, plist_new_string(to));
	plist_array_append_item(a, d);
	plist_array_append_item(a, plist_new_dict());
	plist_array_append_item(a, plist_new_real(0.0));
	return conn_send(c, a, true) && status(c) &&
	       ask_of(c, "DLMessageCopyItem", "Again/copy", name);
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
	char dir[2048];
	struct files f;
	bool ok, there = false, lists_first = like("lists-first") != NULL;
	if (!passcode(c, &ok))
		return ok;
	if (phone.error)
		return response(c, phone.error, "as asked of the stand-in");
	if (!folder(dir, sizeof dir))
		return response(c, 104, "could not be made");
	files_of(dir, &f);
	write_status();
	ok = ask(c, "DLMessageGetFreeDiskSpace") && download(c, "Status.plist", &there);
	if (ok && like("wants-info")) {
		ok = download(c, "Info.plist", &there);
		if (ok && !there)
			return response(c, 103, "no Info.plist");
	}
	if (ok && phone.purge)
		ok = ask(c, "DLMessagePurgeDiskSpace");
	if (ok && like("looks"))
		ok = ask_of(c, "DLContentsOfDirectory", "", NULL);
	if (ok && like("unknown"))
		ok = ask(c, "DLMessageSomethingNew");
	ok = ok && folders(c, "") && (!phone.snapshot || folders(c, "Snapshot/")) &&
	     files_send(c, dir, &f, !lists_first) && files_send(c, dir, &f, lists_first);
	if (ok && like("pause"))
		sleep((unsigned)strtoul(like("pause"), NULL, 10));
	if (ok && phone.snapshot)
		ok = move(c, &f);
	if (ok && like("copies"))
		ok = detour(c, &f);
	files_free(&f);
	say("backup: %s", ok ? "sent" : "broken off");
	if (ok && like("disconnects")) {
		plist_t a = message("DLMessageDisconnect");
		plist_array_append_item(a, plist_new_string("as asked of the stand-in"));
		return conn_send(c, a, true);
	}
	return ok && response(c, 0, NULL);
}

static void set_password(const char *new)
{
	if (*new)
		state_write("password", new, strlen(new));
	else
		state_remove("password");
}

/* lockdownd of a phone can know it later than its backup service answers. */
static void *change_later(void *user)
{
	char *new = user;
	usleep((useconds_t)strtoul(like("late"), NULL, 10) * 1000);
	set_password(new);
	free(new);
	return NULL;
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
	if (like("late")) {
		pthread_t later;
		if (pthread_create(&later, NULL, change_later, strdup(new)) == 0)
			pthread_detach(later);
	} else {
		set_password(new);
	}
	say("backup: password %s", *new ? "set" : "removed");
	return response(c, 0, NULL);
}

void backup(struct conn *c)
{
	char what[64], name[64];
	plist_t a = message("DLMessageVersionExchange");
	plist_array_append_item(
		a, plist_new_uint(like("link") ? strtoull(like("link"), NULL, 10) : 300));
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
			ok = response(c, like("no-version") ? 1 : 0, NULL);
		else if (strcmp(name, "Backup") == 0)
			ok = run(c);
		else if (strcmp(name, "ChangePassword") == 0)
			ok = change(c, q);
		else
			ok = response(c, 1, "not known here");
		plist_free(p);
	}
}
