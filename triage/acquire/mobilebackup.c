/* mobilebackup.c - see mobilebackup.h */
#include "acquire/mobilebackup.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define NAME_MAX_BYTES 4096
#define WHY_MAX 400
#define WORDS_MAX ((uint32_t)64 << 10) /* that are listened to */
#define EMPTY "___EmptyParameterString___"
/* parts of a file */
#define PART_END 0x00
#define PART_HERE 0x06 /* an error of the host */
#define PART_THERE 0x0b
#define PART_DATA 0x0c
#define PROMPT_MS 8000 /* without a word the phone is taken to ask for its passcode */

struct mobilebackup {
	struct wire *wire, *notices;
	char udid[64];
	const struct mobilebackup_sink *sink;
	struct mobilebackup_told told;
	bool asked;  /* the passcode's question stands */
	bool notice; /* the phone itself said so */
	bool busy;   /* a backup runs: it must be ended when we go */
	void (*passcode)(void *user, bool asked);
	void *user;
};

/* ---- device link ---- */

static plist_t message(const char *name)
{
	plist_t a = plist_new_array();
	plist_array_append_item(a, plist_new_string(name));
	return a;
}

static int process(struct mobilebackup *m, plist_t dict, struct err *err)
{
	plist_t a = message("DLMessageProcessMessage");
	plist_array_append_item(a, dict);
	return wire_send_list(m->wire, a, true, err);
}

/* value is taken over; NULL: nothing. */
static int status(struct mobilebackup *m, int64_t code, const char *text, plist_t value,
		  struct err *err)
{
	plist_t a = message("DLMessageStatusResponse");
	plist_array_append_item(a, plist_new_uint((uint64_t)code));
	plist_array_append_item(a, plist_new_string(text ? text : EMPTY));
	plist_array_append_item(a, value ? value : plist_new_dict());
	return wire_send_list(m->wire, a, true, err);
}

static int out_of_order(struct err *err)
{
	return err_set(err, E_FORMAT,
		       "The phone sent something that does not belong here. Pull the cable, "
		       "connect it again and start again.");
}

static int expect(struct mobilebackup *m, const char *name, struct pl **ret, struct err *err)
{
	struct pl *p;
	int rc = wire_receive_list(m->wire, &p, err);
	if (rc)
		return rc;
	if (!pl_is(pl_item(pl_root(p), 0), name)) {
		pl_free(p);
		return out_of_order(err);
	}
	*ret = p;
	return 0;
}

static int greet(struct mobilebackup *m, struct err *err)
{
	struct pl *p = NULL;
	int64_t major = 0, code = -1;
	int rc = expect(m, "DLMessageVersionExchange", &p, err);
	if (rc)
		return rc;
	if (!pl_int(pl_item(pl_root(p), 1), &major) || major < 1 || major > 10000)
		rc = out_of_order(err);
	pl_free(p);
	plist_t a = message("DLMessageVersionExchange");
	plist_array_append_item(a, plist_new_string("DLVersionsOk"));
	plist_array_append_item(a, plist_new_uint((uint64_t)major));
	if (rc)
		plist_free(a);
	else
		rc = wire_send_list(m->wire, a, true, err);
	if (rc == 0)
		rc = expect(m, "DLMessageDeviceReady", &p, err);
	if (rc)
		return rc;
	pl_free(p);
	plist_t hello = plist_new_dict(), versions = plist_new_array();
	plist_array_append_item(versions, plist_new_real(2.0));
	plist_array_append_item(versions, plist_new_real(2.1));
	plist_dict_set_item(hello, "MessageName", plist_new_string("Hello"));
	plist_dict_set_item(hello, "SupportedProtocolVersions", versions);
	rc = process(m, hello, err);
	if (rc == 0)
		rc = expect(m, "DLMessageProcessMessage", &p, err);
	if (rc)
		return rc;
	const struct pl_node *said = pl_item(pl_root(p), 1);
	if (!pl_is(pl_get(said, "MessageName"), "Response") ||
	    !pl_int(pl_get(said, "ErrorCode"), &code))
		rc = out_of_order(err);
	else if (code) /* it has no version of the protocol that we have */
		rc = err_set(err, E_FORMAT,
			     "The phone's backup service is newer than this version can speak to "
			     "(error %lld). Make a backup with iTunes or Finder and scan that.",
			     (long long)code);
	pl_free(p);
	return rc;
}

/* ---- the passcode's question ---- */

/* Since iOS 16.1 the phone asks for its passcode, and says so on notification_proxy. Without that
 * service its silence is taken for the question. */
