/* Exports that are read as streams: vCard, SMS Backup & Restore, property lists. Here what a text
 * file in the repository cannot hold: other charsets, bytes that are no text, sizes without end.
 * The rest is in tests/parsers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above first */
#include "base/buf.h"
#include "parser.h"
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

/* ---- a stream: head, then fill repeated, then tail ---- */

struct stream {
	span head, fill, tail;
	uint64_t filled; /* bytes of fill in all */
	uint64_t at;
	size_t piece; /* at most so many bytes a call, 0: as many as asked for */
};

static char stream_byte(const struct stream *s, uint64_t at)
{
	if (at < s->head.n)
		return s->head.p[at];
	at -= s->head.n;
	if (at < s->filled)
		return s->fill.p[at % s->fill.n];
	return s->tail.p[at - s->filled];
}

static ptrdiff_t stream_read(void *user, void *buf, size_t n, struct err *err)
{
	struct stream *s = user;
	char *out = buf;
	uint64_t size = s->head.n + s->filled + s->tail.n;
	size_t i = 0;
	(void)err;
	if (s->piece && n > s->piece)
		n = s->piece;
	while (i < n && s->at < size) {
		uint64_t left = s->head.n + s->filled - s->at;
		/* Whole copies of fill at once: the big tests are gigabytes otherwise of calls. */
		if (s->at >= s->head.n && left >= s->fill.n && left <= s->filled &&
		    (s->at - s->head.n) % s->fill.n == 0 && n - i >= s->fill.n) {
			memcpy(out + i, s->fill.p, s->fill.n);
			i += s->fill.n;
			s->at += s->fill.n;
			continue;
		}
		out[i++] = stream_byte(s, s->at++);
	}
	return (ptrdiff_t)i;
}

/* ---- what came out, as text ---- */

struct seen {
	struct buf out;
	size_t records, warnings;
	size_t longest; /* text or name */
};

static void put(struct buf *b, const char *what, span s)
{
	if (s.p && s.n < 4096)
		buf_addf(b, " %s=[%.*s]", what, (int)s.n, s.p);
	else if (s.p)
		buf_addf(b, " %s=%zu bytes", what, s.n);
}

static int on_record(void *user, const struct record *r)
{
	struct seen *s = user;
	s->records++;
	buf_addf(&s->out, "%s %lld", r->table, (long long)r->row);
	put(&s->out, "from", r->from.raw);
	for (size_t i = 0; i < r->to_n; i++)
		put(&s->out, "to", r->to[i].raw);
	put(&s->out, "name", r->name);
	put(&s->out, "text", r->text);
	for (size_t i = 0; i < r->ids_n; i++) {
		put(&s->out, "id", r->ids[i].raw);
		put(&s->out, "as", r->ids[i].label);
	}
	for (size_t i = 0; i < r->attachments_n; i++) {
		put(&s->out, "file", r->attachments[i].name);
		put(&s->out, "type", r->attachments[i].type);
	}
	buf_byte(&s->out, '\n');
	if (r->text.n > s->longest)
		s->longest = r->text.n;
	if (r->name.n > s->longest)
		s->longest = r->name.n;
	return 0;
}

static int on_warn(void *user, enum warning kind, const char *table, int64_t row,
		   const char *detail)
{
	struct seen *s = user;
	s->warnings++;
	buf_addf(&s->out, "%s %s %lld: %s\n", warning_word(kind), table ? table : "-",
		 (long long)row, detail);
	return 0;
}

static int read_stream(const char *parser, struct stream *stream, struct seen *seen)
{
	const struct parser *p = parser_find(parser);
	assert_non_null(p);
	struct input in = { .read = stream_read, .user = stream, .path = SPAN("Info.plist") };
	struct sink sink = { on_record, on_warn, seen };
	struct err err = { 0 };
	int rc = parser_run(p, &in, &sink, &err);
	if (rc)
		buf_addf(&seen->out, "ended %s\n", err_word(rc));
	assert_false(seen->out.failed);
	return rc;
}

