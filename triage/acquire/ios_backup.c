/*
 * ios_backup.c - a live backup of an iPhone as a source: what the scope wants goes into the vault
 * as it comes, the rest runs through and is counted.
 *
 * Files are wanted by the SHA-1 of the places that parsers name, so that it works before the
 * backup's own list arrives. The list is kept beside them; a wanted file that only the list could
 * have told is said, not fetched: that would be a second backup.
 */
#include "acquire/mobilebackup.h"
#include "base/utf8.h"
#include "catalog.h"
#include <stdio.h>
#include <stdlib.h>

#define KEPT_MAX 4096
#define GUESS_RATE ((uint64_t)25 << 20) /* bytes a second of a cable, for the estimate */

struct kept {
	struct buf name;
	uint32_t part;
	uint64_t size;
	char sha256[65];
	bool dropped;
};

struct taking {
	struct source *s;
	struct catalog *c;
	struct ios *phone;
	struct kept *kept;
	size_t n;
	struct vault_writer *w; /* of kept[n], while it comes */
	char name[128];         /* of the file that comes, cut */
	size_t name_n;
	uint64_t size, expected;
	struct buf info; /* the Info.plist that is made here */
	bool listed;     /* the backup's own list came */
	uint64_t odd;    /* files under names that no backup has */
};

static int no_memory(struct err *err)
{
	return err_set(err, E_NOMEM, "Memory ran out.");
}

static void tell(const struct taking *t, const char *words)
{
	t->phone->options.tell(t->phone->options.user, words);
}

/* ---- files as they come ---- */

static bool is_list(span name)
{
	static const char *const names[] = { "Manifest.db", "Manifest.db-wal", "Manifest.mbdb",
					     "Manifest.plist", NULL };
	for (const char *const *n = names; *n; n++)
		if (span_eq(name, span_z(*n)))
			return true;
	return false;
}

/* "3d/3d0d..." or "3d0d...", in small letters. */
static bool is_payload(span name)
{
	unsigned char id[20];
	span file = path_name(name), folder = path_folder(name);
	if (!want_hex_id(file, id))
		return false;
	for (size_t i = 0; i < file.n; i++)
		if (file.p[i] >= 'A' && file.p[i] <= 'F')
			return false;
	return !folder.n || (folder.n == 2 && memcmp(folder.p, file.p, 2) == 0);
}

/* Its name when all is done: iOS builds a backup in a folder of its own, and moves it. */
static span settled(span name)
{
	static const span building = SPAN_INIT("Snapshot/");
	return name.n > building.n && memcmp(name.p, building.p, building.n) == 0
		       ? span_from(name, building.n)
		       : name;
}

static bool wanted(const struct taking *t, span name)
{
	name = settled(name);
	return is_list(name) || (is_payload(name) && catalog_payload_wanted(t->c, name));
}

/* *ret is the next, not counted yet. */
static int room_for_one(struct taking *t, struct kept **ret, struct err *err)
{
	if (t->n == KEPT_MAX)
		return err_set(
			err, E_LIMIT,
			"The phone sent the same files again and again. Restart it, and start "
			"again.");
	buf_free(&t->kept[t->n].name);
	t->kept[t->n] = (struct kept){ 0 };
	*ret = &t->kept[t->n];
	return 0;
}

static int on_begin(void *user, span sent, struct err *err)
{
	struct taking *t = user;
	span name = settled(sent);
	t->size = 0;
	t->name_n = name.n < sizeof t->name ? name.n : sizeof t->name;
	memcpy(t->name, name.p, t->name_n);
	t->odd += !is_payload(name) && !is_list(name) && path_folder(name).n;
	if (!wanted(t, name))
		return 0;
	struct kept *k;
	int rc = room_for_one(t, &k, err);
	if (rc)
		return rc;
	buf_add(&k->name, sent);
	if (k->name.failed)
		return no_memory(err);
	return vault_create(t->s->vault, &t->w, &k->part, err);
}

static int on_data(void *user, span bytes, struct err *err)
{
	struct taking *t = user;
	t->size += bytes.n;
	return t->w ? vault_write(t->w, bytes, err) : 0;
}