static void open_notices(struct mobilebackup *m, struct ios *s)
{
	static const char *const names[] = { "com.apple.LocalAuthentication.ui.presented",
					     "com.apple.LocalAuthentication.ui.dismissed" };
	if (lockdown_service(s->door, "com.apple.mobile.notification_proxy", &s->pairing, false,
			     &m->notices, NULL) != 0)
		return;
	for (size_t i = 0; i < 2; i++) {
		plist_t d = plist_new_dict();
		plist_dict_set_item(d, "Command", plist_new_string("ObserveNotification"));
		plist_dict_set_item(d, "Name", plist_new_string(names[i]));
		if (wire_send_list(m->notices, d, false, NULL) != 0) {
			wire_free(m->notices);
			m->notices = NULL;
			return;
		}
	}
}

static void question(struct mobilebackup *m, bool there)
{
	if (m->asked == there)
		return;
	m->asked = there;
	if (m->passcode)
		m->passcode(m->user, there);
}

static void read_notices(struct mobilebackup *m)
{
	struct pl *p;
	while (m->notices && wire_ready(m->notices, 0, NULL) == 1) {
		if (wire_receive_list(m->notices, &p, NULL) != 0) {
			wire_free(m->notices);
			m->notices = NULL;
			return;
		}
		span name = pl_text(pl_get(pl_root(p), "Name"));
		if (span_eq(name, SPAN("com.apple.LocalAuthentication.ui.presented"))) {
			m->notice = true;
			question(m, true);
		} else if (span_eq(name, SPAN("com.apple.LocalAuthentication.ui.dismissed"))) {
			question(m, false);
		}
		pl_free(p);
	}
}

/* The next message. While the phone waits for its owner it may be silent for its three minutes. */
static int next(struct mobilebackup *m, struct pl **ret, struct err *err)
{
	struct timespec start, t;
	clock_gettime(CLOCK_MONOTONIC, &start);
	for (;;) {
		read_notices(m);
		int ready = wire_ready(m->wire, 250, err);
		if (ready < 0)
			return ready;
		if (ready)
			break;
		clock_gettime(CLOCK_MONOTONIC, &t);
		int64_t ms = ((int64_t)t.tv_sec - start.tv_sec) * 1000 +
			     (t.tv_nsec - start.tv_nsec) / 1000000;
		if (ms > PROMPT_MS && !m->told.files)
			question(m, true);
		int64_t most = m->asked ? (MOBILEBACKUP_MINUTES * 60 + 30) * 1000 : 0;
		if (ms > wire_patience_ms(m->wire) && ms > most)
			break; /* the next wait ends it with words */
	}
	int rc = wire_receive_list(m->wire, ret, err);
	if (rc == 0 && m->asked && !m->notice)
		question(m, false);
	return rc;
}

/* ---- files ---- */

