/*
 * adbd.h - a stand-in for the adbd of an Android phone, with the few commands that linecheck runs
 * on one: content, getprop, settings, pm, date, and of adbd_system.h dumpsys, service, bu and sync.
 * Its data are a database; it can fail at any packet.
 *
 * What it prints, by flavour:
 *   aosp8      Android 8, no projection checks: "no such column: x" (SQLiteException)
 *   samsung11  Android 11: refuses the call log to the shell (reported: Swind/pure-python-adb#103);
 *              the words of the refusal are those of AOSP's SecurityException
 *   pixel13    Android 13: strict projections, "Invalid column x" (AOSP SQLiteQueryBuilder)
 *   old6       Android 6: no shell v2, so "exec:", one stream for output and errors, no exit codes
 * Rows as AOSP's cmds/content prints them. Real: the packets, AUTH with RSA. Invented: which
 * columns which maker has, every value.
 */
#ifndef PEERS_ADBD_H
#define PEERS_ADBD_H
#include "base/buf.h"
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <openssl/rsa.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define PEER __attribute__((unused)) static

enum peer_owner { OWNER_KNOWS, OWNER_ALLOWS, OWNER_SILENT };
enum peer_fault {
	FAULT_NONE,
	FAULT_CLOSE,
	FAULT_SILENT,
	FAULT_GARBAGE,
	FAULT_LENGTH,
	FAULT_CUT,
	FAULT_ORDER, /* what belongs to no stream, and then ends the one that is open */
	FAULT_DRIP,  /* a byte in a tenth of a second */
	FAULT_MAX
};

struct peer_adbd {
	const char *db, *flavour; /* NULL: aosp8 */
	enum peer_owner owner;
	int startup_ms;        /* of each command */
	enum peer_fault fault; /* at packet number at, from 1 */
	long at;
	long vanish;    /* _id of a text message that is gone after the first question */
	bool lies;      /* one row twice */
	bool miscounts; /* a page of texts lacks its last row */
	bool refuses;   /* texts: their provider gives nothing, a backup does */
	bool toggles;   /* a setting changes while it is read */
	int count_fd;   /* the number of packets goes there at the end, or -1 */
};

struct peer {
	const struct peer_adbd *o;
	int fd;
	sqlite3 *db;
	long packets, questions;
	uint32_t local, remote;
	unsigned char token[20], signature[256];
	bool signed_once;
};

#define PW(a, b, c, d) \
	((uint32_t)(a) | (uint32_t)(b) << 8 | (uint32_t)(c) << 16 | (uint32_t)(d) << 24)
#define P_CNXN PW('C', 'N', 'X', 'N')
#define P_AUTH PW('A', 'U', 'T', 'H')
#define P_OPEN PW('O', 'P', 'E', 'N')
#define P_OKAY PW('O', 'K', 'A', 'Y')
#define P_CLSE PW('C', 'L', 'S', 'E')
#define P_WRTE PW('W', 'R', 'T', 'E')
#define PEER_PACKET ((uint32_t)256 * 1024)

PEER bool peer_is(const struct peer *p, const char *flavour)
{
	return strcmp(p->o->flavour ? p->o->flavour : "aosp8", flavour) == 0;
}

PEER void peer_end(struct peer *p)
{
	if (p->o->count_fd >= 0)
		dprintf(p->o->count_fd, "%ld", p->packets);
	sqlite3_close(p->db);
	_exit(0);
}

PEER void peer_bytes(struct peer *p, const void *bytes, size_t n)
{
	const char *at = bytes;
	while (n) {
		ssize_t w = send(p->fd, at, n, MSG_NOSIGNAL);
		if (w <= 0)
			peer_end(p);
		at += w;
		n -= (size_t)w;
	}
}

PEER void peer_take(struct peer *p, void *bytes, size_t n)
{
	char *at = bytes;
	while (n) {
		ssize_t r = recv(p->fd, at, n, 0);
		if (r <= 0)
			peer_end(p);
		at += r;
		n -= (size_t)r;
	}
}

PEER void peer_put32(unsigned char *to, uint32_t v)
{
	for (int i = 0; i < 4; i++, v >>= 8)
		to[i] = (unsigned char)(v & 255);
}

PEER uint32_t peer_get32(const unsigned char *p)
{
	return PW(p[0], p[1], p[2], p[3]);
}

