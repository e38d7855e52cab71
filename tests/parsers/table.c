/*
 * table.c - parser_table: the tables of what is read, from the parsers themselves, and of what is
 * only seen to be there, from the list of apps, as Markdown.
 *
 * parsers/README.md holds what this prints; ctest parser.table compares them.
 */
#include "apps.h"
#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *platform_words(enum platform platform)
{
	return platform == PLATFORM_IOS       ? "iPhone"
	       : platform == PLATFORM_ANDROID ? "Android"
					      : "any";
}

static const char *last_part(const char *glob)
{
	const char *slash = strrchr(glob, '/');
	return slash && slash[1] != '*' ? slash + 1 : glob;
}

static bool shown_before(const struct parser *p, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (!strcmp(last_part(p->files[k]), last_part(p->files[i])))
			return true;
	return false;
}

static void put_files(const struct parser *p)
{
	const char *before = "";
	for (size_t i = 0; i < COUNT(p->files) && p->files[i]; i++)
		if (!shown_before(p, i)) {
			printf("%s`%s`", before, last_part(p->files[i]));
			before = ", ";
		}
	if (p->sniff)
		printf("%s", *before ? "; by content" : "by content");
}

static void put_kinds(unsigned kinds)
{
	const char *before = "";
	for (int kind = 0; kind < REC_KIND_MAX; kind++)
		if (kinds & KIND_BIT(kind)) {
			printf("%s%s", before, record_kind_word((enum record_kind)kind));
			before = ", ";
		}
}

/* Android and iPhone are rows of their own: one can be read where the other cannot. */
static void put_unread(void)
{
	puts("| app | platform | id | for |");
	puts("|---|---|---|---|");
	for (size_t i = 0; i < apps_count(); i++)
		if (!apps[i].reader)
			printf("| %s | %s | `%s` | %s |\n", apps[i].name,
			       platform_words(apps[i].platform), apps[i].id, apps[i].category);
}

int main(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "unread")) {
		put_unread();
		return 0;
	}
	puts("| parser | app | platform | file | gives | rows | versions, tested on | does not say "
	     "|");
	puts("|---|---|---|---|---|---|---|---|");
	for (const struct parser *const *p = parsers; *p; p++) {
		printf("| %s | %s | %s | ", (*p)->name, (*p)->app, platform_words((*p)->platform));
		put_files(*p);
		fputs(" | ", stdout);
		put_kinds((*p)->kinds);
		printf(" | %s | %s | %s |\n", (*p)->keeps_deleted ? "live, deleted" : "live",
		       (*p)->tested, (*p)->limits ? (*p)->limits : "");
		if (!(*p)->tested)
			return 1;
	}
	return 0;
}