/* Also in pieces of one and of three bytes: the same must come out. */
static void gives(const char *parser, span file, const char *want)
{
	static const size_t pieces[] = { 0, 1, 3 };
	const struct parser *p = parser_find(parser);
	assert_non_null(p);
	assert_true(p->sniff(file, SPAN("a file of another name")));
	for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
		struct stream stream = { .head = file, .piece = pieces[i] };
		struct seen seen = { 0 };
		read_stream(parser, &stream, &seen);
		assert_string_equal(seen.out.data ? seen.out.data : "", want);
		buf_free(&seen.out);
	}
}

/* UTF-8 of characters up to U+FFFF only. */
static span utf16(struct buf *b, const char *ascii, bool big_endian, bool bom)
{
	static const char le[] = "\xff\xfe", be[] = "\xfe\xff";
	buf_clear(b);
	if (bom)
		buf_add(b, (span){ big_endian ? be : le, 2 });
	for (; *ascii; ascii++) {
		/* '~' stands for U+1F48A in both halves, '^' for U+00E9. */
		unsigned units[2] = { (unsigned char)*ascii, 0 };
		if (*ascii == '^')
			units[0] = 0xe9;
		if (*ascii == '~')
			units[0] = 0xd83d, units[1] = 0xdc8a;
		for (size_t i = 0; i < 2 && units[i]; i++) {
			buf_byte(b, (char)(big_endian ? units[i] >> 8 : units[i] & 0xff));
			buf_byte(b, (char)(big_endian ? units[i] & 0xff : units[i] >> 8));
		}
	}
	return buf_span(b);
}

/* ---- charsets ---- */

static const char card[] =
	"BEGIN:VCARD\r\nVERSION:2.1\r\nFN:Caf^ ~\r\nTEL:07700 900901\r\nEND:VCARD\r\n";

static void vcard_charsets(void **state)
{
	struct buf b = { 0 };
	(void)state;
	for (int order = 0; order < 2; order++) {
		gives("vcard", utf16(&b, card, order, true),
		      "VCARD 1 name=[Caf\xc3\xa9 \xf0\x9f\x92\x8a] id=[07700 900901]\n");
		gives("vcard", utf16(&b, card, order, false),
		      "VCARD 1 name=[Caf\xc3\xa9 \xf0\x9f\x92\x8a] id=[07700 900901]\n");
	}
	gives("vcard",
	      SPAN("\xef\xbb\xbf"
		   "BEGIN:VCARD\nFN:Caf\xc3\xa9\nEND:VCARD\n"),
	      "VCARD 1 name=[Caf\xc3\xa9]\n");
	/* Bytes of no told charset stand as they are. */
	gives("vcard",
	      SPAN("BEGIN:VCARD\nFN:Caf\xe9\nTEL:07700\xa0"
		   "900901\nEND:VCARD\n"),
	      "text-lost VCARD 1: a value that is not UTF-8: kept byte for byte\n"
	      "text-lost VCARD 1: a value that is not UTF-8: kept byte for byte\n"
	      "VCARD 1 name=[Caf\xe9] id=[07700\xa0"
	      "900901]\n");
	gives("vcard", SPAN("BEGIN:VCARD\nFN;CHARSET=windows-1252:\x80uro \x81\nEND:VCARD\n"),
	      "VCARD 1 name=[\xe2\x82\xacuro \xef\xbf\xbd]\n");
	buf_free(&b);
}

static void vcard_line_ends(void **state)
{
	(void)state;
	gives("vcard",
	      SPAN("BEGIN:VCARD\r\nVERSION:3.0\r\nFN:A long\r\n  name\r\n\t!\r\n\r\nEND:VCARD\r\n"),
	      "VCARD 1 name=[A long name!]\n");
	gives("vcard", SPAN("BEGIN:VCARD\rVERSION:2.1\rFN:Old Mac\r folded\rEND:VCARD\r"),
	      "VCARD 1 name=[Old Mac folded]\n");
	gives("vcard", SPAN("\r\n \n BEGIN:VCARD\nFN:x\nEND:VCARD"), "VCARD 1 name=[x]\n");
	gives("vcard", SPAN("BEGIN:VCARD\nFN;ENCODING=QUOTED-PRINTABLE:a=\r\n=3D=\r\nb\nEND:VCARD"),
	      "VCARD 1 name=[a=b]\n");
}

