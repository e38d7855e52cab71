/* adb_wire.c - see adb_wire.h */
#include "acquire/adb_wire.h"
#include "acquire/adb_key.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define WORD(a, b, c, d) \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)
#define CNXN WORD('C', 'N', 'X', 'N')
#define AUTH WORD('A', 'U', 'T', 'H')
#define STLS WORD('S', 'T', 'L', 'S')
#define OPEN WORD('O', 'P', 'E', 'N')
#define OKAY WORD('O', 'K', 'A', 'Y')
#define CLSE WORD('C', 'L', 'S', 'E')
#define WRTE WORD('W', 'R', 'T', 'E')
#define VERSION 0x01000001
#define HEAD 24
#define POLL_MS 500 /* while a person is waited for; less than any wait for a packet */
#define BANNER_MAX 4096
#define SAID_MAX 65536  /* bytes of standard error that are kept */
#define STALE_MAX 10000 /* packets of streams that are closed */

enum { AUTH_TOKEN = 1, AUTH_SIGNATURE = 2, AUTH_PUBLIC = 3 };

struct packet {
	uint32_t command, a, b, n;
};

struct adb {
	struct adb_link *link;
	struct adb_patience patience;
	int ms;
	uint32_t most;    /* bytes of a packet that the phone takes */
	uint32_t version; /* older than VERSION checks the sums */
	uint32_t local, remote;
	bool asked, open;
	bool broken;  /* nothing that still comes can be trusted to be an answer */
	time_t until; /* of the answer at hand */
	bool waiting; /* nothing of a command came yet, and a person may have to say yes */
	span held;    /* of data: came with adb_exec_read, not taken yet */
	char banner[BANNER_MAX];
	char *data; /* of the packet at hand */
	struct buf said;
};

static uint32_t get32(const unsigned char *p)
{
	return WORD(p[0], p[1], p[2], p[3]);
}

static void put32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++, v >>= 8)
		p[i] = (unsigned char)(v & 255);
}

static int odd(struct adb *a, struct err *err, const char *what)
{
	a->broken = true;
	return err_set(err, E_FORMAT,
		       "What answers is not an Android phone's debugging service, or is disturbed "
		       "(%s).",
		       what);
}

static int broken(struct err *err)
{
	return err_set(err, E_ABSENT, "The connection to the phone broke off.");
}

static int put(struct adb *a, uint32_t command, uint32_t x, uint32_t y, span bytes, struct err *err)
{
	unsigned char head[HEAD];
	uint32_t sum = 0;
	for (size_t i = 0; i < bytes.n; i++)
		sum += (unsigned char)bytes.p[i];
	const uint32_t words[] = { command, x, y, (uint32_t)bytes.n, sum, ~command };
	for (size_t i = 0; i < 6; i++)
		put32(head + 4 * i, words[i]);
	int rc = a->broken ? broken(err) : a->link->send(a->link, head, HEAD, a->ms, err);
	if (rc == 0 && bytes.n)
		rc = a->link->send(a->link, bytes.p, bytes.n, a->ms, err);
	a->broken |= rc != 0;
	return rc;
}

static int get(struct adb *a, struct packet *p, int ms, struct err *err)
{
	unsigned char head[HEAD];
	int rc = a->broken ? broken(err) : a->link->receive(a->link, head, HEAD, ms, err);
	if (rc) { /* a person may be waited for, a second at a time */
		a->broken |= rc != E_LIMIT || ms >= a->ms;
		return rc;
	}
	*p = (struct packet){ get32(head), get32(head + 4), get32(head + 8), get32(head + 12) };
	if (get32(head + 20) != ~p->command)
		return odd(a, err, "a packet without its mark");
	if (p->n > ADB_PACKET_MAX)
		return odd(a, err, "a packet that is too long");
	rc = p->n ? a->link->receive(a->link, a->data, p->n, a->ms, err) : 0;
	a->broken |= rc != 0;
	return rc;
}

/* Packets that say nothing do not make a wait longer. */
static int in_time(struct adb *a, struct err *err)
{
	a->broken |= time(NULL) > a->until;
	return !a->broken
		       ? 0
		       : err_set(err, E_LIMIT,
				 "The phone did not come to an end in time. Connect it again and "
				 "start again.");
}

static void step_begins(struct adb *a)
{
	a->until = time(NULL) + 2 * (a->ms / 1000) + 1;
}

/* ---- getting in ---- */