static int on_end(void *user, bool whole, span why, struct err *err)
{
	struct taking *t = user;
	span name = { t->name, t->name_n };
	catalog_count(t->c, t->size);
	if (!whole)
		source_note_addf(t->s, t->w != NULL, name,
				 "the phone could not read this file whole; in its words: %.*s",
				 (int)(why.n < 200 ? why.n : 200), why.n ? why.p : "");
	if (t->w) {
		struct kept *k = &t->kept[t->n];
		struct vault_writer *w = t->w;
		t->w = NULL;
		t->n++; /* counted also if it fails, so that its name is freed */
		return vault_finish(w, k->sha256, &k->size, err);
	}
	struct entry e = { .path = name, .kind = ENTRY_FILE, .size = t->size };
	return is_payload(name) ? catalog_add(t->c, &e, SIGHT_PAYLOAD, err) : 0;
}

/* ---- what the phone wants done with them ---- */

/* name is from, or lies in the folder from: its rest. */
static bool lies_in(span name, span from, span *rest)
{
	while (from.n && from.p[from.n - 1] == '/')
		from.n--;
	if (!from.n || name.n < from.n || memcmp(name.p, from.p, from.n) != 0 ||
	    (name.n > from.n && name.p[from.n] != '/'))
		return false;
	*rest = span_from(name, from.n);
	return true;
}

static int on_remove(void *user, span name, struct err *err)
{
	struct taking *t = user;
	span rest;
	(void)err;
	for (size_t i = 0; i < t->n; i++)
		t->kept[i].dropped |= lies_in(buf_span(&t->kept[i].name), name, &rest);
	return 0;
}

/* What lies there now takes the place of what lay there before. */
static int rename_to(struct taking *t, struct kept *k, span to, span rest, struct err *err)
{
	struct buf b = { 0 };
	buf_add(&b, to);
	buf_add(&b, to.n ? rest : span_from(rest, rest.n > 0));
	buf_free(&k->name);
	k->name = b;
	if (b.failed)
		return no_memory(err);
	for (size_t i = 0; i < t->n; i++)
		if (&t->kept[i] != k && span_eq(buf_span(&t->kept[i].name), buf_span(&k->name)))
			t->kept[i].dropped = true;
	return 0;
}

static void too_late(struct taking *t, span from, span to)
{
	if (wanted(t, to))
		source_note_add(t->s, true, from,
				"the phone gave this file a name that is wanted after it had run "
				"through under another: it was not kept");
}

static int on_move(void *user, span from, span to, struct err *err)
{
	struct taking *t = user;
	span rest;
	int rc = 0;
	bool any = false;
	if (span_eq(from, to))
		return 0;
	for (size_t i = 0; rc == 0 && i < t->n; i++) {
		struct kept *k = &t->kept[i];
		if (k->dropped || !lies_in(buf_span(&k->name), from, &rest))
			continue;
		any = true;
		struct buf b = { 0 }; /* rest lies in the name that goes */
		buf_add(&b, rest);
		rc = b.failed ? no_memory(err) : rename_to(t, k, to, buf_span(&b), err);
		buf_free(&b);
	}
	if (!any)
		too_late(t, from, to);
	return rc;
}

static int on_copy(void *user, span from, span to, struct err *err)
{
	struct taking *t = user;
	span rest;
	bool any = false;
	int rc = 0;
	for (size_t i = 0, n = t->n; rc == 0 && i < n; i++) {
		const struct kept *k = &t->kept[i];
		struct kept *copy = NULL;
		if (k->dropped || !lies_in(buf_span(&k->name), from, &rest))
			continue;
		any = true;
		rc = room_for_one(t, &copy, err);
		if (rc)
			break;
		copy->part = k->part;
		copy->size = k->size;
		memcpy(copy->sha256, k->sha256, sizeof copy->sha256);
		t->n++;
		rc = rename_to(t, copy, to, rest, err);
	}
	if (!any)
		too_late(t, from, to);
	return rc;
}

static int on_progress(void *user, uint64_t done, uint64_t total, struct err *err)
{
	struct taking *t = user;
	return source_progress(t->s, "Receiving from the phone", done,
			       total > done         ? total
			       : t->expected > done ? t->expected
						    : 0,
			       err);
}

static void on_passcode(void *user, bool asked)
{
	struct taking *t = user;
	tell(t, asked ? "On the phone: it asks for its passcode now (or is getting ready). Have it "
			"entered within three minutes, and keep the phone unlocked."
		      : "The phone goes on.");
}

