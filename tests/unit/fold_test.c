/* fold_test.c - which forms a text is searched in, and where their bytes come from. */
#include "base/utf8.h"
#include "fold.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
/* cmocka.h wants the four above first */
#include <cmocka.h>

/* text, then every form in order; NULL ends the list */
struct row {
	const char *text;
	const char *form[FOLD_FORMS + 1];
};

static const struct row rows[] = {
	/* case, width, compatibility forms */
	{ "Bell The LINE", { "bell the line" } },
	{ "\xEF\xBC\xB4\xEF\xBC\xB2\xEF\xBC\xA1\xEF\xBC\xB0", { "trap" } }, /* full width */
	{ "\xF0\x9D\x93\xBD\xF0\x9D\x93\xBB\xF0\x9D\x93\xAA\xF0\x9D\x93\xB9",
	  { "trap" } },                                                     /* script */
	{ "\xE2\x93\xA3\xE2\x93\xA1\xE2\x93\x90\xE2\x93\x9F", { "trap" } }, /* circled */
	{ "stra\xC3\x9F"
	  "e \xEF\xAC\x81re",
	  { "strasse fire" } },
	{ "\xC3\x89t\xC3\xA9 caf\xC3\xA9 cafe\xCC\x81", { "ete cafe cafe" } },
	{ "t\xCC\xB7r\xCC\xB7"
	  "a\xCC\xB7p\xCC\xB7",
	  { "trap" } }, /* struck through */
	{ "\xC4\xB0stanbul", { "istanbul" } },
	{ "\xE2\x84\xAAilo \xC5\xBFo", { "kilo so" } }, /* Kelvin sign, long s */
	/* what cannot be seen */
	{ "tr\xE2\x80\x8B"
	  "ap \xE2\x80\xAEx\xE2\x80\xAC so\xC2\xAD"
	  "ft",
	  { "trap x soft" } },
	{ "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD ok \xE2\x9D\x84\xEF\xB8\x8F",
	  { "\xF0\x9F\x91\x8D ok \xE2\x9D\x84" } },
	{ "t\xF3\xA0\x81\xA1rap", { "trap" } },          /* a tag character */
	{ "t\xD2\x89rap \xE2\xA0\x80x", { "trap  x" } }, /* Cyrillic millions, Braille blank */
	/* emoji: sequences to their parts, letters on flags and squares; a flag stays */
	{ "\xF0\x9F\x91\xA8\xE2\x80\x8D\xF0\x9F\x91\xA7 1\xEF\xB8\x8F\xE2\x83\xA3",
	  { "\xF0\x9F\x91\xA8\xF0\x9F\x91\xA7 1" } },
	{ "\xF0\x9F\x87\xB9\xF0\x9F\x87\xB7\xF0\x9F\x87\xA6\xF0\x9F\x87\xB5",
	  { "\xF0\x9F\x87\xB9\xF0\x9F\x87\xB7\xF0\x9F\x87\xA6\xF0\x9F\x87\xB5", "trap" } },
	{ "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7", { "\xF0\x9F\x87\xAC\xF0\x9F\x87\xA7" } },
	{ "\xF0\x9F\x85\xB1\xEF\xB8\x8F"
	  "ag",
	  { "\xF0\x9F\x85\xB1"
	    "ag",
	    "bag" } },
	/* signs */
	{ "don\xE2\x80\x99t \xE2\x80\x9Cyou\xE2\x80\x9D \xE2\x80\x93 ok\xE2\x80\xA6",
	  { "don't \"you\" - ok..." } },
	{ "aa\xC2\xA0"
	  "b\xE2\x80\x83"
	  "c\xE3\x80\x80"
	  "de",
	  { "aa b c de" } },
	{ "\xC2\xA3"
	  "20 \xE2\x82\xAC"
	  "5",
	  { "\xC2\xA3"
	    "20 \xE2\x82\xAC"
	    "5" } },
	/* other scripts keep their words */
	{ "\xD0\x9F\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 \xD0\xBC\xD0\xB8\xD1\x80",
	  { "\xD0\xBF\xD1\x80\xD0\xB8\xD0\xB2\xD0\xB5\xD1\x82 \xD0\xBC\xD0\xB8\xD1\x80" } },
	{ "\xCE\x9A\xCE\xB1\xCE\xBB\xCE\xB7\xCE\xBC\xCE\xAD\xCF\x81\xCE\xB1",
	  { "\xCE\xBA\xCE\xB1\xCE\xBB\xCE\xB7\xCE\xBC\xCE\xB5\xCF\x81\xCE\xB1" } },
	{ "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87",
	  { "\xE0\xA4\xA8\xE0\xA4\xAE\xE0\xA4\xB8\xE0\xA5\x8D\xE0\xA4\xA4\xE0\xA5\x87" } },
	{ "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7",
	  { "\xD9\x85\xD8\xB1\xD8\xAD\xD8\xA8\xD8\xA7" } },
	{ "\xE4\xBD\xA0\xE5\xA5\xBD", { "\xE4\xBD\xA0\xE5\xA5\xBD" } },
	{ "\xED\x95\x9C\xEA\xB8\x80", { "\xED\x95\x9C\xEA\xB8\x80" } },
	/* letters that pass for others: mixed words, small capitals; a Russian word in a Russian
	   text not */
	{ "tr\xD0\xB0p", { "tr\xD0\xB0p", "trap" } },
	{ "the \xD1\x81\xD0\xBE\xD0\xBA\xD0\xB5 now",
	  { "the \xD1\x81\xD0\xBE\xD0\xBA\xD0\xB5 now", "the coke now" } },
	{ "\xD1\x80\xD0\xBE\xD1\x82 \xD0\xB8 \xD0\xBD\xD0\xBE\xD1\x81",
	  { "\xD1\x80\xD0\xBE\xD1\x82 \xD0\xB8 \xD0\xBD\xD0\xBE\xD1\x81" } },
	{ "\xE1\xB4\x9B\xCA\x80\xE1\xB4\x80\xE1\xB4\x98",
	  { "\xE1\xB4\x9B\xCA\x80\xE1\xB4\x80\xE1\xB4\x98", "trap" } },
	{ "\xCE\xA4R\xCE\x91P", { "\xCF\x84r\xCE\xB1p", "trap" } },
	/* long letters */
	{ "traaap", { "traaap", "trap", "traap" } },
	{ "WHEEEEL soo", { "wheeeel soo", "whel soo", "wheel soo" } },
	{ "07700 900111 .... !!! aa", { "07700 900111 .... !!! aa" } },
	{ "foooddd beeellll",
	  { "foooddd beeellll", "fod bel", "foodd beell", "food beel", "fodd bell" } },
	{ "c000kkke",
	  { "c000kkke", "c000ke", "c000kke", "coookkke", "coke", "cookke", "cooke", "cokke" } },
	{ "\xD0\xB6\xD0\xB6\xD0\xB6\xD0\xB6",
	  { "\xD0\xB6\xD0\xB6\xD0\xB6\xD0\xB6", "\xD0\xB6", "\xD0\xB6\xD0\xB6" } },
	/* single letters set apart */
	{ "go c u n c h later", { "go c u n c h later", "go cunch later" } },
	{ "O.T. soon", { "o.t. soon", "ot. soon" } },
	{ "p-l-u-g", { "p-l-u-g", "plug" } },
	{ "I am a b, c. d", { "i am a b, c. d" } },
	{ "r u ok", { "r u ok" } },
	{ "s h 4 n k", { "s h 4 n k", "shank" } },
	{ "c  u  n  c  h", { "c  u  n  c  h", "cunch" } },
	{ "p - l - u - g", { "p - l - u - g", "plug" } },
	{ "t. r. a. p.", { "t. r. a. p.", "trap." } },
	{ "c    u    n    c    h", { "c    u    n    c    h" } }, /* four signs apart */
	{ "c0 u n c h", { "c0 u n c h", "co unch" } },
	/* beside signs and emoji, and with them between */
	{ "\xF0\x9F\x94\xA5"
	  "c u n c h\xC2\xAE",
	  { "\xF0\x9F\x94\xA5"
	    "c u n c h\xC2\xAE",
	    "\xF0\x9F\x94\xA5"
	    "cunch\xC2\xAE" } },
	{ "t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5"
	  "a\xF0\x9F\x94\xA5p",
	  { "t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5"
	    "a\xF0\x9F\x94\xA5p",
	    "trap" } },
	{ "p\xC3\x97l\xC3\x97u\xC3\x97g", { "p\xC3\x97l\xC3\x97u\xC3\x97g", "plug" } },
	{ "p\xE2\x80\xA2l\xE2\x80\xA2u\xE2\x80\xA2g", { "p.l.u.g", "plug" } },
	{ "\xEF\xBC\xA3 \xEF\xBC\xB5 \xEF\xBC\xAE \xEF\xBC\xA3 \xEF\xBC\xA8",
	  { "c u n c h", "cunch" } },
	{ "\xD0\xB4 \xD0\xBE \xD0\xBC",
	  { "\xD0\xB4 \xD0\xBE \xD0\xBC", "\xD0\xB4\xD0\xBE\xD0\xBC" } },
	/* numbers among them stay apart */
	{ "c u n c h 4 days", { "c u n c h 4 days", "cunch 4 days" } },
	{ "b 4 u, x 5 p", { "b 4 u, x 5 p" } },
	{ "c 0 k 3 now", { "c 0 k 3 now", "coke now" } },
	{ "a g e 1 5 x y z", { "a g e 1 5 x y z", "age 1 5 xyz" } },
	{ "s e n d $ 5 0", { "s e n d $ 5 0", "send $ 5 0" } },
	{ "b a g 4\xC2\xA3", { "b a g 4\xC2\xA3", "bag 4\xC2\xA3" } },
	/* digits and signs inside words */
	{ "c0k3 and 5hank", { "c0k3 and 5hank", "coke and shank" } },
	{ "sh!t tr@p! $hank", { "sh!t tr@p! $hank", "shit trap! shank", "shlt trap! shank" } },
	{ "dea1 p1ug", { "dea1 p1ug", "deai piug", "deal plug" } },
	{ "8ag dru9", { "8ag dru9", "bag drug" } },
	/* and never numbers, prices, amounts, times */
	{ "4 for 20, 0.4g 1.5oz 3.5 24hrs 7pm 5th 4am 10am 3x 5k",
	  { "4 for 20, 0.4g 1.5oz 3.5 24hrs 7pm 5th 4am 10am 3x 5k" } },
	{ "\xC2\xA3"
	  "50each $100note \xE2\x82\xAC"
	  "10ea",
	  { "\xC2\xA3"
	    "50each $100note \xE2\x82\xAC"
	    "10ea" } },
	{ "\xE2\x82\xAC"
	  "5each 5each\xE2\x82\xAC \xC2\xA3 5hank \xE2\x82\xBF"
	  "5hank 5hank\xE2\x82\xBF",
	  { "\xE2\x82\xAC"
	    "5each 5each\xE2\x82\xAC \xC2\xA3 5hank \xE2\x82\xBF"
	    "5hank 5hank\xE2\x82\xBF" } },
	{ "\xEF\xBF\xA1"
	  "5each \xEF\xBC\x84"
	  "5each \xE2\x82\xA8"
	  "5each", /* wide pound and dollar; rupees, "rs" if decomposed */
	  { "\xC2\xA3"
	    "5each $5each \xE2\x82\xA8"
	    "5each" } },
	{ "5$each @5each bags@5 bags@10each gbp5each gbp 5hank eur5",
	  { "5$each @5each bags@5 bags@10each gbp5each gbp 5hank eur5" } },
	{ "5each 3for10 4for5 9to5 till7pm x5g no10 1-3hank 1,5hank 10:5hank 1h5m",
	  { "5each 3for10 4for5 9to5 till7pm x5g no10 1-3hank 1,5hank 10:5hank 1h5m" } },
	{ "\xD9\xA5"
	  "5hank 5\xC2\xBDhank \xE0\xA5\xAB"
	  "5hank",
	  { "\xD9\xA5"
	    "5hank 5\xC2\xBDhank \xE0\xA5\xAB"
	    "5hank" } },
	/* but words beside a price, and beside other signs */
	{ "c0k3 \xC2\xA3"
	  "20, 20\xC2\xA3 5hank c0k3,20 d34l b34ns be11 5m0ke kn1f35",
	  { "c0k3 \xC2\xA3"
	    "20, 20\xC2\xA3 5hank c0k3,20 d34l b34ns be11 5m0ke kn1f35",
	    "coke \xC2\xA3"
	    "20, 20\xC2\xA3 shank coke,20 deal beans beii smoke knifes",
	    "coke \xC2\xA3"
	    "20, 20\xC2\xA3 shank coke,20 deal beans bell smoke knlfes" } },
	{ "\xF0\x9F\x94\xA5"
	  "c0k3\xC2\xAE \xC3\x97"
	  "5hank\xE2\x9A\xA1 \xEF\xBF\xBC"
	  "8ag",
	  { "\xF0\x9F\x94\xA5"
	    "c0k3\xC2\xAE \xC3\x97"
	    "5hank\xE2\x9A\xA1 \xEF\xBF\xBC"
	    "8ag",
	    "\xF0\x9F\x94\xA5"
	    "coke\xC2\xAE \xC3\x97"
	    "shank\xE2\x9A\xA1 \xEF\xBF\xBC"
	    "bag" } },
	/* raised digits and fractions are not glued to a number; digits in circles are digits */
	{ "10\xC2\xB2 \xC2\xA3"
	  "3\xC2\xBD \xE2\x92\x88"
	  "5 \xE2\x91\xA1\xE2\x91\xA4",
	  { "10\xC2\xB2 \xC2\xA3"
	    "3\xC2\xBD \xE2\x92\x88"
	    "5 25" } },
	{ "2nite gr8 4u", { "2nite gr8 4u", "2nite grb 4u" } },
	{ "go 0t g0", { "go 0t g0", "go ot go" } },
	{ "call 07700900123 now 447700900123", { "call 07700900123 now 447700900123" } },
	/* several at once */
	{ "c.0.k.3", { "c.0.k.3", "coke" } },
	{ "c000ke", { "c000ke", "coooke", "coke", "cooke" } },
	/* bytes that are not UTF-8 */
	{ "tr\xFF"
	  "ap \xC3(",
	  { "tr ap  (" } },
	{ "\xED\xA0\x80x\xC0\x80", { "   x  " } }, /* a surrogate, an overlong form */
	/* a sentence in one character stands for itself */
	{ "\xEF\xB7\xBA", { "\xEF\xB7\xBA" } },
	{ "   ", { "   " } },
};

