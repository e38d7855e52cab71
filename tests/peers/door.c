/* door.c - lockdownd of the stand-in: values, pairing, sessions, services. */
#include "phone.h"
#include <openssl/pem.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static const struct {
	const char *name;
	void (*run)(struct conn *c);
} services[] = {
	{ "com.apple.afc", afc },
	{ "com.apple.mobile.notification_proxy", notifications },
	{ "com.apple.mobile.installation_proxy", applications },
	{ "com.apple.springboardservices", springboard },
	{ "com.apple.mobilebackup2", backup },
};
#define PORT 50001

int port_of(const char *service)
{
	for (size_t i = 0; i < sizeof services / sizeof *services; i++)
		if (strcmp(services[i].name, service) == 0)
			return PORT + (int)i;
	return 0;
}

void (*service_at(int port))(struct conn *)
{
	if (port == 62078)
		return door;
	size_t i = (size_t)(port - PORT);
	return port >= PORT && i < sizeof services / sizeof *services ? services[i].run : NULL;
}

/* ---- keys ---- */

static char *pem(EVP_PKEY *key, X509 *cert, int what)
{
	char *bytes;
	BIO *b = BIO_new(BIO_s_mem());
	if (what == 0)
		PEM_write_bio_X509(b, cert);
	else if (what == 1)
		PEM_write_bio_PrivateKey(b, key, NULL, NULL, 0, NULL, NULL);
	else
		PEM_write_bio_RSAPublicKey(b, EVP_PKEY_get0_RSA(key));
	long n = BIO_get_mem_data(b, &bytes);
	char *copy = strndup(bytes, (size_t)n);
	BIO_free(b);
	return copy;
}

static X509 *certificate(EVP_PKEY *key)
{
	X509 *x = X509_new();
	X509_set_version(x, 2);
	ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
	X509_gmtime_adj(X509_getm_notBefore(x), -86400);
	X509_gmtime_adj(X509_getm_notAfter(x), 86400L * 3650);
	X509_set_pubkey(x, key);
	X509_sign(x, key, EVP_sha256());
	return x;
}

static EVP_PKEY *kept_key(const char *name)
{
	EVP_PKEY *key = NULL;
	size_t n;
	char *bytes = state_read(name, &n);
	if (bytes) {
		BIO *b = BIO_new_mem_buf(bytes, (int)n);
		key = PEM_read_bio_PrivateKey(b, NULL, NULL, NULL);
		BIO_free(b);
		free(bytes);
	}
	if (!key) {
		key = EVP_RSA_gen(2048);
		bytes = pem(key, NULL, 1);
		state_write(name, bytes, strlen(bytes));
		free(bytes);
	}
	return key;
}

static void set(plist_t d, const char *key, const char *value)
{
	plist_dict_set_item(d, key, plist_new_string(value));
}

static void set_data(plist_t d, const char *key, const char *value)
{
	plist_dict_set_item(d, key, plist_new_data(value, strlen(value)));
}

/* As if it had been paired long ago. */
static void paired_before(void)
{
	static const char id[] = "11111111-2222-4333-8444-555555555555";
	char name[80], *bytes = NULL;
	uint32_t n = 0;
	EVP_PKEY *key = kept_key("host.key");
	X509 *cert = certificate(key);
	char *host = pem(NULL, cert, 0), *private = pem(key, NULL, 1);
	plist_t d = plist_new_dict();
	set_data(d, "DeviceCertificate", phone.certificate);
	set_data(d, "HostCertificate", host);
	set_data(d, "HostPrivateKey", private);
	set_data(d, "RootCertificate", host);
	set_data(d, "RootPrivateKey", private);
	set_data(d, "EscrowBag", "escrow");
	set(d, "HostID", id);
	set(d, "SystemBUID", "AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE");
	set(d, "WiFiMACAddress", "02:00:00:00:00:01");
	plist_to_xml(d, &bytes, &n);
	snprintf(name, sizeof name, "pair-%s", phone.udid);
	state_write(name, bytes, n);
	state_write("host", id, strlen(id));
	free(bytes);
	free(host);
	free(private);
	plist_free(d);
	X509_free(cert);
	EVP_PKEY_free(key);
}

static int anybody(int ok, X509_STORE_CTX *store)
{
	(void)ok;
	(void)store;
	return 1;
}

