/* wire.c - see wire.h */
#include "acquire/wire.h"
#include "acquire/pairing.h"
#include <errno.h>
#include <fcntl.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#define ROOM ((size_t)256 * 1024)
#define SLICE_MS 200 /* how often go_on is asked */

struct wire {
	int fd;
	SSL *ssl;
	SSL_CTX *ctx;
	struct wire_patience patience;
	size_t start, stop; /* of what waits in room */
	int64_t piece_end;  /* until when this piece of a file must be here */
	size_t piece;       /* bytes of it that are not */
	char room[ROOM];
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t deadline(const struct wire *w)
{
	return now_ms() + (int64_t)w->patience.seconds * 1000;
}

static int gone(struct err *err)
{
	return err_set(err, E_ABSENT,
		       "The phone is no longer there: was its cable pulled, or did it restart? "
		       "Connect it again, unlock it and start again.");
}

int wire_local(struct wire **ret, const char *path, const struct wire_patience *patience,
	       struct err *err)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	struct wire *w = calloc(1, sizeof *w);
	if (!w)
		return err_set(err, E_NOMEM, "Memory ran out.");
	w->patience = *patience;
	if (w->patience.seconds <= 0)
		w->patience.seconds = WIRE_SECONDS;
	w->fd = strlen(path) < sizeof a.sun_path
			? socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)
			: -1;
	memcpy(a.sun_path, path, w->fd < 0 ? 0 : strlen(path));
	int64_t until = deadline(w);
	int rc = w->fd < 0 ? -1 : connect(w->fd, (struct sockaddr *)&a, sizeof a);
	while (rc != 0 && w->fd >= 0 && errno == EAGAIN && now_ms() < until) { /* it is busy */
		const struct timespec slice = { 0, (long)SLICE_MS * 1000000 };
		nanosleep(&slice, NULL);
		rc = connect(w->fd, (struct sockaddr *)&a, sizeof a);
	}
	if (rc != 0) {
		if (w->fd >= 0)
			close(w->fd);
		free(w);
		return err_set(err, E_ABSENT, "Nothing answers at %s.", path);
	}
	*ret = w;
	return 0;
}

static void drop_tls(struct wire *w)
{
	SSL_free(w->ssl);
	SSL_CTX_free(w->ctx);
	w->ssl = NULL;
	w->ctx = NULL;
	ERR_clear_error();
}

void wire_free(struct wire *w)
{
	if (!w)
		return;
	if (w->ssl)
		SSL_shutdown(w->ssl);
	drop_tls(w);
	close(w->fd);
	explicit_bzero(w->room, sizeof w->room);
	free(w);
}

/* Wait for events: 1, 0 when the time has come, E_STOPPED. */
static int wait_for(struct wire *w, short events, int64_t until, struct err *err)
{
	for (;;) {
		int64_t left = until - now_ms();
		struct pollfd p = { .fd = w->fd, .events = events };
		int n = poll(&p, 1, left < 0 ? 0 : left < SLICE_MS ? (int)left : SLICE_MS);
		if (n > 0)
			return 1;
		if (left <= 0)
			return 0;
		if (n < 0 && errno != EINTR)
			return err_set(err, E_IO, "Waiting for the phone failed: %s.",
				       strerror(errno));
		if (w->patience.go_on && !w->patience.go_on(w->patience.user))
			return err_set(err, E_STOPPED,
				       "Stopped as asked. Nothing half done is kept.");
	}
}

static int too_slow(const struct wire *w, struct err *err)
{
	return err_set(err, E_LIMIT,
		       "The phone was silent or too slow for %d seconds. Is it unlocked, and does "
		       "it show a question? Start again.",
		       w->patience.seconds);
}

static int wait_or(struct wire *w, short events, int64_t until, struct err *err)
{
	int rc = wait_for(w, events, until, err);
	if (rc)
		return rc < 0 ? rc : 0;
	return too_slow(w, err);
}

/* What OpenSSL wants to go on: 0, or why it cannot. */
static int tls_wait(struct wire *w, int result, int64_t until, struct err *err)
{
	switch (SSL_get_error(w->ssl, result)) {
	case SSL_ERROR_WANT_READ:
		return wait_or(w, POLLIN, until, err);
	case SSL_ERROR_WANT_WRITE:
		return wait_or(w, POLLOUT, until, err);
	case SSL_ERROR_ZERO_RETURN:
	case SSL_ERROR_SYSCALL:
		return gone(err);
	default: {
		unsigned long code = ERR_peek_last_error();
		if (ERR_GET_REASON(code) == SSL_R_UNEXPECTED_EOF_WHILE_READING)
			return gone(err);
		const char *why = ERR_reason_error_string(code);
		return err_set(err, E_FORMAT,
			       "The encrypted connection to the phone broke: %s. Start again; if "
			       "it stays so, its system may be newer than this version can read.",
			       why ? why : "TLS error");
	}
	}
}