static void forms_are_as_the_table_says(void **state)
{
	(void)state;
	struct folder *f = folder_new();
	assert_non_null(f);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		fold_begin(f, span_z(rows[i].text), false);
		for (size_t k = 0; k <= FOLD_FORMS; k++) {
			const struct form *form = fold_next(f);
			if (!form) {
				assert_null(rows[i].form[k]);
				break;
			}
			if (!rows[i].form[k])
				fail_msg("'%s': further form '%.*s'", rows[i].text,
					 (int)form->text.n, form->text.p);
			if (!span_eq(form->text, span_z(rows[i].form[k])))
				fail_msg("'%s': form %zu is '%.*s', not '%s'", rows[i].text, k,
					 (int)form->text.n, form->text.p, rows[i].form[k]);
		}
		assert_false(fold_failed(f));
	}
	folder_free(f);
}

/* form number, piece of it, what of the original it stands for */
struct origin {
	const char *text;
	size_t form;
	const char *piece, *original;
};

static const struct origin origins[] = {
	{ "Bell The LINE", 0, "the", "The" },
	{ "x tr\xE2\x80\x8B"
	  "ap y",
	  0, "trap",
	  "tr\xE2\x80\x8B"
	  "ap" },
	{ "caf\xC3\xA9!", 0, "cafe", "caf\xC3\xA9" },
	{ "cafe\xCC\x81!", 0, "cafe", "cafe\xCC\x81" }, /* the accent belongs to its letter */
	{ "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD ok", 0, "\xF0\x9F\x91\x8D",
	  "\xF0\x9F\x91\x8D\xF0\x9F\x8F\xBD" },
	{ "a\xEF\xAC\x81re", 0, "f", "\xEF\xAC\x81" }, /* half of a ligature is all of it */
	{ "a\xEF\xAC\x81re", 0, "ir", "\xEF\xAC\x81r" },
	{ "so\xE2\x80\xA6go", 0, ".g", "\xE2\x80\xA6g" },
	{ "my tr\xD0\xB0p!", 1, "trap", "tr\xD0\xB0p" },
	{ "a traaaap b", 1, "trap", "traaaap" },
	{ "a trapppp b", 1, "trap", "trapppp" },
	{ "a trapppp b", 2, "trapp", "trapppp" },
	{ "a trapppp b", 1, "b", "b" },
	{ "xx c u n c h later", 1, "cunch", "c u n c h" },
	{ "xx c u n c h later", 1, "later", "later" },
	{ "xx c0k3 y", 1, "coke", "c0k3" },
	{ "\xC3\xA9\xC3\xA9 c.0.k.3 y", 1, "coke", "c.0.k.3" },
	{ "\xFF\xFF\xD1\x81OOOKE z", 2, "coke", "\xD1\x81OOOKE" },
	{ "\xE1\x84\x92\xE1\x85\xA1\xE1\x86\xAB\xED\x95\x9C z", 0, "z", "z" },
	{ "\xF0\x9F\x94\xA5t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5p!", 1, "trp",
	  "t\xF0\x9F\x94\xA5r\xF0\x9F\x94\xA5p" },
	{ "\xE0\xA4\xA8\xE0\xA4\xAE c  u  n  c  h \xE4\xBD\xA0", 1, "cunch", "c  u  n  c  h" },
	{ "a foooddd b", 3, "food", "foooddd" },
	{ "\xF0\x9F\x87\xB9\xF0\x9F\x87\xB7\xF0\x9F\x87\xA6\xF0\x9F\x87\xB5 c0k3", 2, "ap",
	  "\xF0\x9F\x87\xA6\xF0\x9F\x87\xB5" },
	{ "\xE2\x82\xAC"
	  "5each c0k3",
	  1, "coke", "c0k3" },
};

