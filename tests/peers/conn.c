/* conn.c - connections of the stand-in, and the faults that are asked of it. */
#include "phone.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

void say(const char *format, ...)
{
	va_list ap;
	if (!phone.log)
		return;
	va_start(ap, format);
	pthread_mutex_lock(&phone.lock);
	vfprintf(phone.log, format, ap);
	putc('\n', phone.log);
	fflush(phone.log);
	pthread_mutex_unlock(&phone.lock);
	va_end(ap);
}

bool conn_read(struct conn *c, void *to, size_t n)
{
	char *p = to;
	while (n) {
		ssize_t got = c->ssl ? SSL_read(c->ssl, p, n < 1 << 20 ? (int)n : 1 << 20)
				     : recv(c->fd, p, n, 0);
		if (got <= 0)
			return false;
		p += got;
		n -= (size_t)got;
	}
	return !phone.gone;
}

bool conn_write_plain(struct conn *c, const void *from, size_t n)
{
	const char *p = from;
	while (n) {
		ssize_t put = c->ssl ? SSL_write(c->ssl, p, n < 1 << 20 ? (int)n : 1 << 20)
				     : send(c->fd, p, n, MSG_NOSIGNAL);
		if (put <= 0)
			return false;
		p += put;
		n -= (size_t)put;
	}
	return true;
}

/* Is this the point? */
static enum fault due(struct faulty *f)
{
	pthread_mutex_lock(&phone.lock);
	long at = f->point++;
	pthread_mutex_unlock(&phone.lock);
	return f->kind != FAULT_NONE && at == f->at ? f->kind : FAULT_NONE;
}

static bool end(struct conn *c)
{
	shutdown(c->fd, SHUT_RDWR);
	return false;
}

static bool faulty_write(struct conn *c, const void *from, size_t n, struct faulty *at)
{
	unsigned char junk[64];
	enum fault f = due(at);
	if (phone.gone && at == &phone.phones) /* usbmuxd stays */
		return end(c);
	if (f != FAULT_NONE)
		say("fault %d at %ld: %zu bytes", (int)f, at->at, n);
	switch (f) {
	case FAULT_CLOSE:
		return end(c);
	case FAULT_UNPLUG:
		phone.gone = true;
		return end(c);
	case FAULT_GARBAGE:
		for (size_t i = 0; i < sizeof junk; i++)
			junk[i] = (unsigned char)(i * 37 + 11);
		return conn_write_plain(c, junk, sizeof junk) && conn_write_plain(c, from, n);
	case FAULT_TRUNCATE:
		conn_write_plain(c, from, n / 2);
		return end(c);
	case FAULT_OVERSIZE:
		memset(junk, 0x7f, sizeof junk);
		conn_write_plain(c, junk, sizeof junk);
		sleep(3600);
		return end(c);
	case FAULT_ORDER: /* once more what was said */
		if (!conn_write_plain(c, from, n))
			return false;
		break;
	case FAULT_DRIP:
		for (size_t i = 0; i < n; i++) {
			if (!conn_write_plain(c, (const char *)from + i, 1))
				return false;
			usleep(100000);
		}
		return true;
	case FAULT_SILENT:
		sleep(3600);
		return end(c);
	default:
		break;
	}
	return conn_write_plain(c, from, n);
}

bool conn_write(struct conn *c, const void *from, size_t n)
{
	return faulty_write(c, from, n, &phone.phones);
}

bool conn_write_mux(struct conn *c, const void *from, size_t n)
{
	return faulty_write(c, from, n, &phone.mux);
}

bool conn_tls(struct conn *c)
{
	c->ssl = SSL_new(phone.ctx);
	SSL_set_fd(c->ssl, c->fd);
	return SSL_accept(c->ssl) == 1;
}

bool conn_send(struct conn *c, plist_t p, bool binary)
{
	char *bytes = NULL;
	uint32_t n = 0;
	if (binary != (like("swapped") != NULL)) /* a reader takes either */
		plist_to_bin(p, &bytes, &n);
	else
		plist_to_xml(p, &bytes, &n);
	plist_free(p);
	char *whole = malloc(n + 4);
	uint32_t length = htonl(n);
	memcpy(whole, &length, 4);
	memcpy(whole + 4, bytes, n);
	bool ok = conn_write(c, whole, n + 4);
	free(whole);
	free(bytes);
	return ok;
}

plist_t conn_receive(struct conn *c)
{
	uint32_t n;
	plist_t p = NULL;
	if (!conn_read(c, &n, 4) || (n = ntohl(n)) > 16 << 20)
		return NULL;
	char *bytes = malloc(n + 1);
	if (conn_read(c, bytes, n))
		plist_from_memory(bytes, n, &p);
	free(bytes);
	return p;
}

const char *text_of(plist_t dict, const char *key, char *to, size_t cap)
{
	char *s = NULL;
	plist_t node = dict ? plist_dict_get_item(dict, key) : NULL;
	*to = 0;
	if (node && plist_get_node_type(node) == PLIST_STRING)
		plist_get_string_val(node, &s);
	if (s)
		snprintf(to, cap, "%s", s);
	free(s);
	return to;
}

const char *like(const char *word)
{
	static _Thread_local char value[128];
	size_t n = strlen(word);
	for (const char *p = phone.like; p && *p; p += strcspn(p, ","), p += *p == ',') {
		if (strncmp(p, word, n) != 0 || !strchr(",=", p[n]))
			continue;
		snprintf(value, sizeof value, "%.*s", (int)strcspn(p + n, ","), p + n);
		return *value ? value + 1 : value;
	}
	return NULL;
}

/* ---- state ---- */

static void path_of(const char *name, char *to, size_t cap)
{
	snprintf(to, cap, "%s/%s", phone.state, name);
}

char *state_read(const char *name, size_t *ret_n)
{
	char path[4096];
	struct stat st;
	path_of(name, path, sizeof path);
	int fd = open(path, O_RDONLY);
	if (fd < 0)
		return NULL;
	fstat(fd, &st);
	char *bytes = calloc(1, (size_t)st.st_size + 1);
	ssize_t n = read(fd, bytes, (size_t)st.st_size);
	close(fd);
	if (ret_n)
		*ret_n = n > 0 ? (size_t)n : 0;
	return bytes;
}

void state_write(const char *name, const void *bytes, size_t n)
{
	char path[4096];
	path_of(name, path, sizeof path);
	int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, bytes, n) != (ssize_t)n)
		say("state %s not written", name);
	if (fd >= 0)
		close(fd);
}

void state_remove(const char *name)
{
	char path[4096];
	path_of(name, path, sizeof path);
	unlink(path);
}
