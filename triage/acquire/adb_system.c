/*
 * adb_system.c - what an Android phone's system services tell its debugging shell: apps with their
 * times, use of apps, notifications, the phone's own numbers and its accounts. Each is asked for
 * only where the scope asks for its kind, and becomes a small database (adb_dump.h) in the source.
 *
 * None of the commands changes the phone: "usagestats --checkin" would, and is not used.
 */
#include "acquire/adb.h"
#include "acquire/adb_dump.h"
#include "catalog.h"
#include <stdio.h>
#include <stdlib.h>

#define SECONDS 120
#define ANSWER_MAX ((uint64_t)64 << 20)

struct asked {
	struct catalog *c;
	struct adb_phone *p;
	sqlite3 *db;
	struct buf answer, second;
	char words[240]; /* of the phone, where it gave nothing */
};

typedef int system_read(struct asked *a, struct adb_dump *said, struct err *err);

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static int ask(struct asked *a, const char *command, struct buf *out, struct err *err)
{
	int code, rc = source_progress(a->c->s, "Reading the phone", 0, 0, err);
	return rc ? rc : adb_output(a->p->door, command, SECONDS, ANSWER_MAX, out, &code, err);
}

/* The first line that says anything, of either mouth. */
static void keep_words(struct asked *a)
{
	const struct buf *mouths[] = { adb_said(a->p->door), &a->answer };
	size_t n = 0;
	*a->words = 0;
	for (size_t m = 0; m < 2 && !n; m++) {
		span s = buf_span(mouths[m]);
		for (size_t i = 0; i < s.n && n + 1 < sizeof a->words; i++) {
			unsigned char c = (unsigned char)s.p[i];
			if (c == '\n' && n)
				break;
			if (c >= 0x20)
				a->words[n++] = (char)c;
		}
		a->words[n] = 0;
	}
	if (!n)
		snprintf(a->words, sizeof a->words, "(nothing)");
}

/* ---- each service ---- */

static int read_apps(struct asked *a, struct adb_dump *said, struct err *err)
{
	int rc = ask(a, "dumpsys package --checkin", &a->answer, err);
	return rc ? rc : adb_dump_packages(buf_span(&a->answer), a->db, said, err);
}

static int read_usage(struct asked *a, struct adb_dump *said, struct err *err)
{
	int rc = ask(a, "dumpsys usagestats -c", &a->answer, err);
	return rc ? rc : adb_dump_usage(buf_span(&a->answer), a->db, said, err);
}

static int read_notifications(struct asked *a, struct adb_dump *said, struct err *err)
{
	int rc = ask(a, "dumpsys notification --noredact", &a->second, err);
	if (rc == 0)
		rc = ask(a, "dumpsys notification", &a->answer, err);
	return rc ? rc
		  : adb_dump_notifications(buf_span(&a->answer), buf_span(&a->second), a->db, said,
					   err);
}

/* Android 5 to 9, some later ones; where it is refused, or answers something else, it is said. */
static int read_imei(struct asked *a, char imei[static 32], struct err *err)
{
	static const char *const commands[] = {
		"service call iphonesubinfo 1 s16 com.android.shell",
		"service call iphonesubinfo 1",
	};
	int rc = 0;
	*imei = 0;
	for (size_t i = 0; rc == 0 && !*imei && i < sizeof commands / sizeof *commands; i++) {
		rc = ask(a, commands[i], &a->answer, err);
		if (rc == 0 &&
		    (!adb_dump_parcel(buf_span(&a->answer), imei) || !adb_dump_imei(imei)))
			*imei = 0;
	}
	if (rc == 0 && !*imei)
		source_note_add(
			a->c->s, false, SPAN("adb/device.db"),
			"this phone does not tell its IMEI to its debugging shell, as most do not "
			"since Android 10: read it on the phone (*#06#) or on its label");
	return rc;
}

