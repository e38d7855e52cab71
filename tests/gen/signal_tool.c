/*
 * signal_tool.c - legacy backups of Signal for the tests.
 *
 *   signal_tool make DB OUT PASSPHRASE [VERSION]   a database becomes a backup, as Signal writes it
 *   signal_tool open IN OUT PASSPHRASE             and what linecheck keeps of one
 *
 * Files that messages carry are written as frames with 100 made-up bytes behind them, one for each
 * row of part or attachment. triage/acquire/signal_crypt.h says the form.
 */
#include "acquire/signal_crypt.h"
#include "base/buf.h"
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const unsigned char iv_first[16] = { 0, 0, 255, 250, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
static const unsigned char salt[32] = "thirty-two bytes that are salt.";

struct maker {
	FILE *out;
	unsigned char aes[32], mac[32];
	uint32_t counter;
	int version;
};

static void die(const char *what)
{
	fprintf(stderr, "signal_tool: %s\n", what);
	exit(1);
}

static void varint(struct buf *b, uint64_t v)
{
	for (; v > 127; v >>= 7)
		buf_byte(b, (char)(unsigned char)((v & 127) | 128));
	buf_byte(b, (char)v);
}

static void field(struct buf *b, unsigned number, uint64_t value)
{
	varint(b, number << 3);
	varint(b, value);
}

static void bytes(struct buf *b, unsigned number, span s)
{
	varint(b, number << 3 | 2);
	varint(b, s.n);
	buf_add(b, s);
}

static void put_number(unsigned char *to, uint32_t n)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(n >> (24 - 8 * i));
}

static void derive(struct maker *m, const char *pass)
{
	unsigned char hash[64], both[64], zeros[32] = { 0 };
	unsigned n;
	size_t len = 64;
	EVP_MD_CTX *md = EVP_MD_CTX_new();
	for (int i = 0; i < 250000; i++) {
		EVP_DigestInit_ex(md, EVP_sha512(), NULL);
		if (i == 0) {
			EVP_DigestUpdate(md, salt, sizeof salt);
			EVP_DigestUpdate(md, pass, strlen(pass));
		} else {
			EVP_DigestUpdate(md, hash, 64);
		}
		EVP_DigestUpdate(md, pass, strlen(pass));
		EVP_DigestFinal_ex(md, hash, &n);
	}
	EVP_MD_CTX_free(md);
	EVP_PKEY_CTX *c = EVP_PKEY_CTX_new_id(EVP_PKEY_HKDF, NULL);
	if (!c || EVP_PKEY_derive_init(c) <= 0 || EVP_PKEY_CTX_set_hkdf_md(c, EVP_sha256()) <= 0 ||
	    EVP_PKEY_CTX_set1_hkdf_salt(c, zeros, 32) <= 0 ||
	    EVP_PKEY_CTX_set1_hkdf_key(c, hash, 32) <= 0 ||
	    EVP_PKEY_CTX_add1_hkdf_info(c, (const unsigned char *)"Backup Export", 13) <= 0 ||
	    EVP_PKEY_derive(c, both, &len) <= 0)
		die("no key");
	EVP_PKEY_CTX_free(c);
	memcpy(m->aes, both, 32);
	memcpy(m->mac, both + 32, 32);
}

/* file: what follows a frame; its IV is authenticated, its length is not written. */
static void seal(struct maker *m, span s, bool file)
{
	unsigned char iv[16], sum[64], length[4], *out = malloc(s.n + 1);
	char digest[] = "SHA256";
	const OSSL_PARAM params[] = { OSSL_PARAM_construct_utf8_string("digest", digest, 0),
				      OSSL_PARAM_construct_end() };
	size_t n;
	int len;
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	EVP_MAC *hmac = EVP_MAC_fetch(NULL, "HMAC", NULL);
	EVP_MAC_CTX *h = EVP_MAC_CTX_new(hmac);
	memcpy(iv, iv_first, 16);
	put_number(iv, m->counter++);
	EVP_EncryptInit_ex(c, EVP_aes_256_ctr(), NULL, m->aes, iv);
	EVP_MAC_init(h, m->mac, 32, params);
	put_number(length, (uint32_t)s.n + 10);
	if (file) {
		EVP_MAC_update(h, iv, 16);
	} else {
		if (m->version) {
			EVP_EncryptUpdate(c, length, &len, length, 4);
			EVP_MAC_update(h, length, 4);
		}
		fwrite(length, 1, 4, m->out);
	}
	EVP_EncryptUpdate(c, out, &len, (const unsigned char *)s.p, (int)s.n);
	EVP_MAC_update(h, out, s.n);
	EVP_MAC_final(h, sum, &n, sizeof sum);
	fwrite(out, 1, s.n, m->out);
	fwrite(sum, 1, 10, m->out);
	EVP_CIPHER_CTX_free(c);
	EVP_MAC_CTX_free(h);
	EVP_MAC_free(hmac);
	free(out);
}

static void frame(struct maker *m, unsigned number, span s)
{
	struct buf b = { 0 };
	bytes(&b, number, s);
	seal(m, buf_span(&b), false);
	buf_free(&b);
}

