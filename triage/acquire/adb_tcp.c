/* adb_tcp.c - a phone that listens on a network address which a person named: never looked for. */
#include "acquire/adb_wire.h"
#include <errno.h>
#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CONNECT_MS 10000
#define HELD 64 /* no packet's head is longer */

struct fd_link {
	struct adb_link base;
	int fd;
	char held[HELD]; /* came too late for the receive that asked for it */
	size_t held_n;
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int gone(struct err *err)
{
	return err_set(err, E_ABSENT,
		       "The phone closed the connection. Is it still there and awake? Connect it "
		       "again and start again.");
}

static int wait_for(int fd, short what, int64_t end, struct err *err)
{
	for (;;) {
		int64_t left = end - now_ms();
		struct pollfd p = { .fd = fd, .events = what };
		int n = left > 0 ? poll(&p, 1, (int)left) : 0;
		if (n > 0)
			return 0;
		if (n == 0)
			return err_set(
				err, E_LIMIT,
				"The phone did not answer in time. Unlock it, look whether it "
				"asks something, and start again.");
		if (errno != EINTR)
			return gone(err);
	}
}

static int fd_send(struct adb_link *l, const void *p, size_t n, int ms, struct err *err)
{
	int fd = ((struct fd_link *)l)->fd;
	int64_t end = now_ms() + ms;
	const char *at = p;
	while (n) {
		ssize_t w = send(fd, at, n, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (w > 0) {
			at += w;
			n -= (size_t)w;
			continue;
		}
		if (w < 0 && errno != EAGAIN && errno != EINTR)
			return gone(err);
		int rc = wait_for(fd, POLLOUT, end, err);
		if (rc)
			return rc;
	}
	return 0;
}

static int fd_receive(struct adb_link *l, void *p, size_t n, int ms, struct err *err)
{
	struct fd_link *f = (struct fd_link *)l;
	int fd = f->fd;
	int64_t end = now_ms() + ms;
	size_t asked = n, held = f->held_n < n ? f->held_n : n;
	char *at = p;
	memcpy(at, f->held, held);
	if (held < HELD)
		memmove(f->held, f->held + held, f->held_n - held);
	f->held_n -= held;
	at += held;
	n -= held;
	while (n) {
		ssize_t r = recv(fd, at, n, MSG_DONTWAIT);
		if (r > 0) {
			at += r;
			n -= (size_t)r;
			continue;
		}
		if (r == 0 || (errno != EAGAIN && errno != EINTR))
			return gone(err);
		int rc = wait_for(fd, POLLIN, end, err);
		if (rc == E_LIMIT && asked <= HELD) {
			f->held_n = asked - n;
			memcpy(f->held, p, f->held_n);
		}
		if (rc)
			return rc;
	}
	return 0;
}

static void fd_free(struct adb_link *l)
{
	close(((struct fd_link *)l)->fd);
	free(l);
}

int adb_fd(struct adb_link **ret, int fd, struct err *err)
{
	struct fd_link *l = calloc(1, sizeof *l);
	if (!l) {
		close(fd);
		return err_set(err, E_NOMEM, "Memory ran out.");
	}
	l->base = (struct adb_link){ fd_send, fd_receive, fd_free };
	l->fd = fd;
	*ret = &l->base;
	return 0;
}

static int connect_one(const struct addrinfo *a)
{
	int fd = socket(a->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0), error = 0;
	socklen_t n = sizeof error;
	if (fd < 0)
		return -1;
	bool ok = connect(fd, a->ai_addr, a->ai_addrlen) == 0;
	if (!ok && errno == EINPROGRESS)
		ok = wait_for(fd, POLLOUT, now_ms() + CONNECT_MS, NULL) == 0 &&
		     getsockopt(fd, SOL_SOCKET, SO_ERROR, &error, &n) == 0 && error == 0;
	if (ok) {
		int one = 1;
		setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
		return fd;
	}
	close(fd);
	return -1;
}

int adb_tcp(struct adb_link **ret, const char *host, const char *port, struct err *err)
{
	const struct addrinfo want = { .ai_family = AF_UNSPEC,
				       .ai_socktype = SOCK_STREAM,
				       .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV };
	struct addrinfo *list = NULL;
	int fd = -1;
	if (getaddrinfo(host, port, &want, &list) != 0)
		return err_set(err, E_USER,
			       "'%s:%s' is not an address: give the phone's as numbers, "
			       "adb:192.0.2.7:5555.",
			       host, port);
	for (const struct addrinfo *a = list; a && fd < 0; a = a->ai_next)
		fd = connect_one(a);
	freeaddrinfo(list);
	return fd < 0 ? err_set(err, E_ABSENT,
				"Nothing answers at %s, port %s. Is the phone on, in the same "
				"network, and does it allow debugging over it?",
				host, port)
		      : adb_fd(ret, fd, err);
}