static int read_device(struct asked *a, struct adb_dump *said, struct err *err)
{
	const struct device *d = &a->p->base.device;
	sqlite3_stmt *st = NULL;
	char imei[32], name[160];
	int rc = read_imei(a, imei, err);
	if (rc == 0)
		rc = ask(a, "dumpsys account", &a->answer, err);
	if (rc == 0)
		rc = adb_dump_accounts(buf_span(&a->answer), a->db, said, err);
	if (rc)
		return rc;
	if (said->none) {
		keep_words(a);
		source_note_addf(a->c->s, true, SPAN("adb/device.db"),
				 "the phone does not give the accounts on it; in its words: %s",
				 a->words);
		said->none = false; /* the phone itself is a row */
	}
	snprintf(name, sizeof name, "%s %s", d->product, d->model);
	if (sqlite3_exec(a->db,
			 "CREATE TABLE linecheck_device(_id INTEGER PRIMARY KEY, name TEXT, imei "
			 "TEXT, serial TEXT)",
			 NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_prepare_v2(a->db,
			       "INSERT INTO linecheck_device(name,imei,serial) VALUES(?1,?2,?3)",
			       -1, &st, NULL) != SQLITE_OK)
		return no_memory(err);
	sqlite3_bind_text(st, 1, name, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 2, imei, -1, SQLITE_STATIC);
	sqlite3_bind_text(st, 3, d->serial, -1, SQLITE_STATIC);
	rc = sqlite3_step(st) == SQLITE_DONE ? 0 : no_memory(err);
	sqlite3_finalize(st);
	said->rows++;
	return rc;
}

static const struct service {
	const char *path, *parser, *what, *from;
	system_read *read;
} services[] = {
	{ "adb/device.db", "adb-device", "own numbers and accounts", "its account service",
	  read_device },
	{ "adb/apps.db", "adb-apps", "apps with their times", "its package service", read_apps },
	{ "adb/usage.db", "adb-usage", "use of apps", "its usage service", read_usage },
	{ "adb/notifications.db", "adb-notifications", "notifications", "its notification service",
	  read_notifications },
};

/* ---- the files ---- */

static int refused(struct asked *a, const struct service *v, const struct parser *parser,
		   struct err *err)
{
	struct buf b = { 0 };
	struct found f = { .path = span_z(v->path) };
	keep_words(a);
	buf_addf(&b, "the phone does not give its %s; in its words: %s", v->what, a->words);
	span words = arena_copy(a->c->s->arena, buf_span(&b), NULL);
	buf_free(&b);
	return words.p ? catalog_list_as(a->c, &f, parser, EVIDENCE_UNREADABLE, words.p, err)
		       : no_memory(err);
}

static void say_read(struct source *s, const struct service *v, const struct adb_dump *said)
{
	span path = span_z(v->path);
	source_note_addf(s, false, path, "%lld rows as %s printed them", (long long)said->rows,
			 v->from);
	if (said->lost)
		source_note_addf(s, true, path,
				 "%lld lines of %s could not be understood: their rows are missing",
				 (long long)said->lost, v->from);
}

static int read_service(struct asked *a, const struct service *v, struct err *err)
{
	const struct parser *parser = parser_find(v->parser);
	struct found f = { .path = span_z(v->path) };
	struct adb_dump said = { 0 };
	if (!parser || !want_in_scope(a->c->s->wants, parser))
		return catalog_list_as(a->c, &f, parser, EVIDENCE_OUT_OF_SCOPE, NULL, err);
	int rc = sqlite3_open(":memory:", &a->db) == SQLITE_OK ? v->read(a, &said, err)
							       : no_memory(err);
	if (rc == 0 && said.none)
		rc = refused(a, v, parser, err);
	else if (rc == 0)
		rc = adb_keep(a->c, v->path, a->db, err);
	if (rc == 0 && !said.none)
		say_read(a->c->s, v, &said);
	sqlite3_close(a->db);
	a->db = NULL;
	return rc;
}

int adb_read_system(struct catalog *c, struct adb_phone *p, struct err *err)
{
	struct asked a = { .c = c, .p = p };
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < sizeof services / sizeof *services; i++)
		rc = read_service(&a, &services[i], err);
	buf_free(&a.answer);
	buf_free(&a.second);
	return rc;
}