static void xml_charsets(void **state)
{
	static const char xml[] = "<?xml version=\"1.0\" encoding=\"UTF-16\"?><smses count=\"1\">"
				  "<sms address=\"+447700900801\" type=\"1\" body=\"caf^ ~ "
				  "&#55357;&#56458;\"/></smses>";
	static const char want[] = "sms 1 from=[+447700900801] text=[caf\xc3\xa9 "
				   "\xf0\x9f\x92\x8a \xf0\x9f\x92\x8a]\n";
	struct buf b = { 0 };
	(void)state;
	for (int order = 0; order < 2; order++) {
		gives("sms-backup-xml", utf16(&b, xml, order, true), want);
		gives("sms-backup-xml", utf16(&b, xml, order, false), want);
	}
	gives("sms-backup-xml",
	      SPAN("<?xml version='1.0' encoding='windows-1252'?><smses><sms "
		   "address='+447700900801' type='1' body='caf\xe9 \x80"
		   "5'/></smses>"),
	      "sms 1 from=[+447700900801] text=[caf\xc3\xa9 \xe2\x82\xac"
	      "5]\n");
	buf_free(&b);
}

/* ---- bytes that are no text ---- */

static void xml_bad_bytes(void **state)
{
	(void)state;
	/* FF, a sequence cut short at a letter and at the end of the value, a surrogate, controls
	 */
	gives("sms-backup-xml",
	      SPAN("<smses count=\"1\"><sms address=\"+447700900801\" type=\"1\" "
		   "body=\"\xff \xe2\x82z \xed\xa0\xbd \x01\x1b\x7f \xef\xbf\xbe \xf0\x9f\x92\x8a "
		   "\xf0\x9f\x92\"/></smses>"),
	      "text-lost sms 1: bytes that are no text were replaced by U+FFFD\n"
	      "sms 1 from=[+447700900801] text=["
	      "\xef\xbf\xbd \xef\xbf\xbd\xef\xbf\xbdz \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd "
	      "\xef\xbf\xbd\xef\xbf\xbd\x7f \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd "
	      "\xf0\x9f\x92\x8a \xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd]\n");
	/* NUL does not end a value, nor the file. */
	static const char nul[] =
		"<smses count=\"2\"><sms address=\"+447700900801\" type=\"1\" "
		"body=\"a\0b\"/><sms address=\"60075\" type=\"2\" body=\"c\"/></smses>";
	gives("sms-backup-xml", (span){ nul, sizeof nul - 1 },
	      "text-lost sms 1: bytes that are no text were replaced by U+FFFD\n"
	      "sms 1 from=[+447700900801] text=[a\xef\xbf\xbd"
	      "b]\n"
	      "sms 2 to=[60075] text=[c]\n");
}

/* ---- sizes ---- */

static long peak_kb(void)
{
	struct rusage usage;
	getrusage(RUSAGE_SELF, &usage);
	return usage.ru_maxrss;
}

static char block[32768];

static span blocks(char c)
{
	memset(block, c, sizeof block);
	return (span){ block, sizeof block };
}

#define MIB ((uint64_t)1 << 20)

/* Reads head, filled bytes of fill, tail; says what it gave; at most 32 MiB more memory. */
static void big(const char *parser, const char *head, span fill, uint64_t filled, const char *tail,
		const char *want)
{
	struct stream stream = {
		.head = span_z(head), .fill = fill, .filled = filled, .tail = span_z(tail)
	};
	struct seen seen = { 0 };
	long before = peak_kb();
	read_stream(parser, &stream, &seen);
	assert_string_equal(seen.out.data ? seen.out.data : "", want);
	assert_true(peak_kb() - before < 32 * 1024);
	buf_free(&seen.out);
}