void door_start(void)
{
	phone.key = kept_key("phone.key");
	X509 *cert = certificate(phone.key);
	phone.certificate = pem(NULL, cert, 0);
	phone.public_key = pem(phone.key, NULL, 2);
	phone.ctx = SSL_CTX_new(TLS_server_method());
	if (like("tls1.0")) { /* as before iOS 10 */
		SSL_CTX_set_min_proto_version(phone.ctx, TLS1_VERSION);
		SSL_CTX_set_max_proto_version(phone.ctx, TLS1_VERSION);
		SSL_CTX_set_cipher_list(phone.ctx, "DEFAULT:@SECLEVEL=0");
	}
	if (like("asks-host")) /* the host must show its certificate */
		SSL_CTX_set_verify(phone.ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
				   anybody);
	SSL_CTX_use_certificate(phone.ctx, cert);
	SSL_CTX_use_PrivateKey(phone.ctx, phone.key);
	X509_free(cert);
	if (strcmp(phone.trust, "yes") == 0)
		paired_before();
}

bool service_tls(void)
{
	return phone.tls && !like("plain-services");
}

static bool session_tls(void)
{
	return phone.tls && !like("plain-session");
}

/* ---- values ---- */

static plist_t value(const char *domain, const char *key)
{
	static const char *const extra[] = { "InternationalMobileEquipmentIdentity2", "TimeZone",
					     "TimeIntervalSince1970", "PhoneNumber" };
	plist_t d = plist_new_dict();
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	if (!*domain) {
		set(d, "DeviceName", "Robin's iPhone");
		set(d, "DeviceClass", "iPhone");
		set(d, "ProductType", "iPhone12,1");
		set(d, "ProductName", "iPhone OS");
		set(d, "ProductVersion", phone.version);
		set(d, "BuildVersion", "20A000");
		set(d, "SerialNumber", "SAMPLE0000F1");
		set(d, "UniqueDeviceID", phone.udid);
		set(d, "PhoneNumber", "+44 7700 900101");
		set(d, "InternationalMobileEquipmentIdentity", "001010000000016");
		set(d, "InternationalMobileEquipmentIdentity2", "001010000000017");
		set(d, "IntegratedCircuitCardIdentity", "8944000000000000001");
		set(d, "TimeZone", "Europe/London");
		set(d, "WiFiAddress", "02:00:00:00:00:01");
		set(d, "ActivationState", "Activated");
		set(d, "HardwareModel", "N104AP");
		plist_dict_set_item(d, "PasswordProtected", plist_new_bool(0));
		plist_dict_set_item(
			d, "TimeIntervalSince1970",
			plist_new_real(phone.clock
					       ? (double)phone.clock
					       : (double)now.tv_sec + (double)now.tv_nsec / 1e9));
		plist_dict_set_item(d, "DevicePublicKey",
				    plist_new_data(phone.public_key, strlen(phone.public_key)));
		for (size_t i = 0; like("few-values") && i < sizeof extra / sizeof *extra; i++)
			plist_dict_remove_item(d, extra[i]);
	} else if (strcmp(domain, "com.apple.mobile.backup") == 0) {
		char *password = state_read("password", NULL);
		if (password || like("says-no"))
			plist_dict_set_item(d, "WillEncrypt",
					    like("number") ? plist_new_uint(password != NULL)
							   : plist_new_bool(password != NULL));
		free(password);
	} else if (strcmp(domain, "com.apple.disk_usage") == 0 && !like("few-values")) {
		plist_dict_set_item(d, "TotalDataCapacity", plist_new_uint(60000000000));
		plist_dict_set_item(d, "TotalDataAvailable", plist_new_uint(30000000000));
	} else if (strcmp(domain, "com.apple.mobile.iTunes") != 0 &&
		   strcmp(domain, "com.apple.fairplay") != 0) {
		plist_free(d);
		return NULL;
	}
	if (!*key)
		return d;
	plist_t one = plist_dict_get_item(d, key);
	one = one ? plist_copy(one) : NULL;
	plist_free(d);
	return one;
}

/* ---- requests ---- */