static void parameter(struct buf *statement, sqlite3_stmt *st, int i)
{
	struct buf p = { 0 };
	double real = sqlite3_column_double(st, i);
	switch (sqlite3_column_type(st, i)) {
	case SQLITE_INTEGER:
		field(&p, 2, (uint64_t)sqlite3_column_int64(st, i));
		break;
	case SQLITE_FLOAT:
		varint(&p, 3 << 3 | 1);
		buf_add(&p, (span){ (const char *)&real, 8 });
		break;
	case SQLITE_TEXT:
		bytes(&p, 1, span_z((const char *)sqlite3_column_text(st, i)));
		break;
	case SQLITE_BLOB:
		bytes(&p, 4,
		      (span){ sqlite3_column_blob(st, i), (size_t)sqlite3_column_bytes(st, i) });
		break;
	default:
		field(&p, 5, 1);
	}
	bytes(statement, 2, buf_span(&p));
	buf_free(&p);
}

static void put_rows(struct maker *m, sqlite3 *db, const char *table)
{
	char sql[200];
	sqlite3_stmt *st;
	snprintf(sql, sizeof sql, "SELECT * FROM \"%s\"", table);
	if (sqlite3_prepare_v2(db, sql, -1, &st, NULL) != SQLITE_OK)
		die(sqlite3_errmsg(db));
	while (sqlite3_step(st) == SQLITE_ROW) {
		struct buf insert = { 0 }, statement = { 0 };
		buf_addf(&insert, "INSERT INTO %s VALUES (", table);
		for (int i = 0; i < sqlite3_column_count(st); i++)
			buf_addf(&insert, "%s?", i ? "," : "");
		buf_byte(&insert, ')');
		bytes(&statement, 1, buf_span(&insert));
		for (int i = 0; i < sqlite3_column_count(st); i++)
			parameter(&statement, st, i);
		frame(m, 2, buf_span(&statement));
		if (!strcmp(table, "part") || !strcmp(table, "attachment")) {
			struct buf file = { 0 };
			char hundred[100] = "made up";
			field(&file, 1, (uint64_t)sqlite3_column_int64(st, 0));
			field(&file, 3, sizeof hundred);
			frame(m, 4, buf_span(&file));
			seal(m, (span){ hundred, sizeof hundred }, true);
			buf_free(&file);
		}
		buf_free(&insert);
		buf_free(&statement);
	}
	sqlite3_finalize(st);
}

static void make(const char *from, const char *to, const char *pass, int version)
{
	struct maker m = { .out = fopen(to, "wb"), .counter = 0x0000fffa, .version = version };
	struct buf head = { 0 }, b = { 0 };
	unsigned char length[4];
	sqlite3 *db;
	sqlite3_stmt *st;
	if (!m.out || sqlite3_open_v2(from, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		die("the database or the output cannot be opened");
	derive(&m, pass);
	bytes(&b, 1, (span){ (const char *)iv_first, 16 });
	bytes(&b, 2, (span){ (const char *)salt, 32 });
	if (version)
		field(&b, 3, (uint64_t)version);
	bytes(&head, 1, buf_span(&b));
	put_number(length, (uint32_t)head.n);
	fwrite(length, 1, 4, m.out);
	fwrite(head.data, 1, head.n, m.out);
	buf_clear(&b);
	field(&b, 1, 200);
	frame(&m, 5, buf_span(&b));
	static const char *const parts[] = {
		"SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid",
		"SELECT name FROM sqlite_master WHERE type='table' ORDER BY rowid"
	};
	for (int i = 0; i < 2; i++) {
		if (sqlite3_prepare_v2(db, parts[i], -1, &st, NULL) != SQLITE_OK)
			die(sqlite3_errmsg(db));
		while (sqlite3_step(st) == SQLITE_ROW) {
			const char *text = (const char *)sqlite3_column_text(st, 0);
			buf_clear(&b);
			bytes(&b, 1, span_z(text));
			if (i == 0)
				frame(&m, 2, buf_span(&b));
			else
				put_rows(&m, db, text);
		}
		sqlite3_finalize(st);
	}
	buf_clear(&b);
	field(&b, 6, 1);
	seal(&m, buf_span(&b), false);
	buf_free(&b);
	buf_free(&head);
	sqlite3_close(db);
	if (fclose(m.out))
		die("the backup could not be written");
}

static int take(void *user, span piece, struct err *err)
{
	return fwrite(piece.p, 1, piece.n, user) == piece.n
		       ? 0
		       : err_set(err, E_IO, "It could not be written.");
}

static void open_backup(const char *from, const char *to, const char *pass)
{
	struct reader *r = NULL;
	struct signal_opened *o = NULL;
	struct err err = { 0 };
	char sha256[65];
	FILE *out = fopen(to, "wb");
	int fd = open(from, O_RDONLY | O_CLOEXEC);
	if (!out || fd < 0 || reader_of_fd(&r, fd, 0, (uint64_t)lseek(fd, 0, SEEK_END), &err) ||
	    signal_opened_new(&o, r, span_z(pass), &err) ||
	    signal_opened_give(o, take, out, sha256, &err))
		die(err.code ? err.message : "a file cannot be opened");
	signal_opened_free(o);
	reader_free(r);
	if (fclose(out))
		die("it could not be written");
}

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[1], "make"))
		make(argv[2], argv[3], argv[4], argc > 5 && argv[5][0] == '0' ? 0 : 1);
	else if (argc == 5 && !strcmp(argv[1], "open"))
		open_backup(argv[2], argv[3], argv[4]);
	else
		die("make DB OUT PASSPHRASE [VERSION] | open IN OUT PASSPHRASE");
	return 0;
}
