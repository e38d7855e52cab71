/*
 * sealed.c - WhatsApp's and Signal's own backups among the files of a source. See catalog.h.
 *
 * WhatsApp keeps a week of backups beside each other, and its database may lie there too: all hold
 * the same messages. So that each message counts once, one is read, and the others are named: the
 * database itself before its backups, then the backup without a date, then the latest date. What is
 * opened goes nowhere but into the vault.
 */
#include "acquire/signal_crypt.h"
#include "acquire/wa_crypt.h"
#include "catalog.h"
#include "passwords.h"

static int take(void *user, span piece, struct err *err)
{
	return vault_write(user, piece, err);
}

/* "Databases/msgstore-2024-05-01.1.db.crypt15" is asked for as "Databases/msgstore.db". */
bool sealed_wanted(struct catalog *c, span path, struct want *ret)
{
	size_t n;
	int version;
	struct buf inner = { 0 };
	span name = path_name(path);
	if (!wa_backup_name(name, &n, &version))
		return false;
	buf_add(&inner, (span){ path.p, path.n - name.n + n });
	buf_add(&inner, SPAN(".db"));
	bool wanted =
		!inner.failed && want_path(c->s->wants, buf_span(&inner), ret) && ret->parsers;
	buf_free(&inner);
	return wanted;
}

/* The same app's file: both of WhatsApp, or both of WhatsApp Business. */
static bool same_app(span a, span b)
{
	static const char *const marks[] = { "w4b", "Business", "SMB" };
	bool in_a = false, in_b = false;
	for (size_t m = 0; m < sizeof marks / sizeof *marks; m++) {
		span mark = span_z(marks[m]);
		for (size_t i = 0; i + mark.n <= a.n; i++)
			in_a |= memcmp(a.p + i, mark.p, mark.n) == 0;
		for (size_t i = 0; i + mark.n <= b.n; i++)
			in_b |= memcmp(b.p + i, mark.p, mark.n) == 0;
	}
	return in_a == in_b;
}

/* A database of the same kind that is read as it is. */
static bool is_open_beside(struct catalog *c, const struct entry *e, const struct want *w)
{
	for (size_t i = 0; i < c->s->lists; i++) {
		const struct listed *l = &c->s->list[i];
		if (l->sealed.kind != PLACE_NONE || l->file.state != EVIDENCE_READ)
			continue;
		for (size_t k = 0; k < w->parsers; k++)
			if (l->file.parser == w->parser[k] && same_app(l->file.path, e->path))
				return true;
	}
	return false;
}

/* Backups of one file: "msgstore" of one app. */
static bool same_file(const struct entry *a, const struct entry *b)
{
	size_t n, m;
	int version;
	span x = path_name(a->path), y = path_name(b->path);
	return wa_backup_name(x, &n, &version) && wa_backup_name(y, &m, &version) &&
	       span_eq_nocase((span){ x.p, n }, (span){ y.p, m }) && same_app(a->path, b->path);
}

static bool is_better(const struct entry *a, const struct entry *b)
{
	size_t n, m;
	int va, vb;
	span x = path_name(a->path), y = path_name(b->path);
	wa_backup_name(x, &n, &va);
	wa_backup_name(y, &m, &vb);
	bool bare_x = n + 11 == x.n, bare_y = m + 11 == y.n;
	if (bare_x != bare_y)
		return bare_x;
	if (va != vb)
		return va > vb;
	int o = span_order(x, y);
	return o ? o > 0 : span_order(a->path, b->path) < 0;
}

static const char *refusal(struct catalog *c, struct entry *e, const struct want *w)
{
	if (is_open_beside(c, e, w))
		return "a backup of a WhatsApp database that is read as it is: not read, so that "
		       "each message counts once";
	for (size_t i = 0; i < c->entries; i++) {
		struct entry *o = &c->entry[i];
		struct want other;
		if (o != e && o->kind == ENTRY_FILE && o->state == EVIDENCE_READ &&
		    sealed_wanted(c, o->path, &other) && same_file(o, e) && is_better(o, e))
			return "another backup of the same WhatsApp database is read instead, so "
			       "that each message counts once; give this file alone to read it";
	}
	return NULL;
}