static int keep_banner(struct adb *a, const struct packet *p, struct err *err)
{
	size_t n = p->n < BANNER_MAX - 1 ? p->n : BANNER_MAX - 1;
	a->version = p->a;
	a->most = p->b < ADB_PACKET_MAX ? p->b : ADB_PACKET_MAX;
	if (a->most < 64)
		return odd(a, err, "it takes no packets");
	memcpy(a->banner, a->data, n);
	a->banner[n] = 0;
	if (strncmp(a->banner, "device:", 7) == 0)
		return 0;
	if (strncmp(a->banner, "recovery:", 9) == 0 || strncmp(a->banner, "sideload:", 9) == 0)
		return err_set(err, E_REFUSED,
			       "The phone is in recovery, not started as usual: nothing was read. "
			       "Start it and start again.");
	return odd(a, err, "it is no phone");
}

/* For its owner, who has minutes; asked once a second whether to go on. */
static int wait_for_owner(struct adb *a, struct packet *p, struct err *err)
{
	time_t end = time(NULL) + (a->patience.owner_seconds ? a->patience.owner_seconds : 180);
	for (;;) {
		struct err why = { 0 };
		int rc = get(a, p, POLL_MS, &why);
		if (rc != E_LIMIT)
			return rc ? err_set(err, rc, "%s", why.message) : 0;
		if (a->patience.go_on && !a->patience.go_on(a->patience.user))
			return err_set(err, E_STOPPED, "Stopped as asked. Nothing was read.");
		if (time(NULL) >= end)
			return err_set(
				err, E_REFUSED,
				"Nobody allowed debugging on the phone in time: nothing was "
				"read. Unlock it, start again, and have its owner tap Allow.");
	}
}

static int answer_token(struct adb *a, const struct adb_key *key, unsigned *tries, struct err *err)
{
	struct buf b = { 0 };
	int rc;
	if (++*tries == 1) {
		rc = adb_key_sign(key, (unsigned char *)a->data, &b, err);
		if (rc == 0)
			rc = put(a, AUTH, AUTH_SIGNATURE, 0, buf_span(&b), err);
	} else {
		rc = adb_key_public(key, &b, err);
		if (rc == 0)
			rc = put(a, AUTH, AUTH_PUBLIC, 0, buf_span(&b), err);
		if (rc == 0 && a->patience.tell && !a->asked)
			a->patience.tell(a->patience.user,
					 "On the phone: unlock it. When it asks 'Allow USB "
					 "debugging?', compare the fingerprint and tap Allow, "
					 "without 'Always allow from this computer'.");
		a->asked = true;
	}
	buf_free(&b);
	return rc;
}

static int get_in(struct adb *a, const struct adb_key *key, struct err *err)
{
	static const char hello[] = "host::features=shell_v2,cmd,stat_v2,ls_v2";
	struct packet p;
	unsigned tries = 0;
	int rc = put(a, CNXN, VERSION, ADB_PACKET_MAX, span_z(hello), err);
	step_begins(a);
	for (int n = 0; rc == 0 && n < 100; n++) {
		if (!a->asked && (rc = in_time(a, err)) != 0)
			return rc;
		rc = a->asked ? wait_for_owner(a, &p, err) : get(a, &p, a->ms, err);
		if (rc)
			return rc;
		if (p.command == CNXN)
			return keep_banner(a, &p, err);
		if (p.command == STLS)
			return err_set(err, E_FORMAT,
				       "The phone wants debugging over Wi-Fi with pairing, which "
				       "linecheck does not do. Connect it by cable.");
		if (p.command == AUTH && p.a == AUTH_TOKEN && p.n == ADB_TOKEN) {
			if (tries >= 4)
				return err_set(err, E_REFUSED,
					       "The phone does not take the key: nothing was read. "
					       "On the phone: revoke USB debugging authorisations, "
					       "connect it again and start again.");
			rc = answer_token(a, key, &tries, err);
		} else if (p.command == AUTH) {
			return odd(a, err, "it asks for what no phone asks for");
		} /* anything else is of a session before this one */
	}
	return rc ? rc : odd(a, err, "it does not come to the point");
}