/* ---- TLS ---- */

static int use_identity(SSL_CTX *ctx, const struct pairing *p)
{
	BIO *c = BIO_new_mem_buf(p->host_certificate.p, (int)p->host_certificate.n);
	BIO *k = BIO_new_mem_buf(p->host_key.p, (int)p->host_key.n);
	X509 *cert = c ? PEM_read_bio_X509(c, NULL, NULL, NULL) : NULL;
	EVP_PKEY *key = k ? PEM_read_bio_PrivateKey(k, NULL, NULL, NULL) : NULL;
	int ok = cert && key && SSL_CTX_use_certificate(ctx, cert) == 1 &&
		 SSL_CTX_use_PrivateKey(ctx, key) == 1;
	X509_free(cert);
	EVP_PKEY_free(key);
	BIO_free(c);
	BIO_free(k);
	return ok;
}

/* A phone that has gone must not end us: SSL_write knows nothing of MSG_NOSIGNAL. */
static int quiet_write(BIO *b, const char *bytes, int n)
{
	int fd = -1;
	BIO_get_fd(b, &fd);
	BIO_clear_retry_flags(b);
	ssize_t done = send(fd, bytes, (size_t)n, MSG_NOSIGNAL);
	if (done <= 0 && BIO_sock_should_retry((int)done))
		BIO_set_retry_write(b);
	return (int)done;
}

static BIO *quiet_socket(int fd)
{
	static BIO_METHOD *method;
	const BIO_METHOD *usual = BIO_s_socket();
	if (!method && (method = BIO_meth_new(BIO_TYPE_SOCKET, "phone"))) {
		BIO_meth_set_write(method, quiet_write);
		BIO_meth_set_read(method, BIO_meth_get_read(usual));
		BIO_meth_set_ctrl(method, BIO_meth_get_ctrl(usual));
		BIO_meth_set_create(method, BIO_meth_get_create(usual));
		BIO_meth_set_destroy(method, BIO_meth_get_destroy(usual));
	}
	BIO *b = method ? BIO_new(method) : NULL;
	if (b)
		BIO_set_fd(b, fd, BIO_NOCLOSE);
	return b;
}

int wire_tls(struct wire *w, const struct pairing *p, struct err *err)
{
	int rc = 0, r;
	ERR_clear_error();
	w->ctx = SSL_CTX_new(TLS_client_method());
	if (!w->ctx)
		return err_set(err, E_NOMEM, "OpenSSL could not be started.");
	/* Phones before iOS 10 know only TLS 1.0 and keys of 1024 bits. The cable is the trust:
	 * what the phone shows was made by whoever paired. */
	SSL_CTX_set_security_level(w->ctx, 0);
	SSL_CTX_set_min_proto_version(w->ctx, TLS1_VERSION);
	SSL_CTX_set_options(w->ctx, SSL_OP_LEGACY_SERVER_CONNECT | SSL_OP_IGNORE_UNEXPECTED_EOF);
	SSL_CTX_set_verify(w->ctx, SSL_VERIFY_NONE, NULL);
	SSL_CTX_set_read_ahead(w->ctx, 1);
	SSL_CTX_set_default_read_buffer_len(w->ctx, ROOM);
	if (!use_identity(w->ctx, p))
		rc = err_set(err, E_FORMAT,
			     "The pairing record of this computer and this phone is damaged. "
			     "Unpair it ('idevicepair unpair') and connect it again.");
	BIO *bio = rc ? NULL : quiet_socket(w->fd);
	if (rc == 0 && (!bio || !(w->ssl = SSL_new(w->ctx)))) {
		BIO_free(bio);
		rc = err_set(err, E_NOMEM, "Memory ran out.");
	}
	if (w->ssl)
		SSL_set_bio(w->ssl, bio, bio);
	int64_t until = deadline(w);
	while (rc == 0 && (r = SSL_connect(w->ssl)) != 1) {
		rc = tls_wait(w, r, until, err);
		ERR_clear_error();
	}
	if (rc)
		drop_tls(w);
	return rc;
}

void wire_plain(struct wire *w)
{
	if (w->ssl)
		SSL_shutdown(w->ssl);
	drop_tls(w);
	w->start = w->stop = 0;
}

/* ---- bytes ---- */

int wire_send(struct wire *w, span bytes, struct err *err)
{
	int64_t until = deadline(w);
	int rc = 0;
	while (rc == 0 && bytes.n) {
		size_t part = bytes.n < ROOM ? bytes.n : ROOM;
		ssize_t n = w->ssl ? SSL_write(w->ssl, bytes.p, (int)part)
				   : send(w->fd, bytes.p, part, MSG_NOSIGNAL);
		if (n > 0) {
			bytes = span_from(bytes, (size_t)n);
			until = deadline(w);
		} else if (w->ssl) {
			rc = tls_wait(w, (int)n, until, err);
			ERR_clear_error();
		} else if (errno == EAGAIN || errno == EINTR) {
			rc = wait_or(w, POLLOUT, until, err);
		} else {
			rc = gone(err);
		}
	}
	return rc;
}

