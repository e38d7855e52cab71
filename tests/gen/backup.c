/* backup.c - see backup.h */
#include "backup.h"
#include "db.h"
#include "mbdb.h"
#include "tool.h"
#include <openssl/evp.h>
#include <plist/plist.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct entry {
	char id[41];
	char *domain, *path, *place; /* place NULL: a folder */
	uint64_t size;
	unsigned protection_class;
	unsigned char key[SEAL_KEY]; /* of an encrypted file */
};

struct backup {
	const struct phone *phone;
	char *root;
	struct entry *entries;
	size_t n, cap;
	plist_t apps;
	struct seal *seal; /* NULL: not encrypted */
};

struct backup *backup_new(const char *root, const struct phone *p)
{
	struct backup *b = must(calloc(1, sizeof *b));
	b->phone = p;
	b->root = text_copy(root);
	b->apps = plist_new_array();
	if (p->form.password)
		b->seal = seal_new(&p->form, p->seed);
	return b;
}

static void name_of(const char *domain, const char *path, char out[static 41])
{
	unsigned char sum[20];
	size_t n = strlen(domain) + strlen(path) + 2;
	char *whole = must(malloc(n));
	snprintf(whole, n, "%s-%s", domain, path);
	if (!EVP_Digest(whole, n - 1, sum, NULL, EVP_sha1(), NULL))
		die("no SHA-1");
	for (int i = 0; i < 20; i++)
		snprintf(out + 2 * i, 3, "%02x", sum[i]);
	free(whole);
}

static struct entry *add(struct backup *b, const char *domain, const char *path)
{
	if (b->n == b->cap) {
		b->cap = b->cap ? b->cap * 2 : 64;
		b->entries = must(realloc(b->entries, b->cap * sizeof *b->entries));
	}
	struct entry *e = &b->entries[b->n++];
	memset(e, 0, sizeof *e);
	e->domain = text_copy(domain);
	e->path = text_copy(path);
	name_of(domain, path, e->id);
	return e;
}

const char *backup_file(struct backup *b, const char *domain, const char *path)
{
	struct entry *e = add(b, domain, path);
	size_t n = strlen(b->root) + 48;
	e->place = must(malloc(n));
	if (b->phone->form.generation == GEN_MBDB)
		snprintf(e->place, n, "%s/%s", b->root, e->id);
	else
		snprintf(e->place, n, "%s/%.2s/%s", b->root, e->id, e->id);
	make_parents(e->place);
	return e->place;
}

void backup_folder(struct backup *b, const char *domain, const char *path)
{
	add(b, domain, path);
}

void backup_app(struct backup *b, const char *bundle)
{
	plist_array_append_item(b->apps, plist_new_string(bundle));
}

static void set_int(plist_t dict, const char *key, uint64_t value)
{
	plist_dict_set_item(dict, key, plist_new_uint(value));
}

static void set_text(plist_t dict, const char *key, const char *value)
{
	plist_dict_set_item(dict, key, plist_new_string(value));
}

static void set_uid(plist_t dict, const char *key, uint64_t value)
{
	plist_dict_set_item(dict, key, plist_new_uid(value));
}

static void set_date(plist_t dict, const char *key, int64_t ms)
{
	plist_dict_set_item(dict, key, plist_new_date((int32_t)(ms / 1000 - 978307200), 0));
}

/* Objects 4 and 5: a file's key. */
static void add_key(plist_t objects, const unsigned char key[SEAL_KEY])
{
	plist_t data = plist_new_dict(), class = plist_new_dict(), classes = plist_new_array();
	plist_dict_set_item(data, "NS.data", plist_new_data((const char *)key, SEAL_KEY));
	set_uid(data, "$class", 5);
	plist_array_append_item(classes, plist_new_string("NSMutableData"));
	plist_array_append_item(classes, plist_new_string("NSData"));
	plist_array_append_item(classes, plist_new_string("NSObject"));
	plist_dict_set_item(class, "$classes", classes);
	set_text(class, "$classname", "NSMutableData");
	plist_array_append_item(objects, data);
	plist_array_append_item(objects, class);
}