PEER void peer_send(struct peer *p, uint32_t command, uint32_t a, uint32_t b, span data)
{
	unsigned char head[24];
	uint32_t words[6] = { command, a, b, (uint32_t)data.n, 0, ~command };
	bool now = ++p->packets == p->o->at;
	for (size_t i = 0; i < data.n; i++)
		words[4] += (unsigned char)data.p[i];
	if (now && p->o->fault == FAULT_CLOSE)
		peer_end(p);
	if (now && p->o->fault == FAULT_SILENT)
		pause();
	if (now && p->o->fault == FAULT_GARBAGE)
		words[5] ^= 0x55;
	if (now && p->o->fault == FAULT_LENGTH)
		words[3] = 0x7fffffff;
	for (size_t i = 0; i < 6; i++)
		peer_put32(head + 4 * i, words[i]);
	if (now && p->o->fault == FAULT_ORDER) {
		unsigned char stray[24] = { 0 };
		const uint32_t odd[] = { P_CLSE, b + 7, b, 0, 0, ~P_CLSE };
		for (size_t i = 0; i < 6; i++)
			peer_put32(stray + 4 * i, odd[i]);
		peer_bytes(p, stray, sizeof stray);
	}
	for (size_t i = 0; now && p->o->fault == FAULT_DRIP && i < sizeof head; i++) {
		const struct timespec t = { 0, 100000000 };
		nanosleep(&t, NULL);
		peer_bytes(p, head + i, 1);
	}
	if (!now || p->o->fault != FAULT_DRIP)
		peer_bytes(p, head, sizeof head);
	if (now && p->o->fault == FAULT_CUT) {
		peer_bytes(p, data.p, data.n / 2);
		peer_end(p);
	}
	peer_bytes(p, data.p, data.n);
}

PEER uint32_t peer_receive(struct peer *p, uint32_t *a, uint32_t *b, struct buf *data)
{
	unsigned char head[24];
	peer_take(p, head, sizeof head);
	uint32_t n = peer_get32(head + 12);
	*a = peer_get32(head + 4);
	*b = peer_get32(head + 8);
	char *bytes = malloc(n + 1);
	if (!bytes || n > PEER_PACKET)
		peer_end(p);
	peer_take(p, bytes, n);
	buf_clear(data);
	buf_add(data, (span){ bytes, n });
	free(bytes);
	return peer_get32(head);
}

/* ---- who may ---- */

/* Does the key that is shown now verify the signature that came before? As adbd would at the next
 * connection. */
PEER bool peer_verifies(const struct peer *p, span key)
{
	unsigned char raw[1024];
	char text[1024];
	size_t n = 0;
	while (n < key.n && n < sizeof text && key.p[n] && key.p[n] != ' ') {
		text[n] = key.p[n];
		n++;
	}
	int got = EVP_DecodeBlock(raw, (unsigned char *)text, (int)n);
	if (got < 524 || peer_get32(raw) != 64 || peer_get32(raw + 520) != 65537)
		return false;
	uint32_t low = peer_get32(raw + 8), inverse = peer_get32(raw + 4);
	if ((uint32_t)(low * inverse) != 0xffffffffu)
		return false;
	BIGNUM *modulus = BN_lebin2bn(raw + 8, 256, NULL), *e = BN_new();
	OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_from_name(NULL, "RSA", NULL);
	EVP_PKEY *pair = NULL;
	BN_set_word(e, 65537);
	OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, modulus);
	OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e);
	OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(b);
	bool ok = EVP_PKEY_fromdata_init(c) == 1 &&
		  EVP_PKEY_fromdata(c, &pair, EVP_PKEY_PUBLIC_KEY, params) == 1;
	EVP_PKEY_CTX *v = ok ? EVP_PKEY_CTX_new(pair, NULL) : NULL;
	ok = ok && EVP_PKEY_verify_init(v) == 1 &&
	     EVP_PKEY_CTX_set_rsa_padding(v, RSA_PKCS1_PADDING) == 1 &&
	     EVP_PKEY_CTX_set_signature_md(v, EVP_sha1()) == 1 &&
	     EVP_PKEY_verify(v, p->signature, 256, p->token, 20) == 1;
	EVP_PKEY_CTX_free(v);
	EVP_PKEY_free(pair);
	EVP_PKEY_CTX_free(c);
	OSSL_PARAM_free(params);
	OSSL_PARAM_BLD_free(b);
	BN_free(modulus);
	BN_free(e);
	return ok;
}

