/* stories.c - tell a story as a phone, or hold the program's answers against the labels. */
#include "story.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char usage[] =
	"stories phone OUT ORDINARY LINES.csv MESSAGES FILE.story...   OUT/NAME/phone and "
	"OUT/NAME/lines.csv\n"
	"stories judge RESULTS TABLE FILE.story...    RESULTS/NAME.json: what scan --json printed";

static void phones(char **argv, int argc)
{
	for (int i = 6; i < argc; i++) {
		struct story *s = story_read(argv[i]);
		char *out = path_join(argv[2], s->name);
		story_fill(s, argv[3], strtoul(argv[5], NULL, 10));
		story_write(s, out, argv[4]);
		free(out);
		story_free(s);
	}
}

static void judge(char **argv, int argc)
{
	size_t n = (size_t)argc - 4;
	struct story **story = must(calloc(n, sizeof *story));
	for (size_t i = 0; i < n; i++)
		story[i] = story_read(argv[i + 4]);
	story_judge(story, n, argv[2], argv[3]);
	for (size_t i = 0; i < n; i++)
		story_free(story[i]);
	free(story);
}

int main(int argc, char **argv)
{
	if (argc > 6 && !strcmp(argv[1], "phone"))
		phones(argv, argc);
	else if (argc > 4 && !strcmp(argv[1], "judge"))
		judge(argv, argc);
	else
		die("%s", usage);
	return 0;
}
