/* wording.c - see wording.h */
#include "wording.h"
#include <stdio.h>

struct entry {
	const char *words, *other;
};

static const struct entry banned[] = {
#define B(words, instead) { words, instead },
#include "wording_banned.list"
#undef B
};

static const struct entry unfair[] = {
#define U(words, why) { words, why },
#include "wording_unfair.list"
#undef U
};

/* Words that are colours and drug words too, and say what somebody looks like only before these. */
static const char *const colours[] = { "black",      "white",      "brown",
				       "mixed race", "light skin", "dark skin" };
static const char *const people[] = { "boy",    "boys",  "girl", "girls", "kid",   "kids",
				      "lad",    "lads",  "man",  "men",   "guy",   "guys",
				      "male",   "males", "yout", "youts", "youth", "youths",
				      "people", "woman", "women" };

/* Text read word by word: lower case, everything that is not a letter or digit is one space, one
 * before and after. In patterns, the letter of an escape (\b) is no letter. */
struct reader {
	char s[4200];
	size_t n;
};

static bool alnum(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static void read_words(struct reader *r, span text)
{
	r->n = 0;
	r->s[r->n++] = ' ';
	for (size_t i = 0; i < text.n && r->n + 2 < sizeof r->s; i++) {
		char c = text.p[i];
		if (c == '\\') {
			i++;
			c = ' ';
		}
		if (!alnum(c))
			c = ' ';
		else if (c >= 'A' && c <= 'Z')
			c = (char)(c + 32);
		if (c != ' ' || r->s[r->n - 1] != ' ')
			r->s[r->n++] = c;
	}
	if (r->s[r->n - 1] != ' ')
		r->s[r->n++] = ' ';
	r->s[r->n] = 0;
}

static bool has(const struct reader *r, const char *words)
{
	size_t n = strlen(words);
	for (const char *p = r->s; (p = strstr(p, words)) != NULL; p++)
		if (p[-1] == ' ' && p[n] == ' ')
			return true;
	return false;
}

const char *wording_banned(span text, const char **ret_instead)
{
	struct reader r;
	read_words(&r, text);
	for (size_t i = 0; i < sizeof banned / sizeof *banned; i++)
		if (has(&r, banned[i].words)) {
			*ret_instead = banned[i].other;
			return banned[i].words;
		}
	return NULL;
}

/* The 124 postcode areas. */
static const char areas[] =
	" ab al b ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt "
	"dy "
	"e ec eh en ex fk fy g gl gu gy ha hd hg hp hr hs hu hx ig im ip iv je ka kt kw ky l la ld "
	"le "
	"ll ln ls lu m me mk ml n ne ng nn np nr nw ol ox pa pe ph pl po pr rg rh rm s sa se sg sk "
	"sl "
	"sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub w wa wc wd wf wn wr ws wv yo ze ";
/* Everyday short forms that look like a postcode district. */
static const char *const not_postcodes[] = { "m8", "w8", "b4", "l8", "l8r", "g8" };

static bool is_postcode(const char *word, size_t n)
{
	char area[5] = " ";
	size_t letters = 0, digits = 0;
	while (letters < n && letters < 3 && word[letters] >= 'a' && word[letters] <= 'z')
		letters++;
	if (letters == 0 || letters > 2)
		return false;
	while (letters + digits < n && word[letters + digits] >= '0' &&
	       word[letters + digits] <= '9')
		digits++;
	size_t rest = n - letters - digits;
	if (digits == 0 || digits > 2 || rest > 1)
		return false;
	for (size_t i = 0; i < sizeof not_postcodes / sizeof *not_postcodes; i++)
		if (strlen(not_postcodes[i]) == n && memcmp(not_postcodes[i], word, n) == 0)
			return false;
	memcpy(area + 1, word, letters);
	memcpy(area + 1 + letters, " ", 2);
	return strstr(areas, area) != NULL;
}

const char *wording_unfair(span text, const char **ret_why)
{
	static _Thread_local char found[64];
	struct reader r;
	read_words(&r, text);
	for (size_t i = 0; i < sizeof unfair / sizeof *unfair; i++)
		if (has(&r, unfair[i].words)) {
			*ret_why = unfair[i].other;
			return unfair[i].words;
		}
	for (size_t c = 0; c < sizeof colours / sizeof *colours; c++)
		for (size_t p = 0; p < sizeof people / sizeof *people; p++) {
			snprintf(found, sizeof found, "%s %s", colours[c], people[p]);
			if (has(&r, found)) {
				*ret_why = "ethnicity";
				return found;
			}
		}
	for (const char *p = r.s + 1; *p;) {
		size_t n = strcspn(p, " ");
		if (is_postcode(p, n)) {
			snprintf(found, sizeof found, "%.*s", (int)n, p);
			*ret_why = "a postcode";
			return found;
		}
		p += n + (p[n] == ' ');
	}
	return NULL;
}