static void vcard_big(void **state)
{
	static const char end[] = "\nTEL:07700 900902\nEND:VCARD\n";
	(void)state;
	/* A picture on one line, a folded one, one that is not folded */
	big("vcard", "BEGIN:VCARD\nFN:x\nPHOTO;ENCODING=b:", blocks('A'), 40 * MIB, end,
	    "VCARD 1 name=[x] id=[07700 900902]\n");
	big("vcard", "BEGIN:VCARD\nFN:x\nPHOTO;ENCODING=b:", SPAN("TUFSS0VS\r\n "), 40 * MIB, end,
	    "VCARD 1 name=[x] id=[07700 900902]\n");
	big("vcard", "BEGIN:VCARD\nFN:x\nPHOTO;BASE64:\n", SPAN("TUFSS0VS\r\n"), 40 * MIB, end,
	    "VCARD 1 name=[x] id=[07700 900902]\n");
	/* A name of 512 KiB is one, of 100 MiB it is a limit, and a head without an end is no line
	 */
	big("vcard", "BEGIN:VCARD\nFN:", blocks('n'), MIB / 2, end,
	    "VCARD 1 name=524288 bytes id=[07700 900902]\n");
	big("vcard", "BEGIN:VCARD\nFN:", blocks('n'), 40 * MIB, end,
	    "limit VCARD 1: a value longer than linecheck reads was left out\n"
	    "VCARD 1 id=[07700 900902]\n");
	big("vcard", "BEGIN:VCARD\nFN:x\n", blocks('h'), 40 * MIB, end,
	    "VCARD 1 name=[x] id=[07700 900902]\n");
	big("vcard", "BEGIN:VCARD\nFN:x\nTEL;TYPE=", SPAN("a,"), 40 * MIB,
	    ":07700 900901\nEND:VCARD\n", "VCARD 1 name=[x]\n");
}

static void vcard_many(void **state)
{
	struct stream stream = { .fill = SPAN("BEGIN:VCARD\nTEL:1\nTEL:2\n"), .filled = 24 * 8000 };
	struct seen seen = { 0 };
	(void)state;
	long before = peak_kb();
	assert_int_equal(read_stream("vcard", &stream, &seen), 0);
	assert_int_equal(seen.records, 8000);
	buf_free(&seen.out);
	/* AGENT within AGENT without end */
	stream =
		(struct stream){ .fill = SPAN("BEGIN:VCARD\nFN:x\nAGENT:\n"), .filled = 24 * 4000 };
	seen = (struct seen){ 0 };
	assert_int_equal(read_stream("vcard", &stream, &seen), 0);
	assert_int_equal(seen.records, 4);
	assert_int_equal(seen.warnings, 4000 - 4 + 4);
	buf_free(&seen.out);
	assert_true(peak_kb() - before < 32 * 1024);
}

static void vcard_many_numbers(void **state)
{
	struct stream stream = { .head = SPAN("BEGIN:VCARD\n"),
				 .fill = SPAN("TEL:07700 900901\n"),
				 .filled = 17 * 600,
				 .tail = SPAN("END:VCARD\n") };
	struct seen seen = { 0 };
	(void)state;
	assert_int_equal(read_stream("vcard", &stream, &seen), 0);
	assert_int_equal(seen.records, 1);
	assert_int_equal(seen.warnings, 600 - 512);
	buf_free(&seen.out);
}