PEER void peer_hello(struct peer *p)
{
	static const char modern[] =
		"device::ro.product.name=standin;ro.product.model=Stand-in;features=shell_v2,cmd,"
		"stat_v2,ls_v2";
	static const char old[] = "device::ro.product.name=standin;";
	struct buf b = { 0 };
	uint32_t x, y;
	for (int i = 0; i < 20; i++)
		p->token[i] = (unsigned char)(i * 13 + 7);
	if (peer_receive(p, &x, &y, &b) != P_CNXN)
		peer_end(p);
	while (p->o->owner != OWNER_KNOWS) {
		peer_send(p, P_AUTH, 1, 0, (span){ (char *)p->token, 20 });
		if (peer_receive(p, &x, &y, &b) != P_AUTH)
			peer_end(p);
		if (x == 2 && b.n == 256) {
			memcpy(p->signature, b.data, 256);
			p->signed_once = true;
		} else if (x == 3 && p->signed_once && peer_verifies(p, buf_span(&b))) {
			if (p->o->owner == OWNER_SILENT)
				pause();
			break;
		} else {
			peer_end(p);
		}
	}
	peer_send(p, P_CNXN, 0x01000001, PEER_PACKET, span_z(peer_is(p, "old6") ? old : modern));
	buf_free(&b);
}

/* ---- output ---- */

/* A WRTE, and the OKAY for it. False when the other side closed the stream. */
PEER bool peer_write(struct peer *p, span bytes)
{
	struct buf b = { 0 };
	uint32_t x, y, command;
	bool ok = true;
	while (ok && bytes.n) {
		size_t n = bytes.n < PEER_PACKET ? bytes.n : PEER_PACKET;
		peer_send(p, P_WRTE, p->local, p->remote, (span){ bytes.p, n });
		do
			command = peer_receive(p, &x, &y, &b);
		while (command == P_CLSE && y != p->local);
		ok = command == P_OKAY;
		bytes = span_from(bytes, n);
	}
	buf_free(&b);
	return ok;
}

PEER void peer_wrapped(struct buf *to, unsigned char kind, span bytes)
{
	unsigned char length[4];
	if (!bytes.n && kind != 3)
		return;
	peer_put32(length, (uint32_t)bytes.n);
	buf_byte(to, (char)kind);
	buf_add(to, (span){ (char *)length, 4 });
	buf_add(to, bytes);
}

/* ---- the commands ---- */

/* The word behind name, without quotes. */
PEER bool peer_option(const char *command, const char *name, char *out, size_t cap)
{
	const char *p = strstr(command, name);
	size_t n = 0;
	*out = 0;
	if (!p)
		return false;
	p += strlen(name);
	while (*p == ' ')
		p++;
	char end = *p == '\'' ? *p++ : ' ';
	while (*p && *p != end && n + 1 < cap)
		out[n++] = *p++;
	out[n] = 0;
	return true;
}

PEER const char *peer_table(const char *uri, long *mms)
{
	static const char *const map[][2] = {
		{ "content://sms", "sms" },
		{ "content://mms", "pdu" },
		{ "content://mms/part", "part" },
		{ "content://mms-sms/conversations?simple=true", "threads" },
		{ "content://mms-sms/canonical-addresses", "canonical_addresses" },
		{ "content://call_log/calls", "calls" },
		{ "content://com.android.contacts/raw_contacts", "raw_contacts" },
		{ "content://com.android.contacts/data", "data" },
		{ "content://telephony/siminfo", "siminfo" },
	};
	*mms = 0;
	for (size_t i = 0; i < sizeof map / sizeof *map; i++)
		if (strcmp(uri, map[i][0]) == 0)
			return map[i][1];
	static const char before[] = "content://mms/";
	char *end;
	if (strncmp(uri, before, sizeof before - 1) != 0)
		return NULL;
	*mms = strtol(uri + sizeof before - 1, &end, 10);
	return strcmp(end, "/addr") == 0 ? "addr" : NULL;
}

PEER void peer_value(struct buf *out, sqlite3_stmt *st, int i)
{
	if (sqlite3_column_type(st, i) == SQLITE_NULL)
		buf_add(out, SPAN("NULL"));
	else
		buf_add(out, (span){ (const char *)sqlite3_column_text(st, i),
				     (size_t)sqlite3_column_bytes(st, i) });
}