static int number(struct mobilebackup *m, uint32_t *ret, struct err *err)
{
	unsigned char b[4];
	int rc = wire_receive(m->wire, b, sizeof b, err);
	*ret = rc ? 0 : (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
	return rc;
}

static int name(struct mobilebackup *m, char *to, uint32_t n, struct err *err)
{
	if (n > NAME_MAX_BYTES)
		return err_set(err, E_LIMIT,
			       "The phone sent a file name of %lu bytes. Start again.",
			       (unsigned long)n);
	return wire_receive(m->wire, to, n, err);
}

/* The folder of the backup: the phone's id, with or without its dash, in either case. */
static bool is_phone(const struct mobilebackup *m, span folder)
{
	const char *id = m->udid;
	for (size_t i = 0; i < folder.n; i++) {
		char c = folder.p[i];
		if (c == '-')
			continue;
		while (*id == '-')
			id++;
		if (!*id || (c | 32) != (*id | 32))
			return false;
		id++;
	}
	return folder.n && !*id;
}

/* What it is called below the backup's folder: without the phone's id. */
static span below(const struct mobilebackup *m, span path)
{
	while (path.n && *path.p == '/')
		path = span_from(path, 1);
	if (is_phone(m, path))
		return SPAN("");
	const char *slash = path.n ? memchr(path.p, '/', path.n) : NULL;
	if (slash && is_phone(m, (span){ path.p, (size_t)(slash - path.p) }))
		path = span_from(path, (size_t)(slash - path.p) + 1);
	return path;
}

static int drain(struct mobilebackup *m, uint32_t n, uint64_t total, struct err *err)
{
	int rc = 0;
	while (rc == 0 && n) {
		span some;
		rc = wire_some(m->wire, n, &some, err);
		if (rc)
			break;
		n -= (uint32_t)some.n;
		m->told.bytes += some.n;
		rc = m->sink->data(m->sink->user, some, err);
		if (rc == 0)
			rc = m->sink->progress(m->sink->user, m->told.bytes, total, err);
	}
	return rc;
}

/* The words at the end of a file, of which the sink gets the first. */
static int last_words(struct mobilebackup *m, uint32_t n, char why[static WHY_MAX], size_t *ret_n,
		      struct err *err)
{
	if (n > WORDS_MAX)
		return out_of_order(err);
	*ret_n = n < WHY_MAX ? n : WHY_MAX;
	int rc = wire_receive(m->wire, why, *ret_n, err);
	for (n -= (uint32_t)*ret_n; rc == 0 && n;) {
		span rest;
		rc = wire_some(m->wire, n, &rest, err);
		n -= rc ? 0 : (uint32_t)rest.n;
	}
	return rc;
}

/* How a file ends. The host's or the phone's error code with words is an error; after data without
 * words it is none, and so is a code that is not known. Whether all of it came, its length says. */
static int part_end(struct mobilebackup *m, unsigned char code, uint32_t n, bool some,
		    struct err *err)
{
	char why[WHY_MAX];
	size_t words = 0;
	int rc = last_words(m, n, why, &words, err);
	if (rc)
		return rc;
	bool error = code == PART_HERE || code == PART_THERE;
	bool whole = code == PART_END || (!words && (some || !error));
	return m->sink->end(m->sink->user, whole, (span){ why, words }, err);
}

/* The parts of one file, until the one that ends it. *ret_over: what follows is no further file. */
static int parts(struct mobilebackup *m, uint64_t total, bool *ret_over, struct err *err)
{
	for (bool some = false;; some = true) {
		uint32_t n;
		unsigned char code;
		int rc = number(m, &n, err);
		if (rc == 0 && n == 0) { /* the end of all, and so of this one */
			*ret_over = true;
			return m->sink->end(m->sink->user, some, SPAN("its end was not said"), err);
		}
		if (rc == 0)
			rc = wire_receive(m->wire, &code, 1, err);
		if (rc)
			return rc;
		if (code != PART_DATA)
			return part_end(m, code, n - 1, some, err);
		rc = drain(m, n - 1, total, err);
		if (rc)
			return rc;
	}
}

static int upload(struct mobilebackup *m, const struct pl_node *asked, struct err *err)
{
	static char device[NAME_MAX_BYTES], host[NAME_MAX_BYTES];
	int64_t total = 0;
	bool over = false;
	if (!pl_int(pl_item(asked, 3), &total) || total < 0)
		total = 0;
	while (!over) {
		uint32_t n;
		int rc = number(m, &n, err);
		if (rc)
			return rc;
		if (!n)
			break;
		rc = name(m, device, n, err);
		if (rc == 0)
			rc = number(m, &n, err);
		if (rc == 0 && !n)
			rc = out_of_order(err);
		if (rc == 0)
			rc = name(m, host, n, err);
		if (rc == 0)
			rc = m->sink->begin(m->sink->user, below(m, (span){ host, n }), err);
		if (rc == 0) {
			m->told.files++;
			rc = parts(m, (uint64_t)total, &over, err);
		}
		if (rc)
			return rc;
	}
	return status(m, 0, NULL, NULL, err);
}

static int send_number(struct mobilebackup *m, uint32_t n, struct err *err)
{
	const char b[4] = { (char)(n >> 24), (char)(n >> 16 & 255), (char)(n >> 8 & 255),
			    (char)(n & 255) };
	return wire_send(m->wire, (span){ b, sizeof b }, err);
}

/* length, name, length, code, words or bytes */
static int send_file(struct mobilebackup *m, span path, char code, span bytes, struct err *err)
{
	int rc = send_number(m, (uint32_t)path.n, err);
	if (rc == 0)
		rc = wire_send(m->wire, path, err);
	if (rc == 0)
		rc = send_number(m, (uint32_t)bytes.n + 1, err);
	if (rc == 0)
		rc = wire_send(m->wire, (span){ &code, 1 }, err);
	return rc ? rc : wire_send(m->wire, bytes, err);
}

static int send_one(struct mobilebackup *m, span path, plist_t errors, struct err *err)
{
	static const span none = SPAN_INIT("No such file or directory");
	static const char end[] = { 0, 0, 0, 1, PART_END };
	int rc;
	if (m->sink && m->sink->info.n && span_eq(below(m, path), SPAN("Info.plist"))) {
		rc = send_file(m, path, PART_DATA, m->sink->info, err);
		return rc ? rc : wire_send(m->wire, (span){ end, sizeof end }, err);
	}
	m->told.asked_files++;
	plist_t e = plist_new_dict();
	plist_dict_set_item(e, "DLFileErrorString", plist_new_string(none.p));
	plist_dict_set_item(e, "DLFileErrorCode", plist_new_uint((uint64_t)-6));
	plist_dict_set_item(errors, path.p, e);
	return send_file(m, path, PART_HERE, none, err);
}

/* The phone wants files of an earlier backup: there is none, but for what we say of the phone. */
static int download(struct mobilebackup *m, const struct pl_node *asked, struct err *err)
{
	int rc = 0;
	plist_t errors = plist_new_dict();
	const struct pl_node *paths = pl_item(asked, 1);
	for (const struct pl_node *p = paths && paths->kind == PL_ARRAY ? paths->first : NULL;
	     rc == 0 && p; p = p->next) {
		span path = pl_text(p);
		if (path.n && path.n <= NAME_MAX_BYTES)
			rc = send_one(m, path, errors, err);
	}
	if (rc == 0)
		rc = send_number(m, 0, err);
	bool some = plist_dict_get_size(errors) > 0;
	if (rc == 0)
		return some ? status(m, -13, "Multi status", errors, err)
			    : status(m, 0, NULL, errors, err);
	plist_free(errors);
	return rc;
}

static int moved(struct mobilebackup *m, const struct pl_node *asked, struct err *err)
{
	const struct pl_node *pairs = pl_item(asked, 1);
	int rc = 0;
	for (const struct pl_node *p = pairs && pairs->kind == PL_DICT ? pairs->first : NULL;
	     rc == 0 && p; p = p->next)
		if (p->key.p && pl_text(p).p)
			rc = m->sink->move(m->sink->user, below(m, p->key), below(m, pl_text(p)),
					   err);
	return rc ? rc : status(m, 0, NULL, NULL, err);
}

static int removed(struct mobilebackup *m, const struct pl_node *asked, struct err *err)
{
	const struct pl_node *names = pl_item(asked, 1);
	int rc = 0;
	for (const struct pl_node *p = names && names->kind == PL_ARRAY ? names->first : NULL;
	     rc == 0 && p; p = p->next)
		if (pl_text(p).p)
			rc = m->sink->remove(m->sink->user, below(m, pl_text(p)), err);
	return rc ? rc : status(m, 0, NULL, NULL, err);
}

static int copied(struct mobilebackup *m, const struct pl_node *asked, struct err *err)
{
	span from = pl_text(pl_item(asked, 1)), to = pl_text(pl_item(asked, 2));
	int rc = from.p && to.p ? m->sink->copy(m->sink->user, below(m, from), below(m, to), err)
				: 0;
	return rc ? rc : status(m, 0, NULL, NULL, err);
}

/* ---- the conversation ---- */

static int finished(const struct pl_node *said, struct err *err)
{
	int64_t code = 0;
	const struct pl_node *d = pl_item(said, 1);
	if (!d || d->kind != PL_DICT)
		return out_of_order(err);
	if (!pl_get(d, "ErrorCode"))
		return out_of_order(err);
	pl_int(pl_get(d, "ErrorCode"), &code);
	return code ? mobilebackup_error(code, pl_text(pl_get(d, "ErrorDescription")), err) : 0;
}

static int one(struct mobilebackup *m, const struct pl_node *said, bool *ret_done, struct err *err)
{
	const struct pl_node *what = pl_item(said, 0);
	if (!m->sink || !pl_text(what).p) {
		/* changing a password needs nothing of this */
	} else if (pl_is(what, "DLMessageUploadFiles")) {
		return upload(m, said, err);
	} else if (pl_is(what, "DLMessageMoveFiles") || pl_is(what, "DLMessageMoveItems")) {
		return moved(m, said, err);
	} else if (pl_is(what, "DLMessageRemoveFiles") || pl_is(what, "DLMessageRemoveItems")) {
		return removed(m, said, err);
	} else if (pl_is(what, "DLMessageCopyItem")) {
		return copied(m, said, err);
	}
	if (pl_is(what, "DLMessageDownloadFiles"))
		return download(m, said, err);
	if (pl_is(what, "DLMessageGetFreeDiskSpace")) {
		m->told.asked_room++;
		return status(m, 0, NULL, plist_new_uint(MOBILEBACKUP_ROOM), err);
	}
	if (pl_is(what, "DLMessagePurgeDiskSpace")) {
		m->told.asked_purge++;
		return status(m, -1, "Operation not supported", NULL, err);
	}
	if (pl_is(what, "DLMessageCreateDirectory") || pl_is(what, "DLContentsOfDirectory") ||
	    pl_is(what, "DLMessageContentsOfDirectory"))
		return status(m, 0, NULL, NULL, err);
	if (pl_is(what, "DLMessageProcessMessage")) {
		*ret_done = true;
		return finished(said, err);
	}
	if (pl_is(what, "DLMessageDisconnect"))
		return err_set(err, E_ABSENT,
			       "The phone ended the backup before it was complete. Unlock it, "
			       "connect it again and start again.");
	if (!pl_text(what).p || memcmp(pl_text(what).p, "DL", pl_text(what).n < 2 ? 1 : 2) != 0 ||
	    ++m->told.unknown > 100)
		return out_of_order(err);
	return status(m, -1, "Operation not supported", NULL, err);
}

static int converse(struct mobilebackup *m, struct err *err)
{
	bool done = false;
	int rc = 0;
	m->busy = true;
	while (rc == 0 && !done) {
		struct pl *p;
		rc = next(m, &p, err);
		if (rc)
			break;
		rc = one(m, pl_root(p), &done, err);
		pl_free(p);
	}
	m->busy = !done;
	return rc;
}

int mobilebackup_run(struct mobilebackup *m, const struct mobilebackup_sink *sink,
		     struct mobilebackup_told *told, struct err *err)
{
	plist_t d = plist_new_dict(), options = plist_new_dict();
	plist_dict_set_item(options, "ForceFullBackup", plist_new_bool(1));
	plist_dict_set_item(d, "MessageName", plist_new_string("Backup"));
	plist_dict_set_item(d, "TargetIdentifier", plist_new_string(m->udid));
	plist_dict_set_item(d, "SourceIdentifier", plist_new_string(m->udid));
	plist_dict_set_item(d, "Options", options);
	m->sink = sink;
	m->passcode = sink->passcode;
	m->user = sink->user;
	m->told = (struct mobilebackup_told){ 0 };
	int rc = process(m, d, err);
	if (rc == 0)
		rc = converse(m, err);
	question(m, false);
	*told = m->told;
	m->sink = NULL;
	return rc;
}

static void set_secret(plist_t d, const char *key, span s)
{
	char *z = s.p ? strndup(s.p, s.n) : NULL;
	if (!z)
		return;
	plist_dict_set_item(d, key, plist_new_string(z));
	explicit_bzero(z, s.n);
	free(z);
}

int mobilebackup_password(struct mobilebackup *m, span old, span new,
			  void (*passcode)(void *, bool), void *user, struct err *err)
{
	plist_t d = plist_new_dict();
	plist_dict_set_item(d, "MessageName", plist_new_string("ChangePassword"));
	plist_dict_set_item(d, "TargetIdentifier", plist_new_string(m->udid));
	set_secret(d, "OldPassword", old);
	set_secret(d, "NewPassword", new);
	m->sink = NULL;
	m->passcode = passcode;
	m->user = user;
	m->told = (struct mobilebackup_told){ 0 };
	int rc = process(m, d, err);
	if (rc == 0)
		rc = converse(m, err);
	question(m, false);
	return rc;
}

int mobilebackup_open(struct mobilebackup **ret, struct ios *s, struct err *err)
{
	struct mobilebackup *m = calloc(1, sizeof *m);
	if (!m)
		return err_set(err, E_NOMEM, "Memory ran out.");
	snprintf(m->udid, sizeof m->udid, "%.63s", s->base.device.id);
	int rc = lockdown_service(s->door, "com.apple.mobilebackup2", &s->pairing, true, &m->wire,
				  err);
	if (rc == 0)
		rc = greet(m, err);
	if (rc == 0)
		open_notices(m, s);
	if (rc)
		mobilebackup_free(m);
	else
		*ret = m;
	return rc;
}

void mobilebackup_free(struct mobilebackup *m)
{
	if (!m)
		return;
	if (m->wire && !m->busy) {
		plist_t a = message("DLMessageDisconnect");
		plist_array_append_item(a, plist_new_string(EMPTY));
		wire_send_list(m->wire, a, true, NULL);
	}
	wire_free(m->wire);
	wire_free(m->notices);
	free(m);
}
