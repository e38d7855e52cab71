/* cmd_case_form.c - the questions of a case as an empty form to fill in. */
#include "authority/form.h"
#include "cmd.h"
#include "say.h"
#include <stdio.h>
#include <string.h>

static void comment(const char *text)
{
	while (*text) {
		size_t n = strcspn(text, "\n");
		printf("# %.*s\n", (int)n, text);
		text += n + (text[n] == '\n');
	}
}

/* "a|b|c" as "a, b or c" */
static void choices(const char *words, const char *last)
{
	while (*words) {
		size_t n = strcspn(words, "|;");
		printf("%.*s", (int)n, words);
		words += n;
		if (*words != '|')
			return;
		words++;
		fputs(strcspn(words, "|;") == strcspn(words, ";") ? last : ", ", stdout);
	}
}

static void form_of_answer(const struct field *f)
{
	if (f->words) {
		fputs(f->kind == FIELD_CHOICES ? "# Of these, with commas between them: "
					       : "# One of these: ",
		      stdout);
		choices(f->words, f->kind == FIELD_CHOICES ? ", " : " or ");
		putchar('\n');
	}
	if (f->kind == FIELD_DATE)
		puts("# A day, as 2025-03-14.");
	if (f->kind == FIELD_TIME)
		puts("# Day and time as UK clocks show it, as 2025-03-14 21:05.");
	if (f->least > 1)
		printf("# At least %zu letters.\n", f->least);
	if (f->optional)
		puts("# May be left empty.");
}

/* "id=a|b;other!=c" as "id is a or b, and other is not c" */
static void asked_when(const char *asked)
{
	fputs("# Only where ", stdout);
	while (*asked) {
		size_t n = strcspn(asked, "!=");
		printf("%.*s is ", (int)n, asked);
		asked += n;
		if (*asked == '!')
			fputs("not ", stdout);
		asked += strspn(asked, "!=");
		choices(asked, " or ");
		asked += strcspn(asked, ";");
		if (*asked && *++asked)
			fputs(", and ", stdout);
	}
	puts(".");
}

static int run(int argc, char **argv)
{
	(void)argv;
	if (argc != 1)
		return say_usage("case", "'linecheck case form' takes no more words: send what it "
					 "prints to a file and fill it in.");
	printf("# The questions of 'linecheck case new CASE --form THIS-FILE'. Leave empty what "
	       "does "
	       "not apply.\n# A longer answer goes between quotation marks.\n");
	for (size_t i = 0; i < form_fields_n; i++) {
		const struct field *f = &form_fields[i];
		putchar('\n');
		comment(f->question);
		comment(f->why);
		form_of_answer(f);
		if (*f->asked)
			asked_when(f->asked);
		printf("%s:\n", f->id);
	}
	return EXIT_NOTHING;
}

const struct cmd case_verb_form = {
	.name = "form",
	.usage = "",
	.line = "print the questions of 'case new' as a form to fill in",
	.help = "Prints a YAML form. Fill it in and give it to 'linecheck case new FOLDER --form "
		"FILE'.\n",
	.run = run,
};