/* At least one byte into room. */
static int fill(struct wire *w, int64_t until, struct err *err)
{
	int rc = 0;
	if (w->start < w->stop)
		return 0;
	w->start = w->stop = 0;
	while (rc == 0) {
		ssize_t n = w->ssl ? SSL_read(w->ssl, w->room, (int)ROOM)
				   : recv(w->fd, w->room, ROOM, 0);
		if (n > 0) {
			w->stop = (size_t)n;
			return 0;
		}
		if (w->ssl) {
			rc = tls_wait(w, (int)n, until, err);
			ERR_clear_error();
		} else if (n < 0 && (errno == EAGAIN || errno == EINTR)) {
			rc = wait_or(w, POLLIN, until, err);
		} else {
			rc = gone(err);
		}
	}
	return rc;
}

int wire_receive(struct wire *w, void *to, size_t n, struct err *err)
{
	char *p = to;
	int64_t until = deadline(w);
	while (n) {
		int rc = fill(w, until, err);
		if (rc)
			return rc;
		size_t part = w->stop - w->start < n ? w->stop - w->start : n;
		memcpy(p, w->room + w->start, part);
		w->start += part;
		p += part;
		n -= part;
		if (n && now_ms() > until) /* it drips */
			return too_slow(w, err);
	}
	return 0;
}

int wire_some(struct wire *w, size_t most, span *ret, struct err *err)
{
	if (!w->piece) {
		w->piece = most < ROOM ? most : ROOM;
		w->piece_end = deadline(w);
	}
	int rc = fill(w, w->piece_end, err);
	if (rc)
		return rc;
	size_t n = w->stop - w->start < most ? w->stop - w->start : most;
	*ret = (span){ w->room + w->start, n };
	w->start += n;
	w->piece -= n < w->piece ? n : w->piece;
	if (w->piece && now_ms() > w->piece_end) /* it drips */
		return too_slow(w, err);
	return 0;
}

int wire_ready(struct wire *w, int ms, struct err *err)
{
	int64_t until = now_ms() + ms;
	for (;;) {
		if (w->start < w->stop)
			return 1;
		/* What TLS says to itself is nothing to receive. */
		if (w->ssl) {
			int n = SSL_read(w->ssl, w->room, (int)ROOM);
			bool nothing = n <= 0 && SSL_get_error(w->ssl, n) == SSL_ERROR_WANT_READ;
			ERR_clear_error();
			w->start = 0;
			w->stop = n > 0 ? (size_t)n : 0;
			if (!nothing)
				return 1; /* if it is over, receiving says so */
		}
		int rc = wait_for(w, POLLIN, until, err);
		if (rc <= 0 || !w->ssl)
			return rc;
	}
}

int64_t wire_patience_ms(const struct wire *w)
{
	return (int64_t)w->patience.seconds * 1000;
}

/* ---- lists ---- */

int wire_send_list(struct wire *w, plist_t list, bool binary, struct err *err)
{
	char *bytes = NULL;
	uint32_t n = 0;
	if (binary)
		plist_to_bin(list, &bytes, &n);
	else
		plist_to_xml(list, &bytes, &n);
	plist_free(list);
	if (!bytes)
		return err_set(err, E_NOMEM, "Memory ran out.");
	char head[4] = { (char)(n >> 24), (char)(n >> 16 & 255), (char)(n >> 8 & 255),
			 (char)(n & 255) };
	int rc = wire_send(w, (span){ head, sizeof head }, err);
	if (rc == 0)
		rc = wire_send(w, (span){ bytes, n }, err);
	explicit_bzero(bytes, n); /* it can hold a password */
	free(bytes);
	return rc;
}

int wire_receive_list(struct wire *w, struct pl **ret, struct err *err)
{
	unsigned char head[4];
	int rc = wire_receive(w, head, sizeof head, err);
	if (rc)
		return rc;
	size_t n = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
	if (n > PL_BYTES_MAX)
		return err_set(err, E_LIMIT,
			       "The phone announced a message of %zu bytes, more than any phone "
			       "sends. Start again.",
			       n);
	/* Room grows with what really comes. */
	size_t got = 0, cap = 0;
	char *bytes = NULL;
	while (rc == 0 && got < n) {
		size_t part = n - got < ROOM ? n - got : ROOM;
		if (got + part > cap) {
			cap = cap * 2 > got + part ? cap * 2 : got + part;
			char *p = realloc(bytes, cap);
			if (!p) {
				rc = err_set(err, E_NOMEM, "Memory ran out.");
				break;
			}
			bytes = p;
		}
		rc = wire_receive(w, bytes + got, part, err);
		got += part;
	}
	if (rc == 0)
		rc = pl_read(ret, (span){ bytes ? bytes : "", n }, err);
	free(bytes);
	return rc;
}
