/* WhatsApp's own backups: made here as WhatsApp makes them, opened through the public doors. */
#include "acquire/wa_crypt.h"
#include "base/buf.h"
#include "evidence.h"
#include "evidence_helpers.h"
#include "vault.h"
#include "vault_key.h"
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <zlib.h>

static const unsigned char root_key[32] = "0123456789abcdefghijklmnopqrstuv";
static const unsigned char salt[32] = "salt salt salt salt salt salt sa";
static const unsigned char id[16] = "google google go";
static const unsigned char iv[16] = "an iv of sixteen";

static void put(unsigned char *to, const unsigned char *from, size_t n)
{
	while (n--)
		*to++ = *from++;
}

static span bytes_of(const unsigned char *p, size_t n)
{
	return (span){ (const char *)p, n };
}

/* What the phone holds: the array that Java writes, of 32 or of 131 bytes. */
static void key_file(struct buf *out, bool root)
{
	unsigned char rest[131] = { 0, 1, 2 };
	buf_add(out, (span){ "\xac\xed\0\5ur\0\2[B\xac\xf3\x17\xf8\6\10T\xe0\2\0\0xp", 23 });
	buf_add(out, root ? (span){ "\0\0\0\x20", 4 } : (span){ "\0\0\0\x83", 4 });
	put(rest + 3, salt, 32);
	put(rest + 35, id, 16);
	put(rest + 99, root_key, 32);
	buf_add(out, root ? bytes_of(root_key, 32) : bytes_of(rest, 131));
}

static void field(struct buf *out, unsigned number, span s)
{
	buf_byte(out, (char)(number << 3 | 2));
	buf_byte(out, (char)s.n);
	buf_add(out, s);
}

static void header(struct buf *out, int version)
{
	struct buf inner = { 0 }, message = { 0 };
	if (version == 12) {
		buf_add(out, (span){ "\0\1\2", 3 });
		buf_add(out, bytes_of(salt, 32));
		buf_add(out, bytes_of(id, 16));
		buf_add(out, bytes_of(iv, 16));
		return;
	}
	if (version == 14) {
		field(&inner, 1, (span){ "\0\1", 2 });
		field(&inner, 3, bytes_of(salt, 32));
		field(&inner, 4, bytes_of(id, 16));
		field(&inner, 5, bytes_of(iv, 16));
	} else {
		field(&inner, 1, bytes_of(iv, 16));
	}
	field(&message, version == 14 ? 2 : 3, buf_span(&inner));
	field(&message, 4, SPAN("2.24.1.75"));
	buf_byte(out, (char)message.n);
	if (version == 15)
		buf_byte(out, 1);
	buf_add(out, buf_span(&message));
	buf_free(&inner);
	buf_free(&message);
}

static void real_key(int version, unsigned char out[32])
{
	static const unsigned char zeros[32];
	unsigned char first[32];
	unsigned n;
	put(out, root_key, 32);
	if (version != 15)
		return;
	HMAC(EVP_sha256(), zeros, 32, root_key, 32, first, &n);
	HMAC(EVP_sha256(), first, 32, (const unsigned char *)"backup encryption\1", 18, out, &n);
}

struct make {
	int version;
	bool no_sum;     /* as newer backups in several files */
	bool not_packed; /* what is sealed was never deflated */
	bool cut;        /* the deflated bytes break off, and are sealed so */
};

static void seal(struct buf *out, const struct make *m, span database)
{
	unsigned char key[32], sum[16];
	unsigned n = 0;
	int got = 0;
	uLongf packed_n = compressBound(database.n);
	unsigned char *packed = malloc(packed_n), *sealed;
	assert_int_equal(compress(packed, &packed_n, (const unsigned char *)database.p, database.n),
			 Z_OK);
	if (m->not_packed)
		memset(packed, 'x', packed_n);
	if (m->cut)
		packed_n -= packed_n / 3;
	sealed = malloc(packed_n + 16);
	real_key(m->version, key);
	EVP_CIPHER_CTX *c = EVP_CIPHER_CTX_new();
	EVP_EncryptInit_ex(c, EVP_aes_256_gcm(), NULL, NULL, NULL);
	EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_SET_IVLEN, 16, NULL);
	EVP_EncryptInit_ex(c, NULL, NULL, key, iv);
	EVP_EncryptUpdate(c, sealed, &got, packed, (int)packed_n);
	EVP_EncryptFinal_ex(c, sealed + got, &got);
	EVP_CIPHER_CTX_ctrl(c, EVP_CTRL_GCM_GET_TAG, 16, sealed + packed_n);
	EVP_CIPHER_CTX_free(c);
	buf_clear(out);
	header(out, m->version);
	buf_add(out, bytes_of(sealed, packed_n + 16));
	if (!m->no_sum) {
		EVP_Digest(out->data, out->n, sum, &n, EVP_md5(), NULL);
		buf_add(out, bytes_of(sum, 16));
	}
	if (m->version == 12)
		buf_add(out, SPAN("--23"));
	free(packed);
	free(sealed);
}