/* ---- what it says of itself, kept as a backup's Info.plist ---- */

static const char info_words[] =
	"made by linecheck from what the phone says of itself: a live backup brings none";

static void info_text(plist_t d, const char *key, const char *value)
{
	if (*value && utf8_valid(span_z(value)))
		plist_dict_set_item(d, key, plist_new_string(value));
}

static int keep_bytes(struct taking *t, const char *name, span bytes, struct err *err)
{
	struct vault_writer *w;
	struct entry e = { .path = span_z(name), .kind = ENTRY_FILE, .place.kind = PLACE_VAULT };
	int rc = vault_create(t->s->vault, &w, &e.place.part, err);
	if (rc)
		return rc;
	rc = vault_write(w, bytes, err);
	if (rc) {
		vault_abandon(w);
		return rc;
	}
	rc = vault_finish(w, e.sha256, &e.size, err);
	e.place.size = e.size;
	if (rc == 0)
		source_note_add(t->s, false, e.path, info_words);
	return rc ? rc : catalog_add(t->c, &e, SIGHT_META, err);
}

static int keep_info(struct taking *t, plist_t installed, struct err *err)
{
	const struct device *d = &t->phone->base.device;
	plist_t info = plist_new_dict();
	info_text(info, "Device Name", d->name);
	info_text(info, "Product Type", d->product);
	info_text(info, "Product Version", d->version);
	info_text(info, "Build Version", d->build);
	info_text(info, "Serial Number", d->serial);
	info_text(info, "Unique Identifier", d->id);
	info_text(info, "Target Identifier", d->id);
	static const char *const imei[] = { "IMEI", "IMEI 2" };
	static const char *const iccid[] = { "ICCID", "ICCID 2" };
	static const char *const number[] = { "Phone Number", "Phone Number 2" };
	for (size_t i = 0; i < DEVICE_NUMBERS; i++) {
		info_text(info, imei[i], d->imei[i]);
		info_text(info, iccid[i], d->iccid[i]);
		info_text(info, number[i], d->number[i]);
	}
	plist_dict_set_item(info, "Installed Applications", installed);
	char *bytes = NULL;
	uint32_t n = 0;
	plist_to_xml(info, &bytes, &n);
	plist_free(info);
	int rc = bytes ? keep_bytes(t, "Info.plist", (span){ bytes, n }, err) : no_memory(err);
	if (rc == 0)
		buf_add(&t->info, (span){ bytes, n });
	free(bytes);
	return rc;
}

/* Installed applications by their ids. A phone without an answer is said, not fatal. */
static int browse(struct taking *t, struct wire *w, plist_t ret, struct err *err)
{
	plist_t q = plist_new_dict(), options = plist_new_dict(), wanted = plist_new_array();
	plist_array_append_item(wanted, plist_new_string("CFBundleIdentifier"));
	plist_dict_set_item(options, "ApplicationType", plist_new_string("User"));
	plist_dict_set_item(options, "ReturnAttributes", wanted);
	plist_dict_set_item(q, "Command", plist_new_string("Browse"));
	plist_dict_set_item(q, "ClientOptions", options);
	int rc = wire_send_list(w, q, false, err);
	for (int i = 0; rc == 0 && i < 10000; i++) {
		struct pl *p;
		rc = wire_receive_list(w, &p, err);
		if (rc)
			break;
		const struct pl_node *root = pl_root(p), *list = pl_get(root, "CurrentList");
		for (const struct pl_node *n = list && list->kind == PL_ARRAY ? list->first : NULL;
		     n; n = n->next) {
			span id = pl_text(pl_get(n, "CFBundleIdentifier"));
			const struct app *app = id.p ? app_find(PLATFORM_IOS, id) : NULL;
			if (id.p && utf8_valid(id) && strlen(id.p) == id.n)
				plist_array_append_item(ret, plist_new_string(id.p));
			if (app)
				catalog_app(t->c, app, SPAN("list of installed applications"));
		}
		bool done = pl_is(pl_get(root, "Status"), "Complete") || pl_get(root, "Error");
		pl_free(p);
		if (done)
			return 0;
	}
	return rc;
}