PEER void peer_content(struct peer *p, const char *command, struct buf *out, struct buf *said)
{
	char uri[200], columns[400], where[400], sort[100];
	struct buf sql = { 0 };
	sqlite3_stmt *st = NULL;
	long mms;
	peer_option(command, "--uri", uri, sizeof uri);
	peer_option(command, "--projection", columns, sizeof columns);
	bool filtered = peer_option(command, "--where", where, sizeof where);
	bool sorted = peer_option(command, "--sort", sort, sizeof sort);
	const char *table = peer_table(uri, &mms);
	p->questions++;
	if (!table) {
		buf_addf(said, "[ERROR] Could not find provider: %s\n", uri);
		return;
	}
	if (peer_is(p, "samsung11") && strcmp(table, "calls") == 0) {
		buf_addf(said,
			 "Error while accessing provider:call_log\njava.lang.SecurityException: "
			 "Permission Denial: opening provider from (null) requires "
			 "android.permission.READ_CALL_LOG\n");
		return;
	}
	if (strcmp(table, "siminfo") == 0 && (peer_is(p, "pixel13") || peer_is(p, "samsung11"))) {
		buf_addf(said,
			 "Error while accessing provider:telephony\njava.lang."
			 "SecurityException: Access SIMINFO table from not phone/system UID\n");
		return;
	}
	if (p->o->refuses &&
	    (!strcmp(table, "sms") || !strcmp(table, "pdu") || !strcmp(table, "part") ||
	     !strcmp(table, "threads") || !strcmp(table, "canonical_addresses"))) {
		buf_addf(said, "Error while accessing provider:sms\njava.lang.SecurityException: "
			       "Permission Denial: reading com.android.providers.telephony."
			       "SmsProvider requires android.permission.READ_SMS\n");
		return;
	}
	buf_addf(&sql, "SELECT ");
	for (char *c = columns; *c; c++)
		buf_byte(&sql, *c == ':' ? ',' : *c);
	buf_addf(&sql, " FROM %s WHERE 1", table);
	if (mms)
		buf_addf(&sql, " AND msg_id=%ld", mms);
	if (filtered)
		buf_addf(&sql, " AND (%s)", where);
	if (p->o->vanish && strcmp(table, "sms") == 0 && strstr(columns, "_id:body"))
		buf_addf(&sql, " AND _id<>%ld", p->o->vanish);
	if (p->o->vanish && strcmp(table, "sms") == 0 && strcmp(columns, "body") == 0)
		buf_addf(&sql, " AND _id<>%ld", p->o->vanish);
	if (sorted)
		buf_addf(&sql, " ORDER BY %s", sort);
	if (sqlite3_prepare_v2(p->db, sql.data, -1, &st, NULL) != SQLITE_OK) {
		const char *why = sqlite3_errmsg(p->db), *name = strrchr(why, ' ');
		if (peer_is(p, "pixel13"))
			buf_addf(said,
				 "Error while accessing provider:x\njava.lang."
				 "IllegalArgumentException: Invalid column%s\n",
				 name ? name : "");
		else
			buf_addf(said,
				 "Error while accessing provider:x\nandroid.database.sqlite."
				 "SQLiteException: %s (code 1), while compiling: SELECT\n",
				 why);
	}
	long row = 0;
	size_t before = 0;
	for (; st && sqlite3_step(st) == SQLITE_ROW; row++) {
		before = out->n;
		int times = p->o->lies && row == 1 ? 2 : 1;
		for (int t = 0; t < times; t++) {
			buf_addf(out, "Row: %ld ", row + t);
			for (int i = 0; i < sqlite3_column_count(st); i++) {
				buf_addf(out, "%s%s=", i ? ", " : "", sqlite3_column_name(st, i));
				peer_value(out, st, i);
			}
			buf_byte(out, '\n');
		}
		row += times - 1;
	}
	if (p->o->miscounts && row > 1 && strstr(columns, "_id:body"))
		out->n = before;
	if (st && !row)
		buf_addf(out, "No result found.\n");
	sqlite3_finalize(st);
	buf_free(&sql);
}

#include "adbd_system.h"