static void xml_big(void **state)
{
	static const char sms[] =
		"<smses count=\"2\"><sms address=\"+447700900801\" type=\"1\" body=\"";
	static const char end[] = "\"/><sms address=\"60075\" type=\"2\" body=\"c\"/></smses>";
	static const char mms[] = "<smses count=\"1\"><mms address=\"+447700900801\" msg_box=\"1\">"
				  "<parts><part ct=\"image/png\" name=\"a.png\" data=\"";
	static const char mms_end[] =
		"\"/><part ct=\"text/plain\" text=\"seen\"/></parts></mms></smses>";
	(void)state;
	big("sms-backup-xml", mms, SPAN("TUFSS0VS"), 40 * MIB, mms_end,
	    "mms 1 from=[+447700900801] text=[seen] file=[a.png] type=[image/png]\n");
	big("sms-backup-xml", sms, blocks('t'), MIB, end,
	    "sms 1 from=[+447700900801] text=1048576 bytes\nsms 2 to=[60075] text=[c]\n");
	big("sms-backup-xml", sms, blocks('t'), 40 * MIB, end,
	    "limit sms 1: a value longer than linecheck reads was cut\n"
	    "sms 1 from=[+447700900801] text=2097152 bytes\nsms 2 to=[60075] text=[c]\n");
	/* A tag of attributes without end, elements within elements, a comment without end */
	big("sms-backup-xml", "<smses><sms ", SPAN("a=\"bbbbbbbbbbbb\" "), 40 * MIB, "/></smses>",
	    "ended limit\n");
	big("sms-backup-xml", "<smses><sms ", blocks('n'), 40 * MIB, "/></smses>", "ended limit\n");
	big("sms-backup-xml", "<smses>", SPAN("<a>"), 2 * MIB, "",
	    "row-lost element 1: an element <a> is not read\nended limit\n");
	big("sms-backup-xml", "<smses><!--", blocks('-'), 40 * MIB, "", "ended format\n");
	big("sms-backup-xml", "<smses count=\"0\"> ", blocks('x'), 40 * MIB, "</smses>", "");
}

static void xml_many_parts(void **state)
{
	struct stream stream = {
		.head = SPAN("<smses><mms address=\"60075\" msg_box=\"1\"><parts>"),
		.fill = SPAN("<part ct=\"a/b\"/><part ct=\"text/plain\" text=\"t\"/>"),
		.filled = 51 * 300,
		.tail = SPAN("</parts></mms></smses>")
	};
	struct seen seen = { 0 };
	(void)state;
	stream.filled = stream.fill.n * 300;
	assert_int_equal(read_stream("sms-backup-xml", &stream, &seen), 0);
	assert_int_equal(seen.records, 1);
	assert_int_equal(seen.warnings, 300 - 256);
	assert_int_equal(seen.longest, 300 * 2 - 1);
	buf_free(&seen.out);
}

static void plist_big(void **state)
{
	static const char end[] =
		"</data><key>Phone Number</key><string>+447700900931</string></dict></plist>";
	(void)state;
	big("ios-info", "<plist><dict><key>Icon</key><data>", SPAN("TUFSS0VS\n"), 40 * MIB, end,
	    "Info.plist 1 id=[+447700900931] as=[phone]\n");
	big("ios-info", "<plist><dict><key>IMEI</key><string>", blocks('1'), 40 * MIB,
	    "</string><key>Phone Number</key><string>+447700900931</string></dict></plist>",
	    "Info.plist 1 id=[+447700900931] as=[phone]\n");
	struct stream stream = { .head = SPAN("bplist00"), .fill = blocks(0), .filled = 20 * MIB };
	struct seen seen = { 0 };
	assert_int_equal(read_stream("ios-info", &stream, &seen), E_LIMIT);
	buf_free(&seen.out);
}

/* A binary list by hand: a dictionary of two texts, one of them UTF-16. */
static void plist_binary(void **state)
{
	static const char list[] =
		"bplist00"
		"\xd2\x01\x02\x03\x04" /* 8 */
		"\x5cPhone Number"     /* 13 */
		"\x5b"
		"Device Name"       /* 26 */
		"\x5d+447700900931" /* 38 */
		"\x62\x00"
		"A\x20\x19"            /* 52 */
		"\x08\x0d\x1a\x26\x34" /* 57 */
		"\0\0\0\0\0\0\1\1\0\0\0\0\0\0\0\5\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x39";
	(void)state;
	span s = { list, sizeof list - 1 };
	struct stream stream = { .head = s, .piece = 5 };
	struct seen seen = { 0 };
	assert_int_equal(read_stream("ios-info", &stream, &seen), 0);
	assert_string_equal(seen.out.data,
			    "Info.plist 1 name=[A\xe2\x80\x99] id=[+447700900931] as=[phone]\n");
	buf_free(&seen.out);
	/* Each byte changed, each length cut: never more than an error. */
	for (size_t i = 0; i < s.n; i++)
		for (int value = 0; value < 256; value += 5) {
			char copy[sizeof list];
			memcpy(copy, list, sizeof list);
			copy[i] = (char)value;
			stream = (struct stream){ .head = { copy, value == 5 ? i : s.n } };
			seen = (struct seen){ 0 };
			read_stream("ios-info", &stream, &seen);
			buf_free(&seen.out);
		}
}

