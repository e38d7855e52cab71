/*
 * dump.c - parser_dump PARSER FILE: every record and warning of one parser on one file, a line
 * each.
 *
 * Uses parser.h only, opens a database as triage does (no views, no triggers, defensive) and prints
 * all that a record holds, so that the golden files beside the parsers leave nothing unchecked.
 * Fields that are absent are left out. Bytes that are not plain characters are written \xHH, hidden
 * characters \u{HEX}.
 */
#include "base/utf8.h"
#include "parser.h"
#include <stdio.h>
#include <stdlib.h>

extern const struct parser parser_template; /* stands in no list: it is there to be copied */

struct totals {
	uint64_t records, warnings;
};

static void print_span(span s)
{
	putchar('"');
	for (size_t at = 0; at < s.n;) {
		size_t start = at;
		unsigned char c = (unsigned char)s.p[at];
		uint32_t cp = utf8_next(s, &at);
		if (c == '"' || c == '\\')
			printf("\\%c", c);
		else if (c == '\n')
			printf("\\n");
		else if (c == '\t')
			printf("\\t");
		else if (cp == UTF8_BAD || cp < 0x20 || cp == 0x7f)
			printf("\\x%02x", c);
		else if (utf8_is_hidden(cp))
			printf("\\u{%x}", (unsigned)cp);
		else
			fwrite(s.p + start, 1, at - start, stdout);
	}
	putchar('"');
}

static void print_field(const char *name, span s)
{
	if (!s.p)
		return;
	printf(" %s=", name);
	print_span(s);
}

static void print_party(const struct party *p)
{
	printf("%s", role_word(p->role));
	if (p->raw.p)
		print_span(p->raw);
	if (p->name.p) {
		putchar('(');
		print_span(p->name);
		putchar(')');
	}
}

static void print_state(unsigned state)
{
	const char *comma = " state=";
	for (unsigned bit = 0; bit < 32; bit++) {
		if (!(state & 1u << bit))
			continue;
		const char *word = record_state_word(1u << bit);
		printf("%s%s", comma, word ? word : "?");
		comma = ",";
	}
}

static void print_time(const struct record *r)
{
	char when[25] = "unset";
	if (r->time != TIME_UNSET)
		time_format(r->time, when);
	printf(" %s", when);
	if (r->time_raw.p) {
		printf(" %s:", time_unit_word(r->time_unit));
		print_span(r->time_raw);
	}
	if (r->local) {
		time_format(r->local, when);
		printf(" local:%.23s", when);
	}
}

static void print_lists(const struct record *r)
{
	if (r->to_n) {
		printf(" to=[");
		for (size_t i = 0; i < r->to_n; i++) {
			printf("%s", i ? ", " : "");
			print_party(&r->to[i]);
		}
		putchar(']');
	}
	for (size_t i = 0; i < r->ids_n; i++) {
		print_field("id", r->ids[i].raw);
		print_field("label", r->ids[i].label);
	}
	for (size_t i = 0; i < r->attachments_n; i++) {
		printf(" attachment");
		print_field("name", r->attachments[i].name);
		print_field("type", r->attachments[i].type);
	}
}

static int on_record(void *user, const struct record *r)
{
	struct totals *t = user;
	bool person = r->kind == REC_CONTACT || r->kind == REC_ACCOUNT;
	t->records++;
	printf("%s %s:%lld", record_kind_word(r->kind), r->table, (long long)r->row);
	print_time(r);
	if (!person || r->direction != DIR_UNKNOWN)
		printf(" %s", direction_word(r->direction));
	if (!person || r->from.raw.p || r->from.name.p) {
		printf(" from=");
		print_party(&r->from);
	}
	print_lists(r);
	print_field("thread", r->thread);
	print_field("thread_name", r->thread_name);
	print_field("service", r->service);
	print_field("name", r->name);
	print_field("text", r->text);
	print_field("quoted", r->quoted);
	if (r->duration >= 0)
		printf(" duration=%lldms", (long long)r->duration);
	if (r->read != ANSWER_UNKNOWN)
		printf(" read=%s", r->read == ANSWER_YES ? "yes" : "no");
	print_state(r->state);
	putchar('\n');
	return 0;
}

