/* say.c - see say.h */
#include "say.h"
#include "cmd.h"
#include "report/shown.h"
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define PROGRESS_EVERY_MS 200
#define SAID_MAX 8192 /* bytes of one line that is said */

void say_name(FILE *to, const char *s)
{
	shown_name(to, span_z(s), SAID_MAX);
}

__attribute__((format(printf, 1, 0))) static void say(const char *format, va_list ap)
{
	char text[SAID_MAX];
	vsnprintf(text, sizeof text, format, ap);
	say_name(stderr, text);
}

void say_note(const char *format, ...)
{
	va_list ap;
	va_start(ap, format);
	say(format, ap);
	va_end(ap);
	putc('\n', stderr);
}

int say_error(const struct err *err)
{
	fflush(stdout);
	fputs("linecheck: ", stderr);
	say_name(stderr, err->code ? err->message : "It failed; nothing says why.");
	putc('\n', stderr);
	if (err->code == E_NOMEM)
		fputs("Close other programs, then run the same command again.\n", stderr);
	if (getenv("LINECHECK_DEBUG") && err->file)
		fprintf(stderr, "  [%s at %s:%d]\n", err_word(err->code), err->file, err->line);
	return err->code == E_REFUSED ? EXIT_REFUSED
	       : err->code == E_USAGE ? EXIT_USAGE
				      : EXIT_FAILED;
}

static const char *verb_command = "", *verb_word = "";

void say_verb(const char *command, const char *verb)
{
	verb_command = command;
	verb_word = verb;
}

int say_usage(const char *command, const char *format, ...)
{
	va_list ap;
	fflush(stdout);
	fprintf(stderr, "linecheck %s: ", command);
	va_start(ap, format);
	say(format, ap);
	va_end(ap);
	bool of_verb = strcmp(command, verb_command) == 0;
	fprintf(stderr, "\nTo see how it is used: linecheck help %s%s%s\n", command,
		of_verb ? " " : "", of_verb ? verb_word : "");
	return EXIT_USAGE;
}

bool say_colour(FILE *to)
{
	const char *no = getenv("NO_COLOR");
	return isatty(fileno(to)) && !(no && *no);
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void say_progress_start(struct say_progress *p)
{
	*p = (struct say_progress){ .active = isatty(STDERR_FILENO) == 1, .last_ms = now_ms() };
}

bool say_progress_fn(void *user, const char *what, uint64_t done, uint64_t total)
{
	struct say_progress *p = user;
	if (!p->active)
		return true;
	int64_t now = now_ms();
	if (now - p->last_ms < PROGRESS_EVERY_MS)
		return true;
	p->last_ms = now;
	if (total)
		fprintf(stderr, "\r%-24.60s %3u %%    ", what,
			(unsigned)(done > total ? 100 : done * 100 / total));
	else
		fprintf(stderr, "\r%-24.60s %llu    ", what, (unsigned long long)done);
	fflush(stderr);
	return true;
}

void say_progress_end(struct say_progress *p)
{
	if (p->active)
		fprintf(stderr, "\r%60s\r", "");
	p->active = false;
}