static const char *pair(plist_t q)
{
	char id[80];
	plist_t record = plist_dict_get_item(q, "PairRecord");
	if (strcmp(phone.trust, "deny") == 0)
		return "UserDeniedPairing";
	if (phone.paired_asks++ < phone.asks)
		return "PairingDialogResponsePending";
	if (!record || !*text_of(record, "HostID", id, sizeof id))
		return "MissingHostID";
	state_write("host", id, strlen(id));
	say("paired with %s", id);
	return NULL;
}

static const char *session(plist_t q)
{
	char id[80];
	char *host = state_read("host", NULL);
	bool known = host && strcmp(host, text_of(q, "HostID", id, sizeof id)) == 0;
	free(host);
	if (!known)
		return "InvalidHostID";
	return phone.locked_seen++ < phone.locked ? "PasswordProtected" : NULL;
}

static bool answer(struct conn *c, plist_t a, const char *error)
{
	if (error)
		set(a, "Error", error);
	return conn_send(c, a, false);
}

static bool start_service(struct conn *c, plist_t q, plist_t a, bool in)
{
	char name[128];
	int port = port_of(text_of(q, "Service", name, sizeof name));
	say("service %s", name);
	if (!in || !port)
		return answer(c, a, in ? "InvalidService" : "SessionInactive");
	if (like("refuse") && strcmp(name, "com.apple.mobilebackup2") == 0)
		return answer(c, a, like("refuse"));
	if (like("without") && strstr(like("without"), strrchr(name, '.') + 1))
		return answer(c, a, "InvalidService");
	set(a, "Service", name);
	plist_dict_set_item(a, "Port", plist_new_uint((uint64_t)port));
	if (service_tls())
		plist_dict_set_item(a, "EnableServiceSSL", plist_new_bool(1));
	return answer(c, a, NULL);
}

/* One request; false: the connection is over. */
static bool request(struct conn *c, plist_t q, bool *in)
{
	char name[64], domain[128], key[128];
	text_of(q, "Request", name, sizeof name);
	text_of(q, "Domain", domain, sizeof domain);
	text_of(q, "Key", key, sizeof key);
	say("lockdownd %s %s %s", name, domain, key);
	plist_t a = plist_new_dict();
	set(a, "Request", name);
	if (strcmp(name, "QueryType") == 0) {
		set(a, "Type", "com.apple.mobile.lockdown");
		return answer(c, a, NULL);
	}
	if (strcmp(name, "GetValue") == 0) {
		if (*key)
			set(a, "Key", key);
		if (like("keeps") && strcmp(domain, "com.apple.mobile.backup") == 0)
			return answer(c, a, like("keeps"));
		plist_t v = value(domain, key);
		if (v)
			plist_dict_set_item(a, "Value", v);
		return answer(c, a, v ? NULL : "MissingValue");
	}
	if (strcmp(name, "Pair") == 0) {
		const char *error = pair(q);
		if (!error)
			plist_dict_set_item(a, "EscrowBag", plist_new_data("escrow", 6));
		return answer(c, a, error);
	}
	if (strcmp(name, "Unpair") == 0) {
		state_remove("host");
		say("unpaired");
		return answer(c, a, NULL);
	}
	if (strcmp(name, "ValidatePair") == 0)
		return answer(c, a, session(q));
	if (strcmp(name, "StartSession") == 0) {
		char id[32];
		const char *error = session(q);
		if (!error) {
			snprintf(id, sizeof id, "SESSION-%d", ++phone.sessions);
			set(a, "SessionID", id);
			plist_dict_set_item(a, "EnableSessionSSL", plist_new_bool(session_tls()));
		}
		*in = !error;
		return answer(c, a, error) && (error || !session_tls() || conn_tls(c));
	}
	if (strcmp(name, "StopSession") == 0) {
		*in = false;
		bool ok = answer(c, a, NULL);
		if (c->ssl) {
			SSL_shutdown(c->ssl);
			SSL_free(c->ssl);
			c->ssl = NULL;
		}
		return ok;
	}
	if (strcmp(name, "StartService") == 0)
		return start_service(c, q, a, *in);
	if (strcmp(name, "SetValue") == 0)
		return answer(c, a, NULL);
	answer(c, a, strcmp(name, "Goodbye") == 0 ? NULL : "InvalidRequest");
	return false;
}

void door(struct conn *c)
{
	bool in = false, go_on = true;
	while (go_on) {
		plist_t q = conn_receive(c);
		if (!q)
			return;
		go_on = request(c, q, &in);
		plist_free(q);
	}
}