static int on_warn(void *user, enum warning kind, const char *table, int64_t row,
		   const char *detail)
{
	struct totals *t = user;
	t->warnings++;
	printf("warning %s %s:%lld %s\n", warning_word(kind), table ? table : "-", (long long)row,
	       detail);
	return 0;
}

static int on_link(void *user, const struct link *l)
{
	(void)user;
	printf("link %s:%lld", l->table, (long long)l->row);
	print_field(link_word(l->kind), l->hidden);
	print_field("is", l->handle);
	putchar('\n');
	return 0;
}

static int refused(const struct err *err)
{
	printf("refused %s: %s\n", err_word(err->code), err->message);
	return 0;
}

static int finish(const struct totals *t, int rc, const struct err *err)
{
	if (rc)
		printf("failed %s: %s\n", err_word(rc), err->message);
	printf("end %llu records, %llu warnings\n", (unsigned long long)t->records,
	       (unsigned long long)t->warnings);
	return 0;
}

static int dump_database(const struct parser *p, const char *path)
{
	sqlite3 *db = NULL;
	struct err err = { 0 };
	struct totals totals = { 0 };
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL)) {
		fprintf(stderr, "parser_dump: %s: %s\n", path, sqlite3_errmsg(db));
		sqlite3_close(db);
		return 1;
	}
	sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_VIEW, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_db_config(db, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	struct input in = { .db = db, .path = span_z(path) };
	struct sink sink = { on_record, on_warn, &totals };
	int rc = parser_accepts(p, db, &err);
	if (rc) {
		refused(&err);
	} else {
		rc = parser_links(p, db, on_link, NULL, &err);
		if (!rc)
			rc = parser_run(p, &in, &sink, &err);
		finish(&totals, rc, &err);
	}
	sqlite3_close(db);
	return 0;
}

static ptrdiff_t read_file(void *user, void *buf, size_t n, struct err *err)
{
	FILE *f = user;
	size_t got = fread(buf, 1, n, f);
	if (ferror(f))
		return err_set(err, E_IO, "reading failed");
	return (ptrdiff_t)got;
}

static int dump_stream(const struct parser *p, const char *path)
{
	static char head[65536];
	struct err err = { 0 };
	struct totals totals = { 0 };
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "parser_dump: cannot open %s\n", path);
		return 1;
	}
	size_t n = fread(head, 1, sizeof head, f);
	if (p->sniff && !p->sniff((span){ head, n }, span_z(path))) {
		puts("refused: not this format");
		fclose(f);
		return 0;
	}
	fseek(f, 0, SEEK_END);
	long size = ftell(f);
	rewind(f);
	struct input in = { .read = read_file,
			    .user = f,
			    .size = size < 0 ? 0 : (uint64_t)size,
			    .path = span_z(path) };
	struct sink sink = { on_record, on_warn, &totals };
	int rc = parser_run(p, &in, &sink, &err);
	finish(&totals, rc, &err);
	fclose(f);
	return 0;
}

int main(int argc, char **argv)
{
	char name[64];
	if (argc != 3) {
		fprintf(stderr, "usage: parser_dump PARSER FILE\n");
		return 2;
	}
	/* ios_sms is the file, ios-sms the name that is stored. */
	snprintf(name, sizeof name, "%s", argv[1]);
	for (char *c = name; *c; c++)
		if (*c == '_')
			*c = '-';
	const struct parser *p = strcmp(name, "template") ? parser_find(name) : &parser_template;
	if (!p) {
		fprintf(stderr, "parser_dump: no parser %s\n", name);
		return 2;
	}
	return p->run ? dump_stream(p, argv[2]) : dump_database(p, argv[2]);
}