static int take(void *user, span piece, struct err *err)
{
	(void)err;
	buf_add(user, piece);
	return 0;
}

/* 0 or what wa_open said; got has what it gave. */
static int open_with(span backup, span key_bytes, struct buf *got, struct err *err)
{
	struct wa_key *key = NULL;
	struct reader *r = NULL;
	char sha256[65];
	*err = (struct err){ 0 };
	buf_clear(got);
	assert_int_equal(wa_key_of(&key, key_bytes, err), 0);
	assert_int_equal(reader_of_memory(&r, backup, err), 0);
	int rc = wa_open(r, key, take, got, sha256, err);
	reader_free(r);
	wa_key_free(key);
	return rc;
}

/* Bytes that do not deflate to nothing, more than one block. */
static span database(void)
{
	static char bytes[700000];
	uint32_t x = 1;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)((x = x * 1103515245u + 12345u) >> 24 & 63);
	return (span){ bytes, sizeof bytes };
}

static void opens(void **state)
{
	(void)state;
	struct buf backup = { 0 }, key = { 0 }, got = { 0 };
	struct err err;
	for (int version = 12; version <= 15; version++) {
		if (version == 13)
			continue;
		buf_clear(&key);
		key_file(&key, version == 15);
		for (int no_sum = 0; no_sum <= 1; no_sum++) {
			struct make m = { .version = version, .no_sum = no_sum };
			seal(&backup, &m, database());
			assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err),
					 0);
			assert_true(span_eq(buf_span(&got), database()));
		}
	}
	buf_free(&backup);
	buf_free(&key);
	buf_free(&got);
}

/* The 64 digits as people write them, and the key's bytes alone. */
static void spellings(void **state)
{
	(void)state;
	struct make m = { .version = 15 };
	struct buf backup = { 0 }, got = { 0 }, hex = { 0 };
	struct err err;
	struct wa_key *key = NULL;
	seal(&backup, &m, database());
	for (int form = 0; form < 3; form++) {
		buf_clear(&hex);
		if (form == 2)
			buf_add(&hex, SPAN("\xef\xbb\xbf"));
		for (size_t i = 0; i < 32; i++)
			buf_addf(&hex, form == 1 ? "%02X%s" : "%02x%s", root_key[i],
				 form == 1 && i % 2 ? " " : "");
		buf_add(&hex, SPAN("\r\n"));
		assert_int_equal(open_with(buf_span(&backup), buf_span(&hex), &got, &err), 0);
	}
	assert_int_equal(open_with(buf_span(&backup), bytes_of(root_key, 32), &got, &err), 0);
	hex.data[5] = 'g';
	assert_int_equal(wa_key_of(&key, buf_span(&hex), &err), E_USER);
	assert_int_equal(wa_key_of(&key, SPAN(""), NULL), E_USER);
	assert_int_equal(wa_key_of(&key, bytes_of(root_key, 31), NULL), E_USER);
	assert_int_equal(wa_key_of(&key, SPAN("0123456789"), NULL), E_USER);
	buf_free(&backup);
	buf_free(&got);
	buf_free(&hex);
}

