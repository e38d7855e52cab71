/* form_words.c - see form_words.h */
#include "form_words.h"
#include <string.h>

/* "a|b|c" as "a, b or c" */
static void choices(FILE *to, const char *words, const char *last)
{
	while (*words) {
		size_t n = strcspn(words, "|;");
		fprintf(to, "%.*s", (int)n, words);
		words += n;
		if (*words != '|')
			return;
		words++;
		fputs(strcspn(words, "|;") == strcspn(words, ";") ? last : ", ", to);
	}
}

void form_words_answer(FILE *to, const char *before, const struct field *f)
{
	if (f->words) {
		bool several = f->kind == FIELD_CHOICES;
		fprintf(to, "%s%s", before,
			several ? "Of these, with commas between them: " : "One of these: ");
		choices(to, f->words, several ? ", " : " or ");
		putc('\n', to);
	}
	if (f->kind == FIELD_DATE)
		fprintf(to, "%sA day, as 2025-03-14.\n", before);
	if (f->kind == FIELD_TIME)
		fprintf(to, "%sDay and time as UK clocks show it, as 2025-03-14 21:05.\n", before);
	if (f->least > 1)
		fprintf(to, "%sAt least %zu letters.\n", before, f->least);
	if (f->optional)
		fprintf(to, "%sMay be left empty.\n", before);
}

/* "id=a|b;other!=c" as "id is a or b, and other is not c" */
void form_words_asked(FILE *to, const char *before, const struct field *f)
{
	const char *asked = f->asked;
	if (!*asked)
		return;
	fprintf(to, "%sOnly where ", before);
	while (*asked) {
		size_t n = strcspn(asked, "!=");
		fprintf(to, "%.*s is ", (int)n, asked);
		asked += n;
		if (*asked == '!')
			fputs("not ", to);
		asked += strspn(asked, "!=");
		choices(to, asked, " or ");
		asked += strcspn(asked, ";");
		if (*asked && *++asked)
			fputs(", and ", to);
	}
	fputs(".\n", to);
}
