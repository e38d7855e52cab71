/* lockdown.c - see lockdown.h */
#include "acquire/lockdown.h"
#include "acquire/usbmux.h"
#include <stdlib.h>

#define PORT 62078

struct lockdown {
	uint32_t handle;
	struct wire_patience patience;
	struct wire *wire;
	bool session;
	char id[64]; /* of the session */
};

static plist_t request(const char *name)
{
	plist_t d = plist_new_dict();
	plist_dict_set_item(d, "Label", plist_new_string("linecheck"));
	plist_dict_set_item(d, "Request", plist_new_string(name));
	return d;
}

static void set_text(plist_t dict, const char *key, span s)
{
	char *z = s.p ? strndup(s.p, s.n) : NULL;
	if (z)
		plist_dict_set_item(dict, key, plist_new_string(z));
	free(z);
}

/* The answer repeats what was asked for, if it says it at all. */
static bool repeats(const struct pl_node *answer, const char *field, const char *asked)
{
	const struct pl_node *said = pl_get(answer, field);
	return !said || !asked || pl_is(said, asked);
}

/* Ask, and get the answer to just that; field, asked: what it repeats besides; may be NULL. */
static int ask(struct lockdown *l, const char *name, plist_t q, const char *field,
	       const char *asked, struct pl **ret, struct err *err)
{
	struct pl *p;
	int rc = wire_send_list(l->wire, q, false, err);
	if (rc == 0)
		rc = wire_receive_list(l->wire, &p, err);
	if (rc)
		return rc;
	if (pl_root(p)->kind != PL_DICT || !repeats(pl_root(p), "Request", name) ||
	    (field && !repeats(pl_root(p), field, asked))) {
		pl_free(p);
		return err_set(err, E_FORMAT,
			       "The phone answered something that was not asked (%s). Start again.",
			       name);
	}
	*ret = p;
	return 0;
}

int lockdown_open(struct lockdown **ret, uint32_t handle, const struct wire_patience *patience,
		  struct err *err)
{
	struct pl *p;
	struct lockdown *l = calloc(1, sizeof *l);
	if (!l)
		return err_set(err, E_NOMEM, "Memory ran out.");
	l->handle = handle;
	l->patience = *patience;
	int rc = usbmux_connect(&l->wire, handle, PORT, patience, err);
	if (rc == 0)
		rc = ask(l, "QueryType", request("QueryType"), NULL, NULL, &p, err);
	if (rc == 0) {
		const struct pl_node *type = pl_get(pl_root(p), "Type");
		if (!pl_is(type, "com.apple.mobile.lockdown"))
			rc = err_set(err, E_FORMAT,
				     "What answers is no iPhone in its ordinary state. Restart the "
				     "phone, unlock it and start again.");
		pl_free(p);
	}
	if (rc)
		lockdown_close(l);
	else
		*ret = l;
	return rc;
}

void lockdown_close(struct lockdown *l)
{
	if (!l)
		return;
	wire_free(l->wire);
	free(l);
}

static int refused(const struct pl_node *error, struct err *err)
{
	char why[80];
	pl_string(error, why, sizeof why);
	if (strcmp(why, "PasswordProtected") == 0 || strcmp(why, "EscrowLocked") == 0)
		return err_set(err, E_ENCRYPTED,
			       "The phone is locked. Have its passcode entered on it.");
	if (strcmp(why, "InvalidHostID") == 0 || strcmp(why, "InvalidPairRecord") == 0 ||
	    strcmp(why, "MissingHostID") == 0 || strcmp(why, "MissingPairRecord") == 0 ||
	    strcmp(why, "PairingDialogResponsePending") == 0 ||
	    strcmp(why, "UserDeniedPairing") == 0)
		return err_set(err, E_REFUSED, "The phone does not know this computer.");
	return err_set(err, E_FORMAT,
		       "The phone refused, in its words: %s. Restart it, unlock it, connect it "
		       "again and start again.",
		       *why ? why : "none");
}

int lockdown_get(struct lockdown *l, const char *domain, const char *key, struct pl **ret,
		 struct err *err)
{
	struct pl *p;
	plist_t q = request("GetValue");
	if (domain)
		plist_dict_set_item(q, "Domain", plist_new_string(domain));
	if (key)
		plist_dict_set_item(q, "Key", plist_new_string(key));
	int rc = ask(l, "GetValue", q, "Key", key, &p, err);
	if (rc)
		return rc;
	const struct pl_node *error = pl_get(pl_root(p), "Error");
	/* what it will not say now is not what it has not */
	if (pl_get(pl_root(p), "Value") || !error || pl_is(error, "MissingValue") ||
	    pl_is(error, "InvalidDomain")) {
		*ret = p;
		return 0;
	}
	rc = refused(error, err);
	pl_free(p);
	return rc;
}

int lockdown_session(struct lockdown *l, const struct pairing *pairing, struct err *err)
{
	struct pl *p;
	plist_t q = request("StartSession");
	set_text(q, "HostID", pairing->host_id);
	set_text(q, "SystemBUID", pairing->buid);
	int rc = ask(l, "StartSession", q, NULL, NULL, &p, err);
	if (rc)
		return rc;
	const struct pl_node *root = pl_root(p), *error = pl_get(root, "Error");
	if (error)
		rc = refused(error, err);
	else if (!pl_text(pl_get(root, "SessionID")).p)
		rc = err_set(err, E_FORMAT, "The phone began a session without a name.");
	else
		pl_string(pl_get(root, "SessionID"), l->id, sizeof l->id);
	if (rc == 0 && pl_true(pl_get(root, "EnableSessionSSL")))
		rc = wire_tls(l->wire, pairing, err);
	l->session = rc == 0;
	pl_free(p);
	return rc;
}

bool lockdown_in_session(const struct lockdown *l)
{
	return l->session;
}

int lockdown_service(struct lockdown *l, const char *name, const struct pairing *pairing,
		     bool escrow, struct wire **ret, struct err *err)
{
	struct pl *p;
	struct wire *w = NULL;
	int64_t port = 0;
	plist_t q = request("StartService");
	plist_dict_set_item(q, "Service", plist_new_string(name));
	if (escrow && pairing->escrow.n)
		plist_dict_set_item(q, "EscrowBag",
				    plist_new_data(pairing->escrow.p, pairing->escrow.n));
	int rc = ask(l, "StartService", q, "Service", name, &p, err);
	if (rc)
		return rc;
	const struct pl_node *root = pl_root(p), *error = pl_get(root, "Error");
	if (error)
		rc = refused(error, err);
	else if (!pl_int(pl_get(root, "Port"), &port) || port <= 0 || port > 65535)
		rc = err_set(err, E_FORMAT, "The phone gave no port for its service %s.", name);
	if (rc == 0)
		rc = usbmux_connect(&w, l->handle, (uint16_t)port, &l->patience, err);
	if (rc == 0 && pl_true(pl_get(root, "EnableServiceSSL")))
		rc = wire_tls(w, pairing, err);
	pl_free(p);
	if (rc)
		wire_free(w);
	else
		*ret = w;
	return rc;
}
