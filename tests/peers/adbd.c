/*
 * adbd.c - the stand-in of adbd.h as a program: one phone on a free port of this machine, whose
 * number goes to the file --port, for one connection after the other until it is killed.
 *   --db FILE  --flavour NAME  --owner knows|allows|silent  --fault KIND@PACKET
 *   --lies  --miscounts  --refuses  --toggles  --vanish ID
 *   --count FILE: the packets of the last connection
 */
#include "adbd.h"
#include <fcntl.h>
#include <sys/prctl.h>

static enum peer_fault fault_of(const char *word)
{
	static const char *const words[FAULT_MAX] = { "none",     "unplug",   "silent", "garbage",
						      "oversize", "truncate", "order",  "drip" };
	for (int i = 0; i < FAULT_MAX; i++)
		if (strncmp(word, words[i], strlen(words[i])) == 0 && word[strlen(words[i])] == '@')
			return (enum peer_fault)i;
	fprintf(stderr, "peer_adbd: no such fault: %s\n", word);
	exit(2);
}

struct words {
	const char *port, *count;
};

static bool with_value(struct peer_adbd *o, struct words *w, const char *name, const char *value)
{
	if (strcmp(name, "--db") == 0)
		o->db = value;
	else if (strcmp(name, "--flavour") == 0)
		o->flavour = value;
	else if (strcmp(name, "--port") == 0)
		w->port = value;
	else if (strcmp(name, "--count") == 0)
		w->count = value;
	else if (strcmp(name, "--vanish") == 0)
		o->vanish = strtol(value, NULL, 10);
	else if (strcmp(name, "--owner") == 0)
		o->owner = strcmp(value, "allows") == 0   ? OWNER_ALLOWS
			   : strcmp(value, "silent") == 0 ? OWNER_SILENT
							  : OWNER_KNOWS;
	else if (strcmp(name, "--fault") == 0) {
		o->fault = fault_of(value);
		o->at = strtol(strchr(value, '@') + 1, NULL, 10);
	} else
		return false;
	return true;
}

static bool alone(struct peer_adbd *o, const char *name)
{
	bool *const flag = strcmp(name, "--lies") == 0        ? &o->lies
			   : strcmp(name, "--miscounts") == 0 ? &o->miscounts
			   : strcmp(name, "--refuses") == 0   ? &o->refuses
			   : strcmp(name, "--toggles") == 0   ? &o->toggles
							      : NULL;
	if (flag)
		*flag = true;
	return flag;
}

static void serve(int s, const struct words *w, struct peer_adbd *o)
{
	int fd = accept(s, NULL, NULL), one = 1;
	if (fd < 0)
		exit(1);
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	pid_t pid = fork();
	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		close(s);
		o->count_fd = w->count ? open(w->count, O_WRONLY | O_CREAT | O_TRUNC, 0600) : -1;
		peer_serve(fd, o);
	}
	close(fd);
	waitpid(pid, NULL, 0);
}

int main(int argc, char **argv)
{
	struct peer_adbd o = { .count_fd = -1 };
	struct words w = { 0 };
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	for (int i = 1; i < argc; i++) {
		if (alone(&o, argv[i]))
			continue;
		if (i + 1 >= argc || !with_value(&o, &w, argv[i], argv[i + 1])) {
			fprintf(stderr, "peer_adbd: what is %s?\n", argv[i]);
			return 2;
		}
		i++;
	}
	int s = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (!w.port || s < 0 || bind(s, (void *)&a, sizeof a) || listen(s, 4) ||
	    getsockname(s, (void *)&a, &n))
		return 1;
	FILE *f = fopen(w.port, "w");
	if (!f)
		return 1;
	fprintf(f, "%d\n", ntohs(a.sin_port));
	fclose(f);
	for (;;)
		serve(s, &w, &o);
}
