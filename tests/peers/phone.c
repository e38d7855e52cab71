/* phone.c - see phone.h: options, and usbmuxd with one phone behind it. */
#include "phone.h"
#include <arpa/inet.h>
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

struct phone phone = { .udid = "00008030-00112233445566AA",
		       .version = "16.1",
		       .trust = "yes",
		       .passcode_limit = 3000,
		       .folders = 256,
		       .tls = true,
		       .lock = PTHREAD_MUTEX_INITIALIZER };

/* ---- usbmuxd: 16 bytes of head (length, version, type, tag), then a list ---- */

static bool mux_send(struct conn *c, uint32_t tag, plist_t p)
{
	char *xml = NULL;
	uint32_t n = 0;
	plist_to_xml(p, &xml, &n);
	plist_free(p);
	const uint32_t head[4] = { 16 + n, 1, 8, tag };
	char *whole = malloc(16 + n);
	memcpy(whole, head, 16);
	memcpy(whole + 16, xml, n);
	bool ok = conn_write_mux(c, whole, 16 + n);
	free(whole);
	free(xml);
	return ok;
}

static bool result(struct conn *c, uint32_t tag, uint64_t n)
{
	plist_t d = plist_new_dict();
	plist_dict_set_item(d, "MessageType", plist_new_string("Result"));
	plist_dict_set_item(d, "Number", plist_new_uint(n));
	return mux_send(c, tag, d);
}

static plist_t attached(const char *way, uint64_t number)
{
	char serial[64];
	size_t n = 0;
	for (const char *p = phone.udid; *p; p++)
		if (*p != '-')
			serial[n++] = *p;
	serial[n] = 0;
	plist_t d = plist_new_dict(), of = plist_new_dict();
	plist_dict_set_item(of, "ConnectionType", plist_new_string(way));
	plist_dict_set_item(of, "ConnectionSpeed", plist_new_uint(480000000));
	plist_dict_set_item(of, "DeviceID", plist_new_uint(number));
	plist_dict_set_item(of, "LocationID", plist_new_uint(0));
	plist_dict_set_item(of, "ProductID", plist_new_uint(0x12a8));
	plist_dict_set_item(of, "SerialNumber", plist_new_string(serial));
	plist_dict_set_item(d, "DeviceID", plist_new_uint(number));
	plist_dict_set_item(d, "MessageType", plist_new_string("Attached"));
	plist_dict_set_item(d, "Properties", of);
	return d;
}

static bool records(struct conn *c, uint32_t tag, plist_t q, const char *what)
{
	char id[80], name[100];
	text_of(q, "PairRecordID", id, sizeof id);
	snprintf(name, sizeof name, "pair-%s", id);
	if (strchr(id, '/'))
		return result(c, tag, 22);
	if (strcmp(what, "DeletePairRecord") == 0) {
		state_remove(name);
		return result(c, tag, 0);
	}
	if (strcmp(what, "SavePairRecord") == 0) {
		char *bytes = NULL;
		uint64_t n = 0;
		plist_get_data_val(plist_dict_get_item(q, "PairRecordData"), &bytes, &n);
		if (bytes)
			state_write(name, bytes, n);
		free(bytes);
		return result(c, tag, 0);
	}
	size_t n;
	char *bytes = state_read(name, &n);
	if (!bytes)
		return result(c, tag, 2);
	plist_t d = plist_new_dict();
	plist_dict_set_item(d, "PairRecordData", plist_new_data(bytes, n));
	free(bytes);
	return mux_send(c, tag, d);
}

/* One message; false: the connection is over. */
static bool mux_one(struct conn *c, uint32_t tag, plist_t q)
{
	char what[64];
	text_of(q, "MessageType", what, sizeof what);
	if (strcmp(what, "ListDevices") == 0) {
		plist_t d = plist_new_dict(), list = plist_new_array();
		if (like("wifi")) /* the same phone, by another way */
			plist_array_append_item(list, attached("Network", 2));
		if (!phone.gone)
			plist_array_append_item(list, attached("USB", 1));
		plist_dict_set_item(d, "DeviceList", list);
		return mux_send(c, tag, d);
	}
	if (strcmp(what, "Listen") == 0)
		return result(c, tag, 0) && (phone.gone || mux_send(c, 0, attached("USB", 1)));
	if (strcmp(what, "ReadBUID") == 0) {
		plist_t d = plist_new_dict();
		plist_dict_set_item(d, "BUID",
				    plist_new_string("AAAAAAAA-BBBB-4CCC-8DDD-EEEEEEEEEEEE"));
		return mux_send(c, tag, d);
	}
	if (strstr(what, "PairRecord"))
		return records(c, tag, q, what);
	if (strcmp(what, "Connect") == 0) {
		uint64_t port = 0;
		plist_get_uint_val(plist_dict_get_item(q, "PortNumber"), &port);
		void (*run)(struct conn *) = service_at(ntohs((uint16_t)port));
		if (!run || phone.gone) {
			result(c, tag, 3);
			return false;
		}
		if (result(c, tag, 0) && (run == door || !service_tls() || conn_tls(c)))
			run(c);
		return false;
	}
	return result(c, tag, 1);
}