/* What NSKeyedArchiver makes of one MBFile. */
static plist_t archived_file(const struct backup *b, const struct entry *e, uint64_t inode)
{
	bool folder = !e->place;
	uint64_t when = (uint64_t)(b->phone->backed_up / 1000);
	plist_t root = plist_new_dict(), top = plist_new_dict(), objects = plist_new_array();
	plist_t file = plist_new_dict(), class = plist_new_dict(), classes = plist_new_array();
	set_int(file, "LastModified", when);
	set_int(file, "Flags", 0);
	set_int(file, "GroupID", 501);
	set_uid(file, "$class", 3);
	set_int(file, "LastStatusChange", when);
	set_uid(file, "RelativePath", 2);
	set_int(file, "Birth", when);
	set_int(file, "Size", e->size);
	set_int(file, "InodeNumber", inode);
	set_int(file, "Mode", folder ? 040755 : 0100644);
	set_int(file, "UserID", 501);
	set_int(file, "ProtectionClass", folder ? 0 : e->protection_class);
	if (b->seal && !folder)
		set_uid(file, "EncryptionKey", 4);
	set_text(class, "$classname", "MBFile");
	plist_array_append_item(classes, plist_new_string("MBFile"));
	plist_array_append_item(classes, plist_new_string("NSObject"));
	plist_dict_set_item(class, "$classes", classes);
	plist_array_append_item(objects, plist_new_string("$null"));
	plist_array_append_item(objects, file);
	plist_array_append_item(objects, plist_new_string(e->path));
	plist_array_append_item(objects, class);
	if (b->seal && !folder)
		add_key(objects, e->key);
	set_uid(top, "root", 1);
	set_int(root, "$version", 100000);
	set_text(root, "$archiver", "NSKeyedArchiver");
	plist_dict_set_item(root, "$top", top);
	plist_dict_set_item(root, "$objects", objects);
	return root;
}

static void write_manifest(struct backup *b)
{
	struct db d;
	char *path = path_join(b->root, "Manifest.db");
	db_create(&d, path, schema_ios_manifest);
	sqlite3_stmt *st = db_prepare(&d, "INSERT INTO Files VALUES(?,?,?,?,?)");
	for (size_t i = 0; i < b->n; i++) {
		const struct entry *e = &b->entries[i];
		plist_t file = archived_file(b, e, 1000 + i);
		char *bytes = NULL;
		uint32_t n = 0;
		plist_to_bin(file, &bytes, &n);
		db_bind(st, "sssib", e->id, e->domain, e->path, (int64_t)(e->place ? 1 : 2),
			must(bytes), (int)n);
		db_step(&d, st);
		free(bytes);
		plist_free(file);
	}
	sqlite3_finalize(st);
	db_finish(&d);
	free(path);
}

static void write_mbdb(const struct backup *b)
{
	char *path = path_join(b->root, "Manifest.mbdb");
	FILE *f = fopen(path, "wb");
	if (!f)
		die("%s cannot be written", path);
	mbdb_begin(f);
	for (size_t i = 0; i < b->n; i++) {
		const struct entry *e = &b->entries[i];
		bool key = b->seal && e->place;
		struct mbdb_record r = { .domain = e->domain,
					 .path = e->path,
					 .folder = !e->place,
					 .key = key ? e->key : NULL,
					 .key_n = key ? SEAL_KEY : 0,
					 .inode = 1000 + i,
					 .size = e->size,
					 .when = (uint64_t)(b->phone->backed_up / 1000),
					 .protection_class = e->protection_class };
		mbdb_add(f, &r);
	}
	if (fclose(f))
		die("%s cannot be written", path);
	free(path);
}

/* Sizes are of the files as they were on the phone. */
static void measure_and_seal(struct backup *b)
{
	static const unsigned char classes[] = { 3, 3, 1, 4, 3, 6 };
	for (size_t i = 0; i < b->n; i++) {
		struct entry *e = &b->entries[i];
		struct stat st;
		if (!e->place)
			continue;
		if (stat(e->place, &st))
			die("%s was never written", e->place);
		e->size = (uint64_t)st.st_size;
		e->protection_class = b->seal ? classes[i % sizeof classes] : 3;
		if (b->seal)
			seal_file(b->seal, e->place, i, e->protection_class, e->key);
	}
}

static void write_plist(const struct backup *b, const char *name, plist_t p, bool xml)
{
	char *bytes = NULL, *path = path_join(b->root, name);
	uint32_t n = 0;
	if (xml)
		plist_to_xml(p, &bytes, &n);
	else
		plist_to_bin(p, &bytes, &n);
	write_file(path, must(bytes), n);
	free(bytes);
	free(path);
	plist_free(p);
}

static void device(const struct backup *b, char udid[static 41], char serial[static 13])
{
	unsigned long long id = rng_hash(b->phone->seed, 'u', 0);
	snprintf(udid, 41, "00008030-%016llX", id);
	snprintf(serial, 13, "SAMPLE%05llX", id & 0xfffff);
}

/* What a phone of the generation says it runs. */
static const char *system_version(const struct backup *b)
{
	static const char *const versions[] = { "9.3.5", "10.1.1", "17.3.1" };
	return versions[b->phone->form.generation];
}