static int keep_facts(struct taking *t, struct err *err)
{
	struct wire *w;
	struct err why = { 0 };
	plist_t installed = plist_new_array();
	int rc = lockdown_service(t->phone->door, "com.apple.mobile.installation_proxy",
				  &t->phone->pairing, false, &w, &why);
	if (rc == 0) {
		rc = browse(t, w, installed, &why);
		wire_free(w);
	}
	if (rc == E_STOPPED || rc == E_NOMEM) {
		plist_free(installed);
		return err_set(err, rc, "%s", why.message);
	}
	if (rc)
		source_note_addf(t->s, true, SPAN_NONE,
				 "the list of installed applications could not be had: %s",
				 why.message);
	return keep_info(t, installed, err);
}

/* ---- the whole ---- */

static void note_phone(struct taking *t)
{
	const struct ios *p = t->phone;
	const struct device *d = &p->base.device;
	source_note_addf(t->s, false, SPAN_NONE,
			 "read over its cable: %s (%s), %s %s (%s), serial %s, UDID %s", d->model,
			 d->product, d->os, d->version, d->build, d->serial, d->id);
	for (size_t i = 0; i < DEVICE_NUMBERS; i++)
		if (*d->imei[i] && !d->imei_ok[i])
			source_note_addf(t->s, false, SPAN_NONE,
					 "the check digit of its IMEI %s is wrong", d->imei[i]);
	if (d->newer)
		source_note_addf(t->s, false, SPAN_NONE,
				 "its system is newer than any that was tested (%d): what is found "
				 "should be compared with its screen",
				 IOS_NEWEST);
	if (!p->clock_known)
		source_note_add(t->s, false, SPAN_NONE,
				"the phone does not say what its clock shows");
	else
		source_note_addf(t->s, false, SPAN_NONE,
				 "its clock was %lld seconds %s this computer's; its zone is %s",
				 (long long)(p->clock_ahead < 0 ? -p->clock_ahead : p->clock_ahead),
				 p->clock_ahead < 0 ? "behind" : "ahead of",
				 *p->zone ? p->zone : "not said");
	source_note_add(t->s, false, SPAN_NONE,
			p->paired_here
				? "it did not trust this computer before: the trust was made "
				  "for this and is taken back at the end"
				: "it trusted this computer already: that stays so");
}

static void estimate(struct taking *t)
{
	struct pl *p;
	int64_t all = 0, left = 0;
	char words[300];
	if (lockdown_get(t->phone->door, "com.apple.disk_usage", NULL, &p, NULL) == 0) {
		const struct pl_node *v = pl_get(pl_root(p), "Value");
		if (!pl_int(pl_get(v, "TotalDataCapacity"), &all))
			all = 0;
		if (!pl_int(pl_get(v, "TotalDataAvailable"), &left))
			left = 0;
		pl_free(p);
	}
	t->expected = all > left && left >= 0 ? (uint64_t)(all - left) : 0;
	if (t->expected)
		snprintf(
			words, sizeof words,
			"Up to %.1f GB of the phone will come through the cable, whatever is kept: "
			"up to about %llu minutes. Keep it connected and unlocked.",
			(double)t->expected / 1e9,
			(unsigned long long)t->expected / GUESS_RATE / 60 + 1);
	else
		snprintf(words, sizeof words,
			 "The whole backup of the phone will come through the cable, whatever is "
			 "kept: often 10 to 60 minutes. Keep it connected and unlocked.");
	tell(t, words);
}

static void note_told(struct taking *t, const struct mobilebackup_told *told)
{
	uint64_t bytes = 0, files = 0;
	for (size_t i = 0; i < t->n; i++) {
		files += !t->kept[i].dropped;
		bytes += t->kept[i].dropped ? 0 : t->kept[i].size;
	}
	source_note_addf(t->s, false, SPAN_NONE,
			 "the phone sent %llu files, %llu bytes; %llu of them, %llu bytes, are in "
			 "places that are wanted, or say what the backup holds. The rest ran "
			 "through and was never stored",
			 (unsigned long long)told->files, (unsigned long long)told->bytes,
			 (unsigned long long)files, (unsigned long long)bytes);
	if (told->asked_room)
		source_note_addf(t->s, false, SPAN_NONE,
				 "the phone asked %u times how much room there is, and was told "
				 "%llu bytes: what is not kept needs none",
				 told->asked_room, (unsigned long long)MOBILEBACKUP_ROOM);
	if (told->asked_purge)
		source_note_addf(t->s, false, SPAN_NONE,
				 "the phone asked %u times to make room: declined, nothing of this "
				 "computer is removed for it",
				 told->asked_purge);
	if (told->unknown)
		source_note_addf(t->s, true, SPAN_NONE,
				 "the phone asked %u times for something that is not known: "
				 "declined",
				 told->unknown);
	if (t->odd)
		source_note_addf(t->s, false, SPAN_NONE,
				 "%llu files came under names that no backup has: not kept",
				 (unsigned long long)t->odd);
}

