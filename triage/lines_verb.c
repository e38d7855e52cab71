/* lines_verb.c - see lines_verb.h */
#include "lines_verb.h"
#include "cmd.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static bool own_option(struct lines_verb *v, int argc, char **argv, int *i)
{
	for (size_t n = 0; n < LINES_OPTIONS && v->option[n]; n++) {
		size_t length = strlen(v->option[n]);
		bool flag = v->option[n][length - 1] == '!';
		length -= flag;
		if (strncmp(argv[*i], v->option[n], length) != 0 || v->value[n])
			continue;
		if (flag && !argv[*i][length]) {
			v->value[n] = "";
			return true;
		}
		if (!flag && argv[*i][length] == '=') {
			v->value[n] = argv[*i] + length + 1;
			return true;
		}
		if (flag || argv[*i][length] || *i + 1 >= argc)
			continue;
		v->value[n] = argv[++*i];
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

int lines_verb_read(struct lines_verb *v, int argc, char **argv, bool reason)
{
	bool options = true;
	v->act.key_fd = v->act.second_fd = -1;
	for (int i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
			continue;
		}
		if (options &&
		    (act_option(&v->act, argc, argv, &i) || own_option(v, argc, argv, &i)))
			continue;
		if (options && strcmp(argv[i], "--reason") == 0 && i + 1 < argc && !v->reason)
			v->reason = argv[++i];
		else if (options && argv[i][0] == '-' && argv[i][1])
			return say_usage("lines",
					 "'%s' is not understood, its value is missing, or it is "
					 "given twice. See 'linecheck lines %s --help'.",
					 argv[i], v->name);
		else if (!*argv[i] || v->words == v->most)
			return say_usage("lines", "'lines %s' takes: %s.", v->name, v->word_names);
		else
			v->word[v->words++] = argv[i];
	}
	if (v->words < v->least)
		return say_usage("lines", "'lines %s' needs: %s.", v->name, v->word_names);
	if (reason && (!v->reason || letters(v->reason) < LINES_REASON))
		return say_usage(
			"lines",
			"Say why: --reason \"...\" (at least %d letters). It goes into the "
			"log.",
			LINES_REASON);
	return 0;
}

const char *lines_verb_option(const struct lines_verb *v, const char *name)
{
	size_t length = strlen(name);
	for (size_t n = 0; n < LINES_OPTIONS && v->option[n]; n++)
		if (strncmp(v->option[n], name, length) == 0 &&
		    (!v->option[n][length] || v->option[n][length] == '!'))
			return v->value[n];
	return NULL;
}

int lines_verb_unlock(struct lines_verb *v, enum lines_who who, struct err *err)
{
	static const enum person_role roles[] = { PERSON_ANALYST, PERSON_SUPERVISOR,
						  PERSON_AUDITOR };
	struct err first = { 0 };
	int rc = E_REFUSED;
	for (int i = 0;
	     rc == E_REFUSED && i <= (int)who && (size_t)i < sizeof roles / sizeof *roles; i++) {
		struct err why = { 0 };
		rc = act_unlock(&v->act, roles[i], &why);
		v->supervisor = !rc && roles[i] == PERSON_SUPERVISOR;
		if (!i || (rc && rc != E_REFUSED))
			first = why;
		if (!v->act.key)
			break; /* not unlocked: no role will help */
	}
	return rc ? err_set(err, rc, "%s", first.message) : 0;
}

int lines_verb_open(struct lines_verb *v, enum lines_who who, struct err *err)
{
	int rc = lines_verb_unlock(v, who, err);
	return rc ? rc : linedb_open(&v->d, v->word[0], v->act.key, err);
}

int lines_verb_end(struct lines_verb *v, int rc, const struct err *err)
{
	linedb_close(v->d);
	act_end(&v->act);
	fflush(stdout);
	return rc ? say_error(err) : EXIT_NOTHING;
}

void lines_verb_say_proposal(int64_t proposal)
{
	printf("Proposal %lld. It counts when another person has approved it: linecheck lines "
	       "approve DATABASE %lld\n",
	       (long long)proposal, (long long)proposal);
}