static void pieces_map_back_to_the_right_bytes(void **state)
{
	(void)state;
	struct folder *f = folder_new();
	for (size_t i = 0; i < sizeof origins / sizeof *origins; i++) {
		const struct origin *o = &origins[i];
		const struct form *form = NULL;
		fold_begin(f, span_z(o->text), false);
		for (size_t k = 0; k <= o->form; k++)
			form = fold_next(f);
		assert_non_null(form);
		const char *at = memmem(form->text.p, form->text.n, o->piece, strlen(o->piece));
		if (!at)
			fail_msg("'%s': no '%s' in '%.*s'", o->text, o->piece, (int)form->text.n,
				 form->text.p);
		size_t start = (size_t)(at - form->text.p), stop = start + strlen(o->piece);
		fold_origin(f, &start, &stop);
		span got = span_sub(span_z(o->text), start, stop);
		if (!span_eq(got, span_z(o->original)))
			fail_msg("'%s' of '%s' comes from '%.*s', not '%s'", o->piece, o->text,
				 (int)got.n, got.p, o->original);
	}
	folder_free(f);
}

static uint64_t seed = 20240611;

static unsigned pick(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

static size_t random_text(char *out, size_t max)
{
	static const char *const bits[] = { "a",
					    "aa",
					    "A",
					    "c u n",
					    " ",
					    ".",
					    "0",
					    "1",
					    "3",
					    "$",
					    "!",
					    "@",
					    "x",
					    "\xD0\xB0",
					    "\xCE\xBF",
					    "\xE1\xB4\x80",
					    "\xCC\x81",
					    "\xE2\x80\x8B",
					    "\xFF",
					    "\xE2",
					    "\xC3\xA9",
					    "\xEF\xAC\x81",
					    "\xF0\x9F\x91\x8D",
					    "\xF0\x9F\x8F\xBD",
					    "\xEF\xB8\x8F",
					    "\xED\x95\x9C",
					    "\xD0\xB6",
					    "'",
					    "\xE2\x80\x99",
					    "\n",
					    "e",
					    "t",
					    "7",
					    "2",
					    "a b c",
					    "a  b  c",
					    "ooo",
					    "\xE2\x82\xAC",
					    "\xC3\x97",
					    "\xF0\x9F\x87\xB9",
					    "\xF0\x9F\x87\xB7",
					    "\xE0\xA4\xA8",
					    "\xE0\xA4\xBE",
					    "\xD9\xA5",
					    "\xC2\xBD" };
	size_t n = 0, parts = pick(40);
	for (size_t i = 0; i < parts; i++) {
		span b = span_z(bits[pick(sizeof bits / sizeof *bits)]);
		if (n + b.n > max)
			break;
		memcpy(out + n, b.p, b.n);
		n += b.n;
	}
	return n;
}

static bool on_boundary(span s, size_t at)
{
	/* Not inside a well-formed character: find characters from the start. */
	for (size_t pos = 0; pos < s.n;) {
		if (pos == at)
			return true;
		utf8_next(s, &pos);
		if (pos > at)
			return false;
	}
	return at == s.n;
}

static void every_character_of_every_form_maps_back(void **state)
{
	(void)state;
	struct folder *f = folder_new();
	char text[256];
	for (int i = 0; i < 20000; i++) {
		size_t n = random_text(text, sizeof text);
		char *exact = malloc(n + 1); /* so that a read past its end is seen */
		memcpy(exact, text, n);
		span s = { exact, n };
		fold_begin(f, s, false);
		const struct form *form;
		size_t forms = 0;
		while ((form = fold_next(f)) != NULL) {
			forms++;
			assert_true(utf8_valid(form->text));
			assert_int_equal(form->ascii, utf8_ascii(form->text));
			size_t before = 0;
			for (size_t pos = 0; pos < form->text.n;) {
				size_t start = pos;
				utf8_next(form->text, &pos);
				size_t stop = pos;
				fold_origin(f, &start, &stop);
				assert_true(start < stop && stop <= n);
				assert_true(on_boundary(s, start) && on_boundary(s, stop));
				assert_true(start >= before); /* in the order of the text */
				before = start;
			}
		}
		assert_true(forms >= 1 && forms <= FOLD_FORMS);
		free(exact);
	}
	folder_free(f);
}

/* The quick look must not lose a form that the slow way makes. */
static void short_cuts_change_nothing(void **state)
{
	(void)state;
	static const char *const ascii[] = { "a", "a", "b", " ", "c", "c", "t", "0", "1",
					     "3", "5", "$", "@", "!", ".", " ", " ", "-",
					     "x", "e", "'", "2", "4", "7", "A" };
	static const char *const others[] = { "\xD0\xB6",
					      "\xE2\x80\x8B",
					      "\xC3\xA9",
					      "\xD0\xB0",
					      "\xCC\x81",
					      "\xEF\xAC\x80",
					      "f",
					      "\xF0\x9F\x98\x80",
					      "\xFF",
					      "\xE3\x8C\x80",
					      "\xC3\x97",
					      "\xE2\x82\xAC",
					      "\xF0\x9F\x87\xB9" };
	struct folder *quick = folder_new(), *slow = folder_new();
	char text[300];
	for (int i = 0; i < 100000; i++) {
		size_t n = 0, parts = pick(70);
		unsigned mixed = i % 2 ? pick(3) : 0;
		for (size_t k = 0; k < parts; k++) {
			span p = span_z(mixed && pick(3) < mixed
						? others[pick(sizeof others / sizeof *others)]
						: ascii[pick(sizeof ascii / sizeof *ascii)]);
			memcpy(text + n, p.p, p.n);
			n += p.n;
		}
		fold_begin(quick, (span){ text, n }, false);
		fold_begin(slow, (span){ text, n }, true);
		for (;;) {
			const struct form *a = fold_next(quick), *b = fold_next(slow);
			if (!a != !b || (a && !span_eq(a->text, b->text)))
				fail_msg("'%.*s': '%.*s' and '%.*s'", (int)n, text,
					 a ? (int)a->text.n : 0, a ? a->text.p : "",
					 b ? (int)b->text.n : 0, b ? b->text.p : "");
			if (!a)
				break;
		}
	}
	folder_free(quick);
	folder_free(slow);
}

/* Terms are folded once: what they fold to must be what folded text holds. */
static void folding_twice_is_folding_once(void **state)
{
	(void)state;
	struct fold_chars *t = fold_chars_new();
	for (uint32_t cp = 0; cp < 0x110000; cp++) {
		if (cp >= 0xD800 && cp < 0xE000)
			continue;
		const struct fold_char c = *fold_chars_get(t, cp);
		span s = { c.utf8, c.n };
		for (size_t pos = 0; pos < s.n;) {
			size_t from = pos;
			const struct fold_char *again = fold_chars_get(t, utf8_next(s, &pos));
			if (!span_eq((span){ again->utf8, again->n }, span_sub(s, from, pos)))
				fail_msg("U+%04X folds to '%.*s', which folds further", cp,
					 (int)s.n, s.p);
		}
		assert_true(c.n <= FOLD_CHAR_MAX);
	}
	fold_chars_free(t);
}

static void very_long_texts_are_cut_and_memory_is_given_back(void **state)
{
	(void)state;
	size_t n = FOLD_TEXT_MAX + 10;
	char *text = malloc(n);
	memset(text, 'a', n);
	struct folder *f = folder_new();
	fold_begin(f, (span){ text, n }, false);
	const struct form *form = fold_next(f);
	assert_int_equal(form->text.n, FOLD_TEXT_MAX);
	form = fold_next(f);
	assert_true(span_eq(form->text, SPAN("a")));
	size_t start = 0, stop = 1;
	fold_origin(f, &start, &stop);
	assert_int_equal(start, 0);
	assert_int_equal(stop, FOLD_TEXT_MAX);
	fold_end(f);
	fold_begin(f, SPAN("Again"), false);
	assert_true(span_eq(fold_next(f)->text, SPAN("again")));
	assert_null(fold_next(f));
	fold_begin(f, (span){ "", 0 }, false);
	assert_int_equal(fold_next(f)->text.n, 0);
	assert_null(fold_next(f));
	folder_free(f);
	folder_free(NULL);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(forms_are_as_the_table_says),
		cmocka_unit_test(pieces_map_back_to_the_right_bytes),
		cmocka_unit_test(every_character_of_every_form_maps_back),
		cmocka_unit_test(short_cuts_change_nothing),
		cmocka_unit_test(folding_twice_is_folding_once),
		cmocka_unit_test(very_long_texts_are_cut_and_memory_is_given_back),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