static void write_info(const struct backup *b)
{
	char udid[41], serial[13], guid[37], number[NUMBER_TEXT];
	const struct person *owner = &b->phone->people[OWNER];
	plist_t p = plist_new_dict();
	device(b, udid, serial);
	rng_guid(b->phone->seed, 'g', 1, guid);
	number_spell(owner->e164, 4, number);
	set_text(p, "Build Version", "21D61");
	set_text(p, "Device Name", "iPhone");
	set_text(p, "Display Name", "iPhone");
	set_text(p, "GUID", guid);
	set_text(p, "IMEI", "001010000000016");
	plist_dict_set_item(p, "Installed Applications", plist_copy(b->apps));
	set_date(p, "Last Backup Date", b->phone->backed_up);
	set_text(p, "Phone Number", number);
	set_text(p, "Product Name", "iPhone 12");
	set_text(p, "Product Type", "iPhone13,2");
	set_text(p, "Product Version", system_version(b));
	set_text(p, "Serial Number", serial);
	set_text(p, "Target Identifier", udid);
	set_text(p, "Target Type", "Device");
	set_text(p, "Unique Identifier", udid);
	set_text(p, "iTunes Version", "12.13.1");
	write_plist(b, "Info.plist", p, true);
}

static void write_status(const struct backup *b)
{
	char guid[37];
	plist_t p = plist_new_dict();
	rng_guid(b->phone->seed, 'g', 2, guid);
	set_text(p, "BackupState", "new");
	set_date(p, "Date", b->phone->backed_up);
	plist_dict_set_item(p, "IsFullBackup", plist_new_bool(0));
	set_text(p, "SnapshotState", "finished");
	set_text(p, "UUID", guid);
	set_text(p, "Version", "3.3");
	write_plist(b, "Status.plist", p, false);
}

static void add_keys(const struct backup *b, plist_t p)
{
	size_t n;
	const unsigned char *bag = seal_bag(b->seal, &n);
	plist_dict_set_item(p, "BackupKeyBag", plist_new_data((const char *)bag, n));
	if (b->phone->form.generation != GEN_SEALED)
		return;
	unsigned char key[SEAL_KEY];
	char *path = path_join(b->root, "Manifest.db");
	seal_file(b->seal, path, UINT32_MAX, 4, key);
	plist_dict_set_item(p, "ManifestKey", plist_new_data((const char *)key, sizeof key));
	free(path);
}

static void write_manifest_plist(const struct backup *b)
{
	char udid[41], serial[13];
	plist_t p = plist_new_dict(), lockdown = plist_new_dict(), apps = plist_new_dict();
	device(b, udid, serial);
	set_text(lockdown, "BuildVersion", "21D61");
	set_text(lockdown, "DeviceName", "iPhone");
	set_text(lockdown, "ProductType", "iPhone13,2");
	set_text(lockdown, "ProductVersion", system_version(b));
	set_text(lockdown, "SerialNumber", serial);
	set_text(lockdown, "UniqueDeviceID", udid);
	for (uint32_t i = 0; i < plist_array_get_size(b->apps); i++) {
		plist_t app = plist_new_dict();
		char *name = NULL;
		plist_get_string_val(plist_array_get_item(b->apps, i), &name);
		set_text(app, "CFBundleIdentifier", name);
		set_text(app, "CFBundleVersion", "1");
		plist_dict_set_item(apps, name, app);
		free(name);
	}
	plist_dict_set_item(p, "Applications", apps);
	set_date(p, "Date", b->phone->backed_up);
	plist_dict_set_item(p, "IsEncrypted", plist_new_bool(b->seal != NULL));
	if (b->seal)
		add_keys(b, p);
	plist_dict_set_item(p, "Lockdown", lockdown);
	set_text(p, "SystemDomainsVersion", "24.0");
	set_text(p, "Version", b->phone->form.generation == GEN_MBDB ? "9.1" : "10.0");
	plist_dict_set_item(p, "WasPasscodeSet", plist_new_bool(1));
	write_plist(b, "Manifest.plist", p, false);
}

void backup_close(struct backup *b)
{
	measure_and_seal(b);
	if (b->phone->form.generation == GEN_MBDB)
		write_mbdb(b);
	else
		write_manifest(b);
	write_info(b);
	write_status(b);
	write_manifest_plist(b);
	for (size_t i = 0; i < b->n; i++) {
		free(b->entries[i].domain);
		free(b->entries[i].path);
		free(b->entries[i].place);
	}
	plist_free(b->apps);
	seal_free(b->seal);
	free(b->entries);
	free(b->root);
	free(b);
}
