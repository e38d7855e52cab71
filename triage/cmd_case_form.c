/* cmd_case_form.c - the questions of a case as an empty form to fill in. */
#include "authority/form_words.h"
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
		form_words_answer(stdout, "# ", f);
		form_words_asked(stdout, "# ", f);
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
