/* cmd_devices.c - which phones are connected, and what to do next with each. */
#include "acquire/transport.h"
#include "cmd.h"
#include "options.h"
#include "report/emit.h"
#include "say.h"
#include <time.h>

#define WATCH_MS 1000
#define SHOWN_MAX 64 /* phones that --watch tells apart */

struct shown {
	char id[128], detail[320];
	enum device_state state;
};

struct looking {
	bool watch;
	struct emit *json;
	size_t n;
	struct shown now[SHOWN_MAX], before[SHOWN_MAX];
	size_t nows, befores;
	bool failed; /* a way could not be asked */
};

/* ---- for a person ---- */

static void line(const char *what, const char *value, const char *more)
{
	if (!*value)
		return;
	printf("  %-9s ", what);
	say_name(stdout, value);
	printf("%s\n", more);
}

static void yes_no(const char *what, int value, const char *yes, const char *no)
{
	if (value >= 0)
		printf("  %-9s %s\n", what, value ? yes : no);
}

static void tell(const struct device *d)
{
	say_name(stdout, *d->model ? d->model : d->transport->name);
	printf(", ");
	say_name(stdout, d->os);
	printf("%s", *d->version ? " " : "");
	say_name(stdout, d->version);
	printf(": %s\n", d->state == DEVICE_READY      ? "ready"
			 : d->state == DEVICE_NO_TRUST ? "no trust yet"
			 : d->state == DEVICE_ASKING   ? "asks its owner now"
			 : d->state == DEVICE_LOCKED   ? "locked"
			 : d->state == DEVICE_REFUSED  ? "refused"
			 : d->state == DEVICE_NO_RIGHT ? "may not be opened"
						       : "trouble");
	line("device", d->id, "");
	line("name", d->name, "");
	line("serial", d->serial, "");
	for (size_t i = 0; i < DEVICE_NUMBERS; i++) {
		line("IMEI", d->imei[i],
		     d->imei_ok[i] ? "" : "  (check digit is wrong: compare with *#06#)");
		line("ICCID", d->iccid[i], "");
		line("number", d->number[i], "  (as the phone says)");
	}
	yes_no("trust", d->paired, "this computer is trusted", "this computer is not trusted yet");
	yes_no("lock", d->locked, "locked", "unlocked");
	yes_no("backups", d->encrypted, "encrypted: the backup password will be needed",
	       "not encrypted: call history is not in them");
	line("note", d->detail, "");
	line("next", d->next, "");
}

/* ---- for a program ---- */

static void numbers(struct emit *j, const char *key, const char (*value)[32], const bool *ok)
{
	emit_key(j, key);
	emit_open(j, '[');
	for (size_t i = 0; i < DEVICE_NUMBERS; i++) {
		if (!*value[i])
			continue;
		if (!ok) {
			emit_string(j, span_z(value[i]));
			continue;
		}
		emit_open(j, '{');
		emit_pair(j, "value", span_z(value[i]));
		emit_pair_bool(j, "check_digit", ok[i]);
		emit_close(j, '}');
	}
	emit_close(j, ']');
}

static void known(struct emit *j, const char *key, int value)
{
	emit_key(j, key);
	if (value < 0)
		emit_null(j);
	else
		emit_bool(j, value != 0);
}

static void text(struct emit *j, const char *key, const char *value)
{
	emit_pair(j, key, *value ? span_z(value) : SPAN_NONE);
}

static void tell_json(struct emit *j, const struct device *d)
{
	emit_open(j, '{');
	emit_pair_word(j, "transport", d->transport->name);
	emit_pair(j, "id", span_z(d->id));
	emit_pair_word(j, "state", device_state_word(d->state));
	text(j, "name", d->name);
	text(j, "model", d->model);
	text(j, "product", d->product);
	text(j, "os", d->os);
	text(j, "version", d->version);
	text(j, "build", d->build);
	emit_pair_bool(j, "newer_than_tested", d->newer);
	text(j, "serial", d->serial);
	numbers(j, "imei", d->imei, d->imei_ok);
	numbers(j, "iccid", d->iccid, NULL);
	numbers(j, "number", d->number, NULL);
	known(j, "trusted", d->paired);
	known(j, "locked", d->locked);
	known(j, "backup_encrypted", d->encrypted);
	text(j, "detail", d->detail);
	text(j, "next", d->next);
	emit_close(j, '}');
}