static int need_vault(struct source *s, struct err *err)
{
	if (s->vault)
		return 0;
	if (!s->options.vault_dir || !s->options.vault_key)
		return err_set(err, E_REFUSED, "An encrypted backup needs a case to open it in.");
	return vault_open(&s->vault, s->options.vault_dir, s->options.vault_key, err);
}

/* Opens what r reads into the vault; sha256: of the encrypted file. */
typedef int opener(struct source *s, struct reader *r, struct vault_writer *to,
		   char sha256[static 65], struct err *err);

static int open_whatsapp(struct source *s, struct reader *r, struct vault_writer *to,
			 char sha256[static 65], struct err *err)
{
	return wa_open(r, s->options.whatsapp_key, take, to, sha256, err);
}

/* Open it into the vault: f becomes what was in it, facts->sealed the backup. */
static int open_into_vault(struct catalog *c, struct found *f, opener *opens, struct listed *facts,
			   struct err *err)
{
	struct source *s = c->s;
	struct reader *r = NULL;
	struct vault_writer *to = NULL;
	uint32_t part = 0;
	uint64_t size = 0;
	facts->sealed = f->place;
	int rc = need_vault(s, err);
	if (!rc)
		rc = source_read(s, &f->place, &r, &facts->sealed_stamp, err);
	if (!rc)
		rc = vault_create(s->vault, &to, &part, err);
	if (!rc)
		rc = opens(s, r, to, facts->sha256, err);
	reader_free(r);
	if (rc) {
		vault_abandon(to);
		return rc;
	}
	rc = vault_finish(to, facts->inner, &size, err);
	f->place = (struct place){ .kind = PLACE_VAULT, .part = part, .size = size };
	f->sha256 = facts->sha256;
	return rc;
}

/* no_key: what is said where no password was given. */
static int list_opened(struct catalog *c, const struct found *sealed, const struct want *w,
		       opener *opens, const char *with, const char *no_key, struct err *err)
{
	struct listed facts = { .inner = "" };
	struct found opened = *sealed;
	struct err why = { 0 };
	int rc = open_into_vault(c, &opened, opens, &facts, &why);
	if (rc == E_NOMEM || rc == E_STOPPED)
		return err_set(err, rc, "%s", why.message);
	if (rc == E_ABSENT && no_key)
		return catalog_list_as(c, sealed, w->parser[0], EVIDENCE_ENCRYPTED, no_key, err);
	if (rc) {
		span text = arena_copy(c->s->arena, span_z(why.message), NULL);
		return catalog_list_as(c, sealed, w->parser[0],
				       rc == E_ENCRYPTED ? EVIDENCE_ENCRYPTED : EVIDENCE_UNREADABLE,
				       text.p, err);
	}
	size_t before = c->s->lists;
	rc = catalog_list(c, &opened, w, err);
	for (size_t i = before; i < c->s->lists; i++) {
		c->s->list[i].sealed = facts.sealed;
		c->s->list[i].sealed_with = with;
		c->s->list[i].sealed_stamp = facts.sealed_stamp;
		memcpy(c->s->list[i].inner, facts.inner, sizeof facts.inner);
	}
	return rc;
}

/* ---- Signal ---- */

