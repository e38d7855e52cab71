/* truth.c - see truth.h */
#include "truth.h"
#include "tool.h"
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LINES_MAX 8 /* rows of lines.csv about one number */

struct truth {
	FILE *f;
	const struct phone *phone;
	bool records;
	uint64_t message, reaction, system, call, contact, hit, phrase, mention;
};

static void put_text(FILE *f, const char *s)
{
	putc('"', f);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fprintf(f, "\\%c", *s);
		else if ((unsigned char)*s < 0x20)
			fprintf(f, "\\u%04x", (unsigned)*s);
		else
			putc(*s, f);
	}
	putc('"', f);
}

static void put_field(FILE *f, const char *name, const char *value)
{
	fprintf(f, ",\"%s\":", name);
	put_text(f, value);
}

struct truth *truth_open(const char *path, const struct phone *p, const char *mode, bool records)
{
	struct truth *t = must(calloc(1, sizeof *t));
	t->phone = p;
	t->records = records;
	t->f = fopen(path, "w");
	if (!t->f)
		die("cannot write %s", path);
	fprintf(t->f,
		"{\"fact\":\"sample\",\"schema\":1,\"platform\":\"%s\",\"mode\":\"%s\","
		"\"seed\":%" PRIu64 ",\"lines\":%zu,\"rules\":%u}\n",
		p->platform == PHONE_IOS ? "ios" : "android", mode, p->seed, p->lines->n,
		p->rules ? rule_pack_count(p->rules) : 0);
	return t;
}

/* A hit for each row of lines.csv about the number or address. */
static void put_hits(struct truth *t, const char *kind, const char *table, int64_t row,
		     const char *via, uint64_t e164, const char *spelling)
{
	uint32_t found[LINES_MAX];
	size_t n = deal_lines_about(t->phone->lines, e164, spelling, found, LINES_MAX);
	for (size_t i = 0; i < n; i++) {
		const struct deal_line *l = &t->phone->lines->at[found[i]];
		t->hit++;
		fprintf(t->f,
			"{\"fact\":\"hit\",\"kind\":\"%s\",\"table\":\"%s\",\"row\":%" PRId64
			",\"via\":\"%s\",\"csv_row\":%" PRIu32,
			kind, table, row, via, found[i] + 2);
		put_field(t->f, "line", l->brand);
		put_field(t->f, "identifier", l->identifier);
		put_field(t->f, "spelling", spelling);
		fputs("}\n", t->f);
	}
}

static void person_hits(struct truth *t, const char *kind, const char *table, int64_t row,
			const char *via, uint32_t person)
{
	const struct person *q = &t->phone->people[person];
	if (person != OWNER)
		put_hits(t, kind, table, row, via, q->e164, q->handle);
}

static void put_party(FILE *f, const struct phone *p, uint32_t person)
{
	if (person == OWNER) {
		fputs("{\"role\":\"owner\"}", f);
		return;
	}
	fputs("{\"role\":\"person\"", f);
	put_field(f, "raw", p->people[person].handle);
	putc('}', f);
}

static void put_record_head(FILE *f, const char *kind, const char *table, int64_t row)
{
	fprintf(f, "{\"fact\":\"record\",\"kind\":\"%s\",\"table\":\"%s\",\"row\":%" PRId64, kind,
		table, row);
}

static void put_state(FILE *f, const struct message *m, bool group)
{
	static const struct {
		unsigned flag;
		const char *word;
	} words[] = { { MESSAGE_EDITED, "edited" },
		      { MESSAGE_UNSENT, "unsent" },
		      { MESSAGE_DELETED, "deleted" },
		      { MESSAGE_DRAFT, "draft" },
		      { MESSAGE_FAILED, "failed" } };
	const char *comma = "";
	fputs(",\"state\":[", f);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (m->flags & words[i].flag) {
			fprintf(f, "%s\"%s\"", comma, words[i].word);
			comma = ",";
		}
	if (group)
		fprintf(f, "%s\"group\"", comma);
	putc(']', f);
}

/* An MMS has its time in whole seconds. */
static int64_t stored_time(const char *table, int64_t ms)
{
	return strcmp(table, "pdu") == 0 ? ms / 1000 * 1000 : ms;
}

static void put_message_record(struct truth *t, const char *kind, const char *table, int64_t row,
			       const struct message *m)
{
	FILE *f = t->f;
	const struct chat *c = &t->phone->chats[m->chat];
	bool out = m->sender == OWNER;
	put_record_head(f, kind, table, row);
	fprintf(f,
		",\"time\":%" PRId64 ",\"direction\":\"%s\",\"from\":", stored_time(table, m->time),
		out ? "out" : "in");
	put_party(f, t->phone, m->sender);
	if (m->kind == MESSAGE_TEXT) {
		fputs(",\"to\":[", f);
		if (!out)
			put_party(f, t->phone, OWNER);
		for (uint32_t i = 0, n = !out; i < c->members; i++)
			if (c->member[i] != m->sender) {
				if (n++)
					putc(',', f);
				put_party(f, t->phone, c->member[i]);
			}
		putc(']', f);
		/* how a parser shows a picture's place in the text is its own affair */
		if (m->flags & MESSAGE_PHOTO)
			fputs(",\"attachments\":1", f);
		else if (m->text && !(m->flags & MESSAGE_UNSENT))
			put_field(f, "text", m->text);
		if (!out)
			fprintf(f, ",\"read\":%s", m->read ? "true" : "false");
		put_state(f, m, c->members > 1);
	}
	fputs("}\n", f);
}