static void *serve(void *user)
{
	struct conn c = { .fd = (int)(intptr_t)user };
	uint32_t head[4];
	bool go_on = true;
	while (go_on && recv(c.fd, head, sizeof head, MSG_WAITALL) == (ssize_t)sizeof head &&
	       head[0] >= 16 && head[0] < 1 << 20) {
		uint32_t n = head[0] - 16;
		char *bytes = malloc(n + 1);
		plist_t q = NULL;
		if (recv(c.fd, bytes, n, MSG_WAITALL) == (ssize_t)n)
			plist_from_memory(bytes, n, &q);
		free(bytes);
		go_on = q && mux_one(&c, head[3], q);
		plist_free(q);
	}
	if (c.ssl)
		SSL_free(c.ssl);
	close(c.fd);
	return NULL;
}

/* ---- options ---- */

static enum fault fault_of(const char *word)
{
	static const char *const words[FAULT_MAX] = { "none",    "close",    "unplug",
						      "garbage", "truncate", "oversize",
						      "order",   "drip",     "silent" };
	for (int i = 0; i < FAULT_MAX; i++)
		if (strcmp(words[i], word) == 0)
			return (enum fault)i;
	fprintf(stderr, "peer_phone: no fault '%s'\n", word);
	exit(2);
}

static bool flag(const char *word)
{
	if (strcmp(word, "--snapshot") == 0)
		phone.snapshot = true;
	else if (strcmp(word, "--purge") == 0)
		phone.purge = true;
	else if (strcmp(word, "--no-tls") == 0)
		phone.tls = false;
	else
		return false;
	return true;
}

static void option(const char *word, const char *value)
{
	const struct {
		const char *name;
		const char **to;
	} texts[] = { { "--socket", &phone.socket }, { "--state", &phone.state },
		      { "--backup", &phone.backup }, { "--make", &phone.make },
		      { "--udid", &phone.udid },     { "--version", &phone.version },
		      { "--trust", &phone.trust },   { "--passcode", &phone.passcode },
		      { "--count", &phone.count },   { "--like", &phone.like } };
	const struct {
		const char *name;
		int *to;
	} numbers[] = { { "--asks", &phone.asks },
			{ "--locked", &phone.locked },
			{ "--passcode-limit", &phone.passcode_limit },
			{ "--folders", &phone.folders },
			{ "--error", &phone.error } };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (strcmp(word, texts[i].name) == 0) {
			*texts[i].to = value;
			return;
		}
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (strcmp(word, numbers[i].name) == 0) {
			*numbers[i].to = (int)strtol(value, NULL, 10);
			return;
		}
	if (strcmp(word, "--big") == 0) {
		phone.big = strtoull(value, NULL, 10);
	} else if (strcmp(word, "--clock") == 0) {
		phone.clock = strtoll(value, NULL, 10);
	} else if (strcmp(word, "--log") == 0) {
		phone.log = fopen(value, "a");
	} else if (strcmp(word, "--fault") == 0 || strcmp(word, "--mux-fault") == 0) {
		struct faulty *f = strcmp(word, "--fault") == 0 ? &phone.phones : &phone.mux;
		char kind[32]; /* KIND@POINT */
		snprintf(kind, sizeof kind, "%.*s", (int)strcspn(value, "@"), value);
		f->kind = fault_of(kind);
		f->at = strchr(value, '@') ? strtol(strchr(value, '@') + 1, NULL, 10) : 0;
	} else {
		fprintf(stderr, "peer_phone: no option '%s'\n", word);
		exit(2);
	}
}

/* SIGTERM: say how many points there were, and end. SIGUSR1: the cable is pulled, or back. */
static void *signals(void *user)
{
	const sigset_t *set = user;
	int signal;
	while (sigwait(set, &signal) == 0 && signal == SIGUSR1)
		phone.gone = !phone.gone;
	FILE *f = phone.count ? fopen(phone.count, "w") : NULL;
	if (f) {
		fprintf(f, "%ld %ld\n", phone.phones.point, phone.mux.point);
		fclose(f);
	}
	_exit(0);
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++) {
		if (flag(argv[i]))
			continue;
		if (i + 1 == argc) {
			fprintf(stderr, "peer_phone: '%s' needs a value\n", argv[i]);
			return 2;
		}
		option(argv[i], argv[i + 1]);
		i++;
	}
	if (!phone.socket || !phone.state || !phone.backup) {
		fprintf(stderr, "peer_phone --socket PATH --state DIR --backup DIR [...]\n");
		return 2;
	}
	mkdir(phone.state, 0700);
	signal(SIGPIPE, SIG_IGN);
	pthread_t waiting;
	sigset_t set;
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGUSR1);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	pthread_create(&waiting, NULL, signals, &set);
	door_start();
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	snprintf(a.sun_path, sizeof a.sun_path, "%s", phone.socket);
	unlink(phone.socket);
	int l = socket(AF_UNIX, SOCK_STREAM, 0);
	if (bind(l, (struct sockaddr *)&a, sizeof a) != 0 || listen(l, 64) != 0) {
		perror("peer_phone");
		return 1;
	}
	for (;;) {
		pthread_t t;
		int fd = accept(l, NULL, NULL);
		if (fd < 0)
			continue;
		if (pthread_create(&t, NULL, serve, (void *)(intptr_t)fd) == 0)
			pthread_detach(t);
		else
			close(fd);
	}
}