PEER void peer_command(struct peer *p, const char *command, struct buf *out, struct buf *said)
{
	static int asked;
	if (p->o->startup_ms) {
		const struct timespec t = { p->o->startup_ms / 1000,
					    (p->o->startup_ms % 1000) * 1000000L };
		nanosleep(&t, NULL);
	}
	if (strncmp(command, "content query", 13) == 0)
		peer_content(p, command, out, said);
	else if (strcmp(command, "getprop") == 0)
		buf_addf(
			out,
			"[ro.product.model]: [Stand-in %s]\n[ro.product.manufacturer]: [Invented]\n"
			"[ro.build.version.release]: [%s]\n[ro.build.id]: [TEST.1]\n[ro.serialno]: "
			"[STANDIN01]\n",
			p->o->flavour ? p->o->flavour : "aosp8",
			peer_is(p, "pixel13")     ? "13"
			: peer_is(p, "samsung11") ? "11"
			: peer_is(p, "old6")      ? "6.0.1"
						  : "8.1.0");
	else if (strncmp(command, "settings get global", 19) == 0)
		buf_addf(out, "%d\n", p->o->toggles && ++asked > 6 ? 0 : 1);
	else if (strcmp(command, "date +%s") == 0)
		buf_addf(out, "%lld\n", (long long)time(NULL) + 3600);
	else if (strcmp(command, "pm list packages") == 0)
		buf_addf(out, "package:android\npackage:org.thoughtcrime.securesms\n");
	else if (strncmp(command, "dumpsys ", 8) == 0)
		peer_dumpsys(p, command + 8, out, said);
	else if (strncmp(command, "service call iphonesubinfo 1", 28) == 0)
		peer_imei(p, out);
	else if (strncmp(command, "bu backup ", 10) == 0)
		peer_backup(p, out);
	else
		buf_addf(said, "/system/bin/sh: %s: not found\n", command);
}

PEER void peer_stream(struct peer *p, const char *service)
{
	struct buf out = { 0 }, said = { 0 }, all = { 0 };
	bool v2 = strncmp(service, "shell,v2,raw:", 13) == 0;
	if (strcmp(service, "sync:") == 0) {
		peer_send(p, P_OKAY, p->local, p->remote, SPAN_NONE);
		peer_sync(p);
		return;
	}
	if (!v2 && strncmp(service, "exec:", 5) != 0) {
		peer_send(p, P_CLSE, 0, p->remote, SPAN_NONE);
		return;
	}
	peer_send(p, P_OKAY, p->local, p->remote, SPAN_NONE);
	peer_command(p, strchr(service, ':') + 1, &out, &said);
	if (v2) { /* in pieces, as a pipe gives them */
		span left = buf_span(&out);
		for (size_t n = 1000; left.n; n = n < 60000 ? n * 2 : n) {
			span piece = { left.p, n < left.n ? n : left.n };
			peer_wrapped(&all, 1, piece);
			left = span_from(left, piece.n);
		}
		peer_wrapped(&all, 2, buf_span(&said));
		peer_wrapped(&all, 3, (span){ "\0", 1 });
	} else {
		buf_add(&all, buf_span(&said));
		buf_add(&all, buf_span(&out));
	}
	if (peer_write(p, buf_span(&all)))
		peer_send(p, P_CLSE, p->local, p->remote, SPAN_NONE);
	buf_free(&out);
	buf_free(&said);
	buf_free(&all);
}

PEER void peer_serve(int fd, const struct peer_adbd *o)
{
	struct peer p = { .o = o, .fd = fd };
	struct buf b = { 0 };
	uint32_t x, y;
	if (sqlite3_open_v2(o->db, &p.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		_exit(9);
	peer_hello(&p);
	for (;;) {
		uint32_t command = peer_receive(&p, &x, &y, &b);
		if (command != P_OPEN)
			continue;
		p.local++;
		p.remote = x;
		buf_byte(&b, 0);
		peer_stream(&p, b.data);
	}
}

/* A phone in a process of its own, on a free port of this machine, for one connection. */
PEER pid_t peer_start(const struct peer_adbd *o, int *ret_port)
{
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (s < 0 || bind(s, (void *)&a, sizeof a) || listen(s, 4) ||
	    getsockname(s, (void *)&a, &n))
		return -1;
	*ret_port = ntohs(a.sin_port);
	pid_t pid = fork();
	if (pid == 0) {
		int fd = accept(s, NULL, NULL), one = 1;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		peer_serve(fd, o);
	}
	close(s);
	return pid;
}

/* It ends when the other side is gone, and then says how much it sent. */
PEER void peer_stop(pid_t pid)
{
	const struct timespec t = { 0, 10000000 };
	for (int i = 0; i < 30; i++) {
		if (waitpid(pid, NULL, WNOHANG) == pid)
			return;
		nanosleep(&t, NULL);
	}
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
}
#endif