static int add_kept(struct taking *t, struct err *err)
{
	int rc = 0;
	for (size_t i = 0; rc == 0 && i < t->n; i++) {
		const struct kept *k = &t->kept[i];
		span name = settled(buf_span(&k->name));
		bool again = false; /* sent once more: the last one counts */
		for (size_t j = i + 1; j < t->n; j++)
			again |= !t->kept[j].dropped &&
				 span_eq(name, settled(buf_span(&t->kept[j].name)));
		if (k->dropped || again)
			continue;
		struct entry e = {
			.path = name,
			.kind = ENTRY_FILE,
			.size = k->size,
			.place = { .kind = PLACE_VAULT, .part = k->part, .size = k->size }
		};
		memcpy(e.sha256, k->sha256, sizeof e.sha256);
		t->listed |=
			span_eq(name, SPAN("Manifest.db")) || span_eq(name, SPAN("Manifest.mbdb"));
		if (is_payload(name))
			rc = catalog_add(t->c, &e, SIGHT_PAYLOAD, err);
		else if (is_list(name))
			rc = catalog_add(t->c, &e, catalog_sight(t->c, name, ENTRY_FILE), err);
	}
	return rc;
}

static int receive(struct taking *t, struct err *err)
{
	struct mobilebackup *m;
	struct mobilebackup_told told = { 0 };
	const struct mobilebackup_sink sink = { .begin = on_begin,
						.data = on_data,
						.end = on_end,
						.move = on_move,
						.copy = on_copy,
						.remove = on_remove,
						.progress = on_progress,
						.passcode = on_passcode,
						.info = buf_span(&t->info),
						.user = t };
	int rc = mobilebackup_open(&m, t->phone, err);
	if (rc)
		return rc;
	rc = mobilebackup_run(m, &sink, &told, err);
	mobilebackup_free(m);
	if (rc == 0 && !told.files)
		rc = err_set(err, E_FORMAT,
			     "The phone ended the backup without sending a file. Unlock it, and "
			     "start again.");
	if (rc == 0)
		note_told(t, &told);
	if (rc == 0)
		rc = add_kept(t, err);
	if (rc == 0 && !t->listed)
		rc = err_set(err, E_FORMAT,
			     "The phone ended the backup without its list of files (Manifest.db): "
			     "what is missing could not be told. Unlock it, and start again.");
	return rc;
}

static int list(struct source *s, struct catalog *c, struct err *err)
{
	struct taking t = { .s = s, .c = c, .phone = (struct ios *)s->options.device };
	t.kept = calloc(KEPT_MAX, sizeof *t.kept);
	if (!t.kept)
		return no_memory(err);
	int rc = ios_reopen(t.phone, err);
	if (rc == 0) {
		note_phone(&t);
		estimate(&t);
		rc = keep_facts(&t, err);
	}
	if (rc == 0)
		rc = receive(&t, err);
	vault_abandon(t.w);
	for (size_t i = 0; i < KEPT_MAX; i++)
		buf_free(&t.kept[i].name);
	free(t.kept);
	buf_free(&t.info);
	return rc;
}

static int open_place(struct source *s, const struct place *p, struct reader **ret,
		      struct stamp *ret_stamp, struct err *err)
{
	(void)ret_stamp;
	return vault_read(s->vault, p->name, ret, err);
}

/* What only the list could tell was not kept. */
static int fetch(struct source *s, struct entry *entry, size_t n, struct err *err)
{
	(void)s;
	(void)err;
	for (size_t i = 0; i < n; i++) {
		entry[i].state = EVIDENCE_UNREADABLE;
		entry[i].detail = "only the backup's own list tells what this file is, and it had "
				  "run through by then: make a backup with iTunes or Finder and "
				  "scan that to have it read";
	}
	return 0;
}

const struct acquire acquire_ios = {
	.kind = "iphone", .live = true, .list = list, .open = open_place, .fetch = fetch
};
