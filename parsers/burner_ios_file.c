/*
 * burner_ios_file.c - Burner on an iPhone: an answer of its servers that the cache keeps in a file
 * of its own (Library/Caches/com.adhoclabs.burner/fsCachedData/<number>); see burner_ios.c.
 *
 * The file holds a list of messages and nothing of the phone's own numbers: those stand in
 * Cache.db.
 */
#include "base/buf.h"
#include "burner_json.h"
#include "jsonview.h"

#define TABLE "fsCachedData"
#define FILE_MAX (64u << 20) /* a page of 50 messages is 30 KB */

static int read_whole(const struct input *in, struct buf *out, struct err *err)
{
	char bytes[1 << 14];
	ptrdiff_t got;
	while ((got = in->read(in->user, bytes, sizeof bytes, err)) > 0) {
		if (out->n + (size_t)got > FILE_MAX)
			return err_set(err, E_LIMIT, "larger than linecheck reads");
		buf_add(out, (span){ bytes, (size_t)got });
	}
	if (got < 0)
		return (int)got;
	return out->failed ? err_set(err, E_NOMEM, "memory ran out") : 0;
}

static int deliver(const struct burner_message *m, int64_t row, const struct sink *sink,
		   struct arena *a, struct err *err)
{
	struct party other = { ROLE_PERSON, m->contact, SPAN_NONE };
	struct party owner = { ROLE_OWNER, SPAN_NONE, SPAN_NONE };
	struct attachment files[2];
	struct buf raw = { 0 };
	bool ok = true;
	struct record r = { .kind = m->kind,
			    .table = TABLE,
			    .row = row,
			    .time = TIME_UNSET,
			    .time_unit = TIME_UNIX_MS,
			    .duration = -1,
			    .thread = m->thread,
			    .service = SPAN("Burner"),
			    .state = m->state,
			    .read = m->read,
			    .text = m->text.n ? m->text : SPAN_NONE,
			    .attachments = files };
	for (size_t i = 0; i < 2; i++)
		if (m->file[i].n)
			files[r.attachments_n++] = (struct attachment){ m->file[i], SPAN_NONE };
	buf_addf(&raw, "%lld", (long long)m->created);
	if (m->created)
		r.time_raw = arena_copy(a, buf_span(&raw), &ok);
	buf_free(&raw);
	if (!ok)
		return err_set(err, E_NOMEM, "memory ran out");
	if (m->created && !time_from_int(TIME_UNIX_MS, m->created, &r.time))
		sink->warn(sink->user, WARN_FIELD_UNKNOWN, TABLE, row,
			   "time is outside the years 1970 to 2200");
	r.direction = m->direction == 1 ? DIR_IN : m->direction == 2 ? DIR_OUT : DIR_UNKNOWN;
	if (r.direction == DIR_IN)
		r.from = other;
	else if (r.direction == DIR_OUT)
		r.from.role = ROLE_OWNER;
	else
		sink->warn(sink->user, WARN_FIELD_UNKNOWN, TABLE, row,
			   "nothing that is known here says who sent it");
	r.to = r.direction == DIR_IN ? &owner : &other;
	r.to_n = 1;
	return sink->record(sink->user, &r);
}

static int read_messages(span text, const struct sink *sink, struct err *err)
{
	struct arena *a = arena_new();
	span answer = jsonview_first(text), object;
	size_t at = 0;
	int64_t row = 0;
	bool nomem = !a;
	int rc = 0;
	while (rc >= 0 && !nomem && burner_next(answer, &at, &object)) {
		struct burner_message m;
		row++;
		if (!burner_read(object, a, &m, &nomem))
			rc = sink->warn(sink->user, WARN_ROW_LOST, TABLE, row,
					"an entry that is no message");
		else if (!nomem)
			rc = deliver(&m, row, sink, a, err);
		arena_reset(a);
	}
	arena_free(a);
	if (nomem)
		return err_set(err, E_NOMEM, "memory ran out");
	if (rc == 0 && jsonview_kind(answer) == JSONVIEW_NONE)
		return err_set(err, E_FORMAT, "its JSON is damaged or cut off");
	return rc;
}

static int run(const struct input *in, const struct sink *sink, struct err *err)
{
	struct buf text = { 0 };
	int rc = read_whole(in, &text, err);
	if (rc == 0)
		rc = read_messages(buf_span(&text), sink, err);
	buf_free(&text);
	return rc;
}

static bool find(span s, span what)
{
	for (size_t i = 0; i + what.n <= s.n; i++)
		if (memcmp(s.p + i, what.p, what.n) == 0)
			return true;
	return false;
}

static bool sniff(span head, span path)
{
	(void)path;
	if (!head.n || (head.p[0] != '[' && head.p[0] != '{'))
		return false;
	span s = span_sub(head, 0, head.n < 2048 ? head.n : 2048);
	return find(s, SPAN("\"burnerId\"")) && find(s, SPAN("\"contactPhoneNumber\"")) &&
	       find(s, SPAN("\"direction\""));
}

const struct parser parser_burner_ios_file = {
	.name = "burner-ios-file",
	.app = "Burner (iPhone)",
	.platform = PLATFORM_IOS,
	.kinds = KIND_BIT(REC_MESSAGE) | KIND_BIT(REC_CALL),
	.tested = "Burner 5.3 of 2023, real file",
	.sniff = sniff,
	.run = run,
};
