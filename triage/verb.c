/* verb.c - see verb.h */
#include "verb.h"
#include "cmd.h"
#include "say.h"
#include <string.h>

static bool own_option(struct verb *v, int argc, char **argv, int *i)
{
	for (size_t n = 0; n < sizeof v->option / sizeof *v->option && v->option[n].name; n++) {
		if (strcmp(argv[*i], v->option[n].name) != 0 || *i + 1 >= argc)
			continue;
		v->option[n].value = argv[++*i];
		return true;
	}
	for (const struct verb_own *o = v->own; o && o->name; o++) {
		if (strcmp(argv[*i], o->name) != 0 || (o->value && *i + 1 >= argc))
			continue;
		if (o->value)
			*o->value = argv[++*i];
		else
			*o->flag = true;
		return true;
	}
	return false;
}

static size_t letters(const char *s)
{
	size_t n = 0;
	for (; *s; s++)
		n += (unsigned char)*s > ' ' && ((unsigned char)*s & 0xc0) != 0x80;
	return n;
}

int verb_read(struct verb *v, int argc, char **argv, bool reason)
{
	const char *of = v->command ? v->command : "case";
	v->act.key_fd = v->act.second_fd = -1;
	for (int i = 1; i < argc; i++) {
		if (act_option(&v->act, argc, argv, &i) || own_option(v, argc, argv, &i))
			continue;
		if (strcmp(argv[i], "--reason") == 0 && i + 1 < argc)
			v->reason = argv[++i];
		else if (argv[i][0] == '-' && argv[i][1])
			return say_usage(of,
					 "'%s' is not understood, or its value is missing. "
					 "See 'linecheck %s%s --help'.",
					 argv[i], v->command ? v->command : "case ",
					 v->command ? "" : v->name);
		else if (!v->dir)
			v->dir = argv[i];
		else if (v->words < VERB_WORDS)
			v->word[v->words++] = argv[i];
		else
			return say_usage(of, "That are too many words.");
	}
	if (!v->command && (!v->dir || !*v->dir))
		return say_usage(of, "Give the folder of the case: 'linecheck case %s FOLDER'.",
				 v->name);
	if (reason && (!v->reason || letters(v->reason) < VERB_REASON))
		return say_usage(of,
				 "Say why, in a sentence: --reason \"...\" (at least %d "
				 "letters). It is the record of this decision.",
				 VERB_REASON);
	return 0;
}

const char *verb_option(const struct verb *v, const char *name)
{
	for (size_t n = 0; n < sizeof v->option / sizeof *v->option && v->option[n].name; n++)
		if (strcmp(v->option[n].name, name) == 0)
			return v->option[n].value;
	return NULL;
}

int verb_second(struct verb *v, struct case_db *c, bool needed, struct err *err)
{
	if (!needed || case_training(c))
		return 0;
	return act_second(&v->act, PERSON_SUPERVISOR, err);
}

int verb_decide(struct verb *v, struct case_db *c, enum decision_kind kind, json_t *choices,
		bool replace, int64_t *ret_id, struct err *err)
{
	const struct decision_text texts[] = { { "reason", v->reason }, { NULL, NULL } };
	struct decision d = { .kind = kind,
			      .choices = choices,
			      .texts = v->reason ? texts : NULL,
			      .second = v->act.second };
	if (!choices)
		return err_set(err, E_NOMEM, "Memory ran out.");
	if (replace)
		decision_current(c, kind, &d.supersedes, NULL, NULL);
	int rc = decision_record(c, &d, ret_id, err);
	json_decref(choices);
	return rc;
}

int verb_end(struct verb *v, struct case_db *c, int rc, const struct err *err)
{
	case_close(c);
	act_end(&v->act);
	return rc ? say_error(err) : EXIT_NOTHING;
}
