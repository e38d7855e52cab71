/* backup_plist.c - Manifest.plist and Info.plist of a backup. See backup_list.h. */
#include "backup_list.h"
#include "plist_open.h"
#include <stdlib.h>

static int load(struct reader *r, plist_t *ret, struct err *err)
{
	uint64_t size = reader_size(r);
	if (size > PLIST_BYTES_MAX)
		return err_set(err, E_LIMIT, "it is larger than such a list can be");
	char *bytes = malloc((size_t)size + 1);
	if (!bytes)
		return err_set(err, E_NOMEM, "Memory ran out.");
	ptrdiff_t n = reader_at(r, bytes, (size_t)size, 0, err);
	int rc = n < 0 ? (int)n : plist_open((span){ bytes, (size_t)n }, ret, err);
	free(bytes);
	return rc;
}

int backup_plist_encrypted(struct reader *r, bool *ret_known, bool *ret_encrypted,
			   struct err *err)
{
	plist_t list = NULL;
	int rc = load(r, &list, err);
	if (rc)
		return rc;
	plist_t flag = plist_in(list, "IsEncrypted");
	*ret_known = flag && plist_get_node_type(flag) == PLIST_BOOLEAN;
	if (*ret_known) {
		uint8_t value = 0;
		plist_get_bool_val(flag, &value);
		*ret_encrypted = value != 0;
	}
	plist_free(list);
	return 0;
}

int backup_plist_apps(struct reader *r, backup_app_fn *app, void *user, struct err *err)
{
	plist_t list = NULL;
	int rc = load(r, &list, err);
	if (rc)
		return rc;
	plist_t installed = plist_in(list, "Installed Applications");
	if (installed && plist_get_node_type(installed) == PLIST_ARRAY)
		for (uint32_t i = 0; i < plist_array_get_size(installed); i++)
			app(user, plist_text(plist_array_get_item(installed, i)));
	plist_t dict = plist_in(list, "Applications");
	if (dict && plist_get_node_type(dict) == PLIST_DICT) {
		plist_dict_iter at = NULL;
		char *key = NULL;
		plist_t value = NULL;
		plist_dict_new_iter(dict, &at);
		while (at) {
			plist_dict_next_item(dict, at, &key, &value);
			if (!key)
				break;
			app(user, span_z(key));
			free(key);
			key = NULL;
		}
		free(at);
	}
	plist_free(list);
	return 0;
}