/* Nothing is given of what the key does not prove, and each refusal says what it is. */
static void refuses(void **state)
{
	(void)state;
	struct make m = { .version = 15 };
	struct buf backup = { 0 }, key = { 0 }, old = { 0 }, got = { 0 };
	struct err err;
	key_file(&key, true);
	key_file(&old, false);
	seal(&backup, &m, database());
	/* one bit anywhere behind the header's IV */
	for (size_t at = 40; at < backup.n - 20; at += backup.n / 7) {
		backup.data[at] ^= 1;
		assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err),
				 E_ENCRYPTED);
		assert_int_equal(got.n, 0);
		backup.data[at] ^= 1;
	}
	assert_int_equal(open_with((span){ backup.data, backup.n / 2 }, buf_span(&key), &got, &err),
			 E_ENCRYPTED);
	assert_int_equal(open_with(buf_span(&backup), buf_span(&old), &got, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "'encrypted_backup.key' or the 64 digits"));
	key.data[key.n - 1] ^= 1;
	assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "does not open this backup"));
	key.data[key.n - 1] ^= 1;
	m.version = 14;
	seal(&backup, &m, database());
	assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err), E_ENCRYPTED);
	assert_non_null(strstr(err.message, "give the file 'key'."));
	old.data[40] ^= 1; /* another salt */
	assert_int_equal(open_with(buf_span(&backup), buf_span(&old), &got, &err), E_ENCRYPTED);
	m = (struct make){ .version = 15, .not_packed = true };
	seal(&backup, &m, database());
	assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err), E_FORMAT);
	m = (struct make){ .version = 15, .cut = true };
	seal(&backup, &m, database());
	assert_int_equal(open_with(buf_span(&backup), buf_span(&key), &got, &err), E_FORMAT);
	assert_non_null(strstr(err.message, "breaks off"));
	assert_int_equal(open_with(SPAN("SQLite format 3"), buf_span(&key), &got, &err), E_FORMAT);
	assert_int_equal(open_with(SPAN(""), buf_span(&key), &got, &err), E_FORMAT);
	buf_free(&backup);
	buf_free(&key);
	buf_free(&old);
	buf_free(&got);
}

static void names(void **state)
{
	(void)state;
	static const struct {
		const char *name;
		size_t n;
		int version;
	} cases[] = {
		{ "msgstore.db.crypt15", 8, 15 },
		{ "msgstore-2024-05-01.1.db.crypt14", 8, 14 },
		{ "wa.db.crypt12", 2, 12 },
		{ "MSGSTORE.DB.CRYPT14", 8, 14 },
		{ "msgstore.db", 0, 0 },
		{ "msgstore.db.crypt13", 0, 0 },
		{ ".db.crypt15", 0, 0 },
		{ "-1.db.crypt15", 0, 0 },
		{ "msgstore.db.crypt15.tmp", 0, 0 },
	};
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		size_t n = 0;
		int version = 0;
		bool is = wa_backup_name(span_z(cases[i].name), &n, &version);
		assert_int_equal(is, cases[i].n != 0);
		if (is) {
			assert_int_equal(n, cases[i].n);
			assert_int_equal(version, cases[i].version);
		}
	}
}

static void header_bounds(void **state)
{
	(void)state;
	struct make m = { .version = 14 };
	struct buf backup = { 0 };
	struct wa_header h;
	seal(&backup, &m, SPAN("x"));
	assert_true(wa_header_read(buf_span(&backup), &h));
	assert_int_equal(h.version, 14);
	for (size_t n = 0; n < h.body; n++)
		assert_false(wa_header_read((span){ backup.data, n }, &(struct wa_header){ 0 }));
	buf_free(&backup);
}

/* ---- in a source ---- */

/* "state|name|detail" of each file, by name. */
static void states(const char *folder, const char *vault, const struct wa_key *key, struct buf *out)
{
	struct source *s = NULL;
	struct err err = { 0 };
	struct vault_key *vault_key = NULL;
	assert_int_equal(vault_key_training(&vault_key, NULL), 0);
	struct source_options options = { .vault_dir = vault,
					  .vault_key = vault_key,
					  .whatsapp_key = key };
	if (source_open(&s, folder, &options, &err))
		fail_msg("%s", err.message);
	buf_clear(out);
	for (size_t i = 0; i < source_files(s); i++) {
		struct evidence *e = NULL;
		struct input input;
		struct evidence_file *f = source_file(s, i);
		if (f->state == EVIDENCE_READ && evidence_open(&e, s, i, &input, &err) == 0)
			evidence_close(e);
		buf_addf(out, "%s %.*s: %.30s\n", evidence_state_word(f->state), (int)f->path.n,
			 f->path.p, f->detail ? f->detail : "-");
		if (f->opened.vault)
			buf_addf(out, "%.*s %s %llu %s\n", (int)f->opened.path.n, f->opened.path.p,
				 f->opened.vault, (unsigned long long)f->opened.size,
				 f->opened.sha256);
	}
	source_close(s);
	vault_key_free(vault_key);
}