void truth_message(struct truth *t, const char *table, int64_t row, const struct message *m)
{
	const struct chat *c = &t->phone->chats[m->chat];
	const char *kind = m->kind == MESSAGE_TEXT       ? "message"
			   : m->kind == MESSAGE_REACTION ? "reaction"
							 : "system";
	if (m->kind == MESSAGE_TEXT)
		t->message++;
	else if (m->kind == MESSAGE_REACTION)
		t->reaction++;
	else
		t->system++;
	if (t->records)
		put_message_record(t, kind, table, row, m);
	person_hits(t, kind, table, row, "from", m->sender);
	for (uint32_t i = 0; i < c->members; i++)
		if (c->members > 1 ? c->member[i] != m->sender : m->sender == OWNER)
			person_hits(t, kind, table, row, c->members > 1 ? "member" : "to",
				    c->member[i]);
	if (m->kind != MESSAGE_TEXT || m->flags & MESSAGE_UNSENT)
		return;
	for (size_t i = 0; i < m->mentions; i++) {
		t->mention++;
		put_hits(t, kind, table, row, "mention", m->mention[i].e164,
			 m->mention[i].spelling);
	}
	for (size_t i = 0; i < m->rules; i++) {
		char id[24];
		rule_pack_id(t->phone->rules, m->rule[i], id);
		t->phrase++;
		fprintf(t->f,
			"{\"fact\":\"phrase\",\"table\":\"%s\",\"row\":%" PRId64
			",\"rule\":\"%s\"}\n",
			table, row, id);
	}
	if (m->category) {
		fprintf(t->f, "{\"fact\":\"phrase\",\"table\":\"%s\",\"row\":%" PRId64, table, row);
		put_field(t->f, "category", m->category);
		put_field(t->f, "text", m->text);
		fputs("}\n", t->f);
	}
}

void truth_call(struct truth *t, const char *table, int64_t row, const struct call *c)
{
	t->call++;
	if (t->records) {
		put_record_head(t->f, "call", table, row);
		fprintf(t->f, ",\"time\":%" PRId64 ",\"duration\":%" PRId64 ",\"direction\":\"%s\"",
			c->time, c->duration, c->out ? "out" : "in");
		if (c->person != OWNER) { /* a withheld number says nothing of who it was */
			fprintf(t->f, ",\"%s\":%s", c->out ? "to" : "from", c->out ? "[" : "");
			put_party(t->f, t->phone, c->person);
			fputs(c->out ? "]" : "", t->f);
		}
		fputs("}\n", t->f);
	}
	person_hits(t, "call", table, row, c->out ? "to" : "from", c->person);
}

/* A contact called by a line's brand and "line" names that line: its first row in lines.csv. */
static void name_hit(struct truth *t, const char *table, int64_t row, const struct person *q)
{
	const struct deal_lines *d = t->phone->lines;
	if (strcmp(q->last, "line") != 0)
		return;
	for (uint32_t i = 0; i < d->n; i++) {
		if (strcmp(q->first, d->at[i].brand) != 0)
			continue;
		t->hit++;
		fprintf(t->f,
			"{\"fact\":\"hit\",\"kind\":\"contact\",\"table\":\"%s\",\"row\":%" PRId64
			",\"via\":\"name\",\"csv_row\":%" PRIu32,
			table, row, i + 2);
		put_field(t->f, "line", d->at[i].brand);
		fputs("}\n", t->f);
		return;
	}
}

void truth_contact(struct truth *t, const char *table, int64_t row, const struct person *q)
{
	t->contact++;
	if (t->records) {
		char name[64];
		snprintf(name, sizeof name, "%s%s%s", q->first, *q->last ? " " : "", q->last);
		put_record_head(t->f, "contact", table, row);
		put_field(t->f, "name", name);
		fputs(",\"identifiers\":[", t->f);
		put_text(t->f, q->card);
		fputs("]}\n", t->f);
	}
	put_hits(t, "contact", table, row, "contact", q->e164, q->card);
	name_hit(t, table, row, q);
}

void truth_absent(struct truth *t, const char *table, int64_t row)
{
	fprintf(t->f, "{\"fact\":\"absent\",\"table\":\"%s\",\"row\":%" PRId64 "}\n", table, row);
}

void truth_app(struct truth *t, const char *id, const char *name)
{
	fputs("{\"fact\":\"app\"", t->f);
	put_field(t->f, "id", id);
	put_field(t->f, "name", name);
	fputs("}\n", t->f);
}

void truth_others(struct truth *t, uint64_t messages)
{
	t->message += messages;
}

void truth_close(struct truth *t)
{
	fprintf(t->f,
		"{\"fact\":\"counts\",\"message\":%" PRIu64 ",\"reaction\":%" PRIu64
		",\"system\":%" PRIu64 ",\"call\":%" PRIu64 ",\"contact\":%" PRIu64
		",\"hit\":%" PRIu64 ",\"phrase\":%" PRIu64 ",\"mention\":%" PRIu64 "}\n",
		t->message, t->reaction, t->system, t->call, t->contact, t->hit, t->phrase,
		t->mention);
	if (fclose(t->f))
		die("truth: cannot write");
	free(t);
}