int adb_connect(struct adb **ret, struct adb_link *link, const struct adb_key *key,
		const struct adb_patience *patience, struct err *err)
{
	struct adb *a = calloc(1, sizeof *a);
	char *data = malloc(ADB_PACKET_MAX);
	if (!a || !data) {
		free(a);
		free(data);
		link->free(link);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	a->link = link;
	a->data = data;
	a->patience = *patience;
	a->ms = (patience->seconds ? patience->seconds : ADB_SECONDS) * 1000;
	int rc = get_in(a, key, err);
	if (rc == 0)
		*ret = a;
	else
		adb_free(a);
	return rc;
}

void adb_free(struct adb *a)
{
	if (!a)
		return;
	a->link->free(a->link);
	buf_free(&a->said);
	free(a->data);
	free(a);
}

const char *adb_banner(const struct adb *a)
{
	return a->banner;
}

bool adb_asked_owner(const struct adb *a)
{
	return a->asked;
}

bool adb_can(const struct adb *a, const char *feature)
{
	const char *p = strstr(a->banner, "features=");
	size_t n = strlen(feature);
	if (!p)
		return false;
	for (p += 9; *p && *p != ';'; p += *p == ',') {
		size_t word = strcspn(p, ",;");
		if (word == n && memcmp(p, feature, n) == 0)
			return true;
		p += word;
	}
	return false;
}

/* ---- streams ---- */

static int open_stream(struct adb *a, const char *service, struct err *err)
{
	struct packet p;
	size_t n = strlen(service) + 1;
	if (n > a->most)
		return err_set(err, E_LIMIT, "A command is longer than the phone takes.");
	a->local = a->local % 0x7fffffff + 1;
	step_begins(a);
	int rc = put(a, OPEN, a->local, 0, (span){ service, n }, err);
	for (int stale = 0; rc == 0 && stale < STALE_MAX; stale++) {
		rc = get(a, &p, a->ms, err);
		if (rc == 0)
			rc = in_time(a, err);
		if (rc)
			return rc;
		if (p.b != a->local)
			continue; /* of a stream before */
		if (p.command == OKAY) {
			a->remote = p.a;
			a->open = true;
			return 0;
		}
		if (p.command == CLSE)
			return err_set(err, E_REFUSED, "The phone refuses '%.60s'.", service);
		return odd(a, err, "an answer to nothing");
	}
	return rc ? rc : odd(a, err, "it does not come to the point");
}

/* Bytes of the open stream: *ret in a->data; 1, 0 when the phone closed it. */
static int stream_get(struct adb *a, span *ret, int ms, struct err *err)
{
	struct packet p;
	for (int stale = 0; stale < STALE_MAX; stale++) {
		int rc = get(a, &p, ms, err);
		if (rc == 0)
			rc = in_time(a, err);
		if (rc)
			return rc;
		if (p.b != a->local || p.command == OKAY)
			continue;
		if (p.command == CLSE) {
			a->open = false;
			return put(a, CLSE, a->local, a->remote, SPAN_NONE, err);
		}
		if (p.command != WRTE || p.a != a->remote)
			return odd(a, err, "a packet that belongs nowhere");
		rc = put(a, OKAY, a->local, a->remote, SPAN_NONE, err);
		if (rc)
			return rc;
		if (!p.n)
			continue;
		*ret = (span){ a->data, p.n };
		return 1;
	}
	return odd(a, err, "it does not come to the point");
}

static int stream_put(struct adb *a, span bytes, struct err *err)
{
	struct packet p;
	step_begins(a);
	int rc = put(a, WRTE, a->local, a->remote, bytes, err);
	for (int stale = 0; rc == 0 && stale < STALE_MAX; stale++) {
		rc = get(a, &p, a->ms, err);
		if (rc == 0)
			rc = in_time(a, err);
		if (rc == 0 && p.b == a->local && p.command == OKAY)
			return 0;
		if (rc == 0 && p.b == a->local)
			return odd(a, err, "it speaks out of turn");
	}
	return rc;
}

static void close_stream(struct adb *a)
{
	if (a->open)
		put(a, CLSE, a->local, a->remote, SPAN_NONE, NULL);
	a->open = false;
}

/* ---- commands ---- */

struct output {
	struct buf *said;
	adb_take *take;
	void *user;
	uint64_t given, most;
	/* shell v2: a packet in a packet */
	unsigned char head[5];
	size_t head_n;
	uint32_t left;
	int exit;
};

static int give(struct output *o, span bytes, struct err *err)
{
	o->given += bytes.n;
	if (o->given > o->most)
		return err_set(err, E_LIMIT,
			       "The phone printed more than linecheck takes of one answer.");
	return o->take(o->user, bytes, err);
}

enum { SHELL_STDOUT = 1, SHELL_STDERR = 2, SHELL_EXIT = 3 };

static int unwrap(struct output *o, span bytes, struct err *err)
{
	int rc = 0;
	while (rc == 0 && bytes.n) {
		if (o->head_n < sizeof o->head) {
			o->head[o->head_n++] = (unsigned char)*bytes.p;
			bytes = span_from(bytes, 1);
			if (o->head_n == sizeof o->head)
				o->left = get32(o->head + 1);
		} else {
			size_t n = o->left < bytes.n ? o->left : bytes.n;
			if (o->head[0] == SHELL_EXIT && n)
				o->exit = (unsigned char)*bytes.p;
			else if (o->head[0] == SHELL_STDOUT)
				rc = give(o, (span){ bytes.p, n }, err);
			else if (o->head[0] == SHELL_STDERR && o->said->n < SAID_MAX)
				buf_add(o->said, (span){ bytes.p, n });
			bytes = span_from(bytes, n);
			o->left -= (uint32_t)n;
		}
		if (o->head_n == sizeof o->head && !o->left)
			o->head_n = 0;
	}
	return rc;
}

int adb_run(struct adb *a, const char *command, int seconds, uint64_t most, adb_take *take,
	    void *user, int *ret_exit, struct err *err)
{
	struct output o = {
		.said = &a->said, .take = take, .user = user, .most = most, .exit = -1
	};
	struct buf service = { 0 };
	bool v2 = adb_can(a, "shell_v2");
	span bytes = SPAN_NONE;
	buf_clear(&a->said);
	buf_addf(&service, "%s%s", v2 ? "shell,v2,raw:" : "exec:", command);
	int rc = service.failed ? err_set(err, E_NOMEM, "Memory ran out.")
				: open_stream(a, service.data, err);
	a->until = time(NULL) + seconds;
	while (rc == 0) {
		rc = stream_get(a, &bytes, a->ms, err);
		if (rc <= 0)
			break;
		rc = v2 ? unwrap(&o, bytes, err) : give(&o, bytes, err);
		if (rc == 0 && a->patience.go_on && !a->patience.go_on(a->patience.user))
			rc = err_set(err, E_STOPPED, "Stopped as asked.");
	}
	if (rc == 0 && v2 && o.exit < 0)
		rc = err_set(err, E_ABSENT,
			     "The phone ended a command in the middle of its answer. Connect it "
			     "again and start again.");
	if (rc != E_ABSENT)
		close_stream(a);
	buf_free(&service);
	if (rc == 0)
		*ret_exit = o.exit;
	return rc;
}

const struct buf *adb_said(const struct adb *a)
{
	return &a->said;
}

static int into_buf(void *user, span piece, struct err *err)
{
	struct buf *b = user;
	buf_add(b, piece);
	return b->failed ? err_set(err, E_NOMEM, "Memory ran out.") : 0;
}

int adb_output(struct adb *a, const char *command, int seconds, uint64_t most, struct buf *out,
	       int *ret_exit, struct err *err)
{
	buf_clear(out);
	return adb_run(a, command, seconds, most, into_buf, out, ret_exit, err);
}

/* ---- output that is read like a file ---- */

#define EXEC_SECONDS 7200

int adb_exec(struct adb *a, const char *command, struct err *err)
{
	struct buf service = { 0 };
	buf_addf(&service, "exec:%s", command);
	int rc = service.failed ? err_set(err, E_NOMEM, "Memory ran out.")
				: open_stream(a, service.data, err);
	buf_free(&service);
	a->waiting = true;
	a->held = SPAN_NONE;
	a->until = time(NULL) + EXEC_SECONDS;
	return rc;
}

/* Once a second it is asked whether to go on. */
static int exec_first(struct adb *a, struct err *err)
{
	time_t end = time(NULL) + (a->patience.owner_seconds ? a->patience.owner_seconds : 180);
	for (;;) {
		struct err why = { 0 };
		int rc = stream_get(a, &a->held, POLL_MS, &why);
		if (rc != E_LIMIT)
			return rc < 0 ? err_set(err, rc, "%s", why.message) : rc;
		if (a->patience.go_on && !a->patience.go_on(a->patience.user))
			return err_set(err, E_STOPPED, "Stopped as asked.");
		if (time(NULL) >= end) {
			a->held = SPAN_NONE;
			return 0;
		}
	}
}

ptrdiff_t adb_exec_read(struct adb *a, void *buf, size_t n, struct err *err)
{
	if (!a->held.n && a->open) {
		int rc = a->waiting ? exec_first(a, err) : stream_get(a, &a->held, a->ms, err);
		a->waiting = false;
		if (rc <= 0)
			return rc;
	}
	size_t take = a->held.n < n ? a->held.n : n;
	if (take)
		memcpy(buf, a->held.p, take);
	a->held = span_from(a->held, take);
	return (ptrdiff_t)take;
}

void adb_exec_close(struct adb *a)
{
	close_stream(a);
	a->held = SPAN_NONE;
}

/* ---- sync ---- */

#define SYNC_SECONDS 600   /* for a list, or a file, and more for a large one: */
#define SYNC_SLOWEST 65536 /* bytes a second */

/* Exactly n bytes of the sync stream, gathered from its packets. */
struct sync {
	struct adb *a;
	struct buf held;
	size_t at;
};

static int sync_need(struct sync *s, size_t n, struct err *err)
{
	while (s->held.n - s->at < n) {
		span bytes = SPAN_NONE;
		int rc = stream_get(s->a, &bytes, s->a->ms, err);
		if (rc < 0)
			return rc;
		if (rc == 0)
			return err_set(err, E_ABSENT, "The phone ended in the middle of a file.");
		if (s->at == s->held.n) {
			buf_clear(&s->held);
			s->at = 0;
		}
		buf_add(&s->held, bytes);
		if (s->held.failed)
			return err_set(err, E_NOMEM, "Memory ran out.");
	}
	return 0;
}

static const unsigned char *sync_take(struct sync *s, size_t n)
{
	const unsigned char *p = (unsigned char *)s->held.data + s->at;
	s->at += n;
	return p;
}

static int sync_begin(struct sync *s, struct adb *a, const char *word, const char *path,
		      struct err *err)
{
	struct buf b = { 0 };
	unsigned char length[4];
	*s = (struct sync){ .a = a };
	put32(length, (uint32_t)strlen(path));
	buf_add(&b, span_z(word));
	buf_add(&b, (span){ (char *)length, 4 });
	buf_add(&b, span_z(path));
	int rc = b.failed || strlen(path) > 1024 ? err_set(err, E_REFUSED, "A path is too long.")
						 : open_stream(a, "sync:", err);
	if (rc == 0)
		rc = stream_put(a, buf_span(&b), err);
	a->until = time(NULL) + SYNC_SECONDS;
	buf_free(&b);
	return rc;
}

static int sync_end(struct sync *s, int rc)
{
	if (rc != E_ABSENT)
		close_stream(s->a);
	buf_free(&s->held);
	return rc;
}

#define NAMES_MAX 100000

int adb_list(struct adb *a, const char *folder, adb_file_fn *fn, void *user, struct err *err)
{
	struct sync s;
	int rc = sync_begin(&s, a, "LIST", folder, err);
	for (int n = 0; rc == 0; n++) {
		if (n == NAMES_MAX) {
			rc = err_set(err, E_REFUSED,
				     "A folder of the phone has more files than are looked at.");
			break;
		}
		if ((rc = sync_need(&s, 20, err)))
			break;
		const unsigned char *p = sync_take(&s, 20);
		bool done = memcmp(p, "DONE", 4) == 0;
		struct adb_file f = {
			{ NULL, get32(p + 16) }, get32(p + 4), get32(p + 8), get32(p + 12)
		};
		if (done)
			break;
		if (memcmp(p, "DENT", 4) != 0 || f.name.n > 4096) {
			rc = odd(a, err, "a list of files that is none");
			break;
		}
		if ((rc = sync_need(&s, f.name.n, err)))
			break;
		f.name.p = (const char *)sync_take(&s, f.name.n);
		rc = fn(user, &f, err);
	}
	return sync_end(&s, rc);
}

int adb_fetch(struct adb *a, const char *path, uint64_t most, adb_take *take, void *user,
	      struct err *err)
{
	struct sync s;
	uint64_t given = 0;
	int rc = sync_begin(&s, a, "RECV", path, err);
	while (rc == 0 && (rc = sync_need(&s, 8, err)) == 0) {
		const unsigned char *p = sync_take(&s, 8);
		uint32_t n = get32(p + 4);
		if (memcmp(p, "DONE", 4) == 0)
			break;
		bool fail = memcmp(p, "FAIL", 4) == 0;
		if ((!fail && memcmp(p, "DATA", 4) != 0) || n > 65536) {
			rc = odd(a, err, "a file that is none");
			break;
		}
		if ((rc = sync_need(&s, n, err)))
			break;
		span bytes = { (const char *)sync_take(&s, n), n };
		if (fail) {
			rc = err_set(err, E_REFUSED, "The phone does not give '%.80s': %.*s.", path,
				     (int)(n < 100 ? n : 100), bytes.p);
			break;
		}
		given += n;
		a->until += n && given / SYNC_SLOWEST != (given - n) / SYNC_SLOWEST;
		rc = given > most ? err_set(err, E_REFUSED, "A file of the phone is too large.")
				  : take(user, bytes, err);
	}
	return sync_end(&s, rc);
}