static void one_is_read(void **state)
{
	(void)state;
	static const char sql[] =
		"CREATE TABLE messages (_id INTEGER PRIMARY KEY, key_remote_jid TEXT, key_from_me "
		"INT,"
		" key_id TEXT, status INT, data TEXT, timestamp INT, media_wa_type TEXT,"
		" remote_resource TEXT)";
	static const char *const copies[] = { "msgstore-2024-01-01.1.db.crypt15",
					      "msgstore-2024-02-01.1.db.crypt15",
					      "msgstore.db.crypt14", "msgstore.db.crypt15" };
	char folder[64], vaults[64], vault[4][80];
	struct buf backup = { 0 }, key_bytes = { 0 }, got = { 0 };
	struct wa_key *key = NULL;
	temp_folder(folder);
	temp_folder(vaults);
	for (int i = 0; i < 4; i++) {
		snprintf(vault[i], sizeof vault[i], "%s/%d", vaults, i);
		mkdir(vault[i], 0700);
	}
	make_db(in(vaults, "made.db"), sql);
	span db = read_file(in(vaults, "made.db"));
	for (size_t i = 0; i < 4; i++) {
		struct make m = { .version = i == 2 ? 14 : 15 };
		seal(&backup, &m, db);
		write_file(in(folder, copies[i]), buf_span(&backup));
	}
	key_file(&key_bytes, true);
	assert_int_equal(wa_key_of(&key, buf_span(&key_bytes), NULL), 0);
	states(folder, vault[0], NULL, &got);
	assert_string_equal(got.data,
			    "present-not-read msgstore-2024-01-01.1.db.crypt15: another backup of "
			    "the same Wha\n"
			    "present-not-read msgstore-2024-02-01.1.db.crypt15: another backup of "
			    "the same Wha\n"
			    "present-not-read msgstore.db.crypt14: another backup of the same Wha\n"
			    "encrypted msgstore.db.crypt15: encrypted by WhatsApp: it open\n");
	states(folder, vault[1], key, &got);
	assert_non_null(
		strstr(got.data, "\nread msgstore.db.crypt15: opened with the WhatsApp key\x20"));
	/* it is named with the hash of the database, not of the backup */
	unsigned char sum[32];
	struct buf opened = { 0 };
	EVP_Digest(db.p, db.n, sum, NULL, EVP_sha256(), NULL);
	buf_addf(&opened, "\nmsgstore.db.crypt15 (opened) 0001 %zu ", db.n);
	for (size_t i = 0; i < sizeof sum; i++)
		buf_addf(&opened, "%02x", sum[i]);
	assert_non_null(strstr(got.data, opened.data));
	buf_free(&opened);
	/* the database alone is in the vault, byte for byte through the vault */
	struct vault_key *training = NULL;
	struct vault *v = NULL;
	struct reader *r = NULL;
	char *kept = malloc(db.n + 1);
	assert_non_null(kept);
	assert_int_equal(vault_key_training(&training, NULL), 0);
	assert_int_equal(vault_open_kept(&v, vault[1], training, NULL), 0);
	assert_int_equal(vault_read(v, "0001", &r, NULL), 0);
	assert_int_equal(reader_at(r, kept, db.n + 1, 0, NULL), (ptrdiff_t)db.n);
	assert_memory_equal(kept, db.p, db.n);
	reader_free(r);
	vault_free(v);
	vault_key_free(training);
	free(kept);
	assert_int_equal(access(in(vault[1], "0002"), F_OK), -1);
	/* the latest date, where none is without */
	unlink(in(folder, copies[2]));
	unlink(in(folder, copies[3]));
	states(folder, vault[2], key, &got);
	assert_non_null(strstr(got.data, "\nread msgstore-2024-02-01.1.db.crypt15: opened"));
	/* the database itself before its backups */
	write_file(in(folder, "msgstore.db"), db);
	states(folder, vault[3], key, &got);
	assert_non_null(strstr(got.data, "\nread msgstore.db: -\n"));
	assert_null(strstr(got.data, "opened"));
	wa_key_free(key);
	free((void *)(uintptr_t)db.p);
	buf_free(&backup);
	buf_free(&key_bytes);
	buf_free(&got);
	remove_tree(folder);
	remove_tree(vaults);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens),         cmocka_unit_test(spellings),
		cmocka_unit_test(refuses),       cmocka_unit_test(names),
		cmocka_unit_test(header_bounds), cmocka_unit_test(one_is_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