/* A dictionary that holds itself, or one that is held by many, is not endless work. */
static void plist_loops(void **state)
{
	static const char self[] =
		"bplist00"
		"\xd1\x01\x00"
		"\x51"
		"a"
		"\x08\x0b"
		"\0\0\0\0\0\0\1\1\0\0\0\0\0\0\0\2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\x0d";
	struct stream stream = { .head = { self, sizeof self - 1 } };
	struct seen seen = { 0 };
	(void)state;
	read_stream("ios-info", &stream, &seen);
	buf_free(&seen.out);
	/* 4 levels of 100 entries that are the same dictionary: 100 million ways through. */
	struct buf b = { 0 };
	buf_add(&b, SPAN("bplist00"));
	for (int level = 0; level < 4; level++) {
		buf_add(&b, SPAN("\xdf\x10\x64"));
		for (int i = 0; i < 100; i++)
			buf_byte(&b, 4);
		for (int i = 0; i < 100; i++)
			buf_byte(&b, (char)(level < 3 ? level + 1 : 4));
	}
	buf_add(&b, SPAN("\x51"
			 "a"));
	size_t table = b.n;
	for (unsigned at = 0; at < 5; at++) {
		unsigned offset = 8 + at * 203;
		buf_byte(&b, (char)(offset >> 8));
		buf_byte(&b, (char)(offset & 0xff));
	}
	static const char trailer[24] = { [6] = 2, [7] = 1, [15] = 5 };
	buf_add(&b, (span){ trailer, sizeof trailer });
	for (int i = 7; i >= 0; i--)
		buf_byte(&b, (char)((uint64_t)table >> (8 * i) & 0xff));
	stream = (struct stream){ .head = buf_span(&b) };
	seen = (struct seen){ 0 };
	assert_int_equal(read_stream("ios-info", &stream, &seen), E_LIMIT);
	buf_free(&seen.out);
	buf_free(&b);
}

/* ---- a sink that ends ---- */

static int stop_record(void *user, const struct record *r)
{
	size_t *left = user;
	(void)r;
	return (*left)-- == 1 ? -77 : 0;
}

static int no_warning(void *user, enum warning kind, const char *table, int64_t row,
		      const char *detail)
{
	(void)user, (void)kind, (void)table, (void)row, (void)detail;
	return 0;
}

static void a_sink_ends_it(void **state)
{
	static const struct {
		const char *parser;
		span file;
	} files[] = {
		{ "vcard",
		  SPAN_INIT("BEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\nBEGIN:VCARD\n") },
		{ "sms-backup-xml", SPAN_INIT("<smses><sms/><mms></mms><sms/></smses>") },
	};
	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		for (size_t at = 1; at <= 3; at++) {
			struct stream stream = { .head = files[i].file };
			struct input in = { .read = stream_read, .user = &stream };
			size_t left = at;
			struct sink sink = { stop_record, no_warning, &left };
			struct err err = { 0 };
			assert_int_equal(parser_run(parser_find(files[i].parser), &in, &sink, &err),
					 -77);
			assert_int_equal(left, 0);
		}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(vcard_charsets),     cmocka_unit_test(vcard_line_ends),
		cmocka_unit_test(xml_charsets),       cmocka_unit_test(xml_bad_bytes),
		cmocka_unit_test(vcard_big),          cmocka_unit_test(vcard_many),
		cmocka_unit_test(vcard_many_numbers), cmocka_unit_test(xml_big),
		cmocka_unit_test(xml_many_parts),     cmocka_unit_test(plist_big),
		cmocka_unit_test(plist_binary),       cmocka_unit_test(plist_loops),
		cmocka_unit_test(a_sink_ends_it),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