/* ---- the whole ---- */

/* While watching, only what changed is told. */
static bool is_new(struct looking *l, const struct device *d)
{
	struct shown s = { .state = d->state };
	snprintf(s.id, sizeof s.id, "%s", d->id);
	snprintf(s.detail, sizeof s.detail, "%s", d->detail);
	if (l->nows < SHOWN_MAX)
		l->now[l->nows++] = s;
	for (size_t i = 0; i < l->befores; i++)
		if (strcmp(l->before[i].id, s.id) == 0)
			return l->before[i].state != s.state ||
			       strcmp(l->before[i].detail, s.detail) != 0;
	return true;
}

static int on_device(void *user, const struct device *d, struct err *err)
{
	struct looking *l = user;
	(void)err;
	l->n++;
	if (!is_new(l, d))
		return 0;
	if (l->json)
		tell_json(l->json, d);
	else
		tell(d);
	return 0;
}

static void gone(struct looking *l)
{
	for (size_t i = 0; i < l->befores; i++) {
		size_t k = 0;
		while (k < l->nows && strcmp(l->now[k].id, l->before[i].id) != 0)
			k++;
		if (k < l->nows)
			continue;
		if (l->json) {
			emit_open(l->json, '{');
			emit_pair(l->json, "id", span_z(l->before[i].id));
			emit_pair_word(l->json, "state", "gone");
			emit_close(l->json, '}');
		} else {
			say_name(stdout, l->before[i].id);
			printf(": no longer connected\n");
		}
	}
	memcpy(l->before, l->now, sizeof l->now);
	l->befores = l->nows;
	l->nows = 0;
}

/* A way that is not there is said once, and is no failure while another has a phone. */
static void look(struct looking *l, bool first)
{
	for (const struct transport *const *t = transports(); *t; t++) {
		struct err err = { 0 };
		if ((*t)->devices(on_device, l, &err) == 0)
			continue;
		l->failed = true;
		if (first)
			say_note("%s: %s", (*t)->what, err.message);
	}
	gone(l);
}

static void look_for_ever(struct looking *l)
{
	const struct timespec pause = { WATCH_MS / 1000, (WATCH_MS % 1000) * 1000000L };
	for (bool first = true;; first = false) {
		look(l, first);
		if (l->json)
			emit_flush(l->json);
		if (fflush(stdout) != 0)
			return; /* nobody reads any more */
		nanosleep(&pause, NULL);
	}
}

static int run(int argc, char **argv)
{
	bool json = false, watch = false;
	static struct emit j;
	static struct looking l;
	const struct option_word words[] = { { "--json", NULL, &json },
					     { "--watch", NULL, &watch } };
	int code = options_read("devices", words, sizeof words / sizeof *words, &argc, argv);
	if (code)
		return code;
	if (argc > 1)
		return say_usage("devices", "There is no word '%s' here.", argv[1]);
	j.to = stdout;
	l.json = json ? &j : NULL;
	if (watch) {
		look_for_ever(&l);
		return EXIT_NOTHING;
	}
	if (json) {
		j.indent = 2;
		emit_open(&j, '{');
		emit_pair_word(&j, "schema", "linecheck-devices-1");
		emit_key(&j, "devices");
		emit_open(&j, '[');
	}
	look(&l, true);
	if (json) {
		emit_close(&j, ']');
		emit_close(&j, '}');
		emit_flush(&j);
	} else if (!l.n) {
		printf("No phone is connected. Connect it by cable, unlock it, and look again.\n");
	}
	return l.failed && !l.n ? EXIT_FAILED : EXIT_NOTHING;
}

const struct cmd cmd_devices = {
	.name = "devices",
	.usage = "[--json] [--watch]",
	.line = "which phones are connected, and what to do next",
	.help = "Lists every phone on a cable: model, system, serial and device numbers, whether "
		"it is\n"
		"locked and trusts this computer, whether its backups are encrypted, and what to "
		"do next.\n"
		"Nothing is changed on the phone and nothing of its contents is read.\n"
		"\n"
		"  --json     for programs. With --watch one object a line, as things change.\n"
		"  --watch    go on looking, and say what changes, until you stop it (Ctrl-C).\n"
		"\n"
		"Ends with 0; 1: phones could not be looked for, the reason is said.\n",
	.run = run,
};