static int open_signal(struct source *s, struct reader *r, struct vault_writer *to,
		       char sha256[static 65], struct err *err)
{
	struct signal_opened *o = NULL;
	int rc = E_ENCRYPTED;
	for (unsigned attempt = 0; rc == E_ENCRYPTED; attempt++) {
		span password;
		struct err why = { 0 };
		rc = passwords_next(s->options.passwords, "the backup of Signal", attempt,
				    &password, err);
		if (rc)
			return rc;
		rc = signal_opened_new(&o, r, password, &why);
		if (rc && rc != E_ENCRYPTED)
			return err_set(err, rc, "%s", why.message);
	}
	rc = signal_opened_give(o, take, to, sha256, err);
	signal_opened_free(o);
	return rc;
}

/* "signal-2024-05-01-12-30-00.backup": Signal keeps the last two, with the same messages. */
static bool is_dated(span name)
{
	return name.n == 33 && span_eq_nocase(span_sub(name, 0, 7), SPAN("signal-")) &&
	       span_eq_nocase(span_from(name, 26), SPAN(".backup"));
}

static bool has_later(struct catalog *c, span path)
{
	for (size_t i = 0; is_dated(path_name(path)) && i < c->entries; i++) {
		const struct entry *e = &c->entry[i];
		if (e->kind == ENTRY_FILE && e->sight == SIGHT_LOOSE &&
		    is_dated(path_name(e->path)) &&
		    span_eq(path_folder(e->path), path_folder(path)) &&
		    span_order(path_name(e->path), path_name(path)) > 0)
			return true;
	}
	return false;
}

int sealed_list_signal(struct catalog *c, const struct found *f, const struct parser *p,
		       struct err *err)
{
	static const char no_password[] =
		"encrypted by Signal: it opens with the 30 digits that Signal showed its user, "
		"asked for on a terminal or given with --password-fd";
	struct want w = { .parser = { p }, .parsers = 1 };
	if (has_later(c, f->path))
		return catalog_list_as(c, f, NULL, EVIDENCE_PRESENT_NOT_READ,
				       "a later backup of Signal beside it is read instead, so "
				       "that each message counts once; give this file alone to "
				       "read it",
				       err);
	if (!want_in_scope(c->s->wants, p))
		return catalog_list_as(c, f, p, EVIDENCE_READ, NULL, err);
	if (!c->s->options.passwords)
		return catalog_list_as(c, f, p, EVIDENCE_ENCRYPTED, no_password, err);
	return list_opened(c, f, &w, open_signal, "passphrase", no_password, err);
}

/* ---- WhatsApp ---- */

int sealed_list(struct catalog *c, struct err *err)
{
	static const char no_key[] = "encrypted by WhatsApp: it opens with --whatsapp-key FILE, "
				     "the phone's key file or a "
				     "file with the 64 digits that WhatsApp showed its user";
	struct want w;
	bool any = false;
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < c->entries; i++) {
		struct entry *e = &c->entry[i];
		if (e->kind != ENTRY_FILE || e->sight != SIGHT_WANTED ||
		    want_path(c->s->wants, e->path, &w) || !sealed_wanted(c, e->path, &w))
			continue;
		struct found f = { .path = e->path,
				   .size = e->size,
				   .place = e->place,
				   .sha256 = e->sha256,
				   .state = e->state,
				   .detail = e->detail };
		const char *why = f.state == EVIDENCE_READ ? refusal(c, e, &w) : NULL;
		if (f.state != EVIDENCE_READ)
			rc = catalog_list_as(c, &f, w.parser[0], f.state, f.detail, err);
		else if (why)
			rc = catalog_list_as(c, &f, NULL, EVIDENCE_PRESENT_NOT_READ, why, err);
		else if (!c->s->options.whatsapp_key)
			rc = catalog_list_as(c, &f, w.parser[0], EVIDENCE_ENCRYPTED, no_key, err);
		else
			rc = list_opened(c, &f, &w, open_whatsapp, "WhatsApp key", NULL, err);
		any = true;
	}
	if (rc == 0 && !any && c->s->options.whatsapp_key)
		source_note_add(c->s, false, SPAN_NONE,
				"a key of WhatsApp was given, and there is no backup here that it "
				"could open");
	return rc;
}
