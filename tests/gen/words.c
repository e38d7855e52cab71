/* words.c - see words.h */
#include "words.h"
#include "tool.h"
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const first_names[] = {
	"Alex",  "Bea",   "Carys", "Dan",   "Ella",  "Faye",   "Gwen", "Harun",  "Iona", "Jude",
	"Kacey", "Leon",  "Mina",  "Nico",  "Olive", "Priya",  "Ravi", "Sian",   "Theo", "Uma",
	"Vera",  "Will",  "Xena",  "Yusuf", "Zara",  "Amir",   "Beth", "Cora",   "Dev",  "Esme",
	"Finn",  "Grace", "Hana",  "Isaac", "Jas",   "Kofi",   "Lola", "Musa",   "Nell", "Oscar",
	"Pia",   "Rory",  "Sol",   "Tess",  "Una",   "Vik",    "Wren", "Yasmin", "Zeb",  "Agnes",
	"Bram",  "Clem",  "Dot",   "Eli",   "Fern",  "Gus",    "Hope", "Ivo",    "Joss", "Kit",
	"Luca",  "Maeve", "Ned",   "Orla",  "Percy", "Rosa",   "Seb",  "Tam",    "Umar", "Val",
	"Wilf",  "Yann",  "Zoe",   "Ada",   "Bo",    "Cleo",   "Drew", "Erin",   "Flo",  "Gil",
	"Hal",   "Ines",  "Jon",   "Kai",   "Lyn",   "Mabel",  "Noor", "Otis",   "Pip",  "Reg",
	"Sky",   "Ted",   "Viv",   "Win",   "Asha",  "Blythe", "Coco", "Dara",   "Eve",  "Fitz",
};
static const char *const last_names[] = {
	"Abbot",  "Barlow", "Cotter",  "Dunmore", "Eastby", "Fallow", "Garnet", "Hollis",  "Ives",
	"Jessop", "Kettle", "Larkin",  "Mercer",  "Nettle", "Oakes",  "Pellow", "Quince",  "Rusk",
	"Sorrel", "Tully",  "Upton",   "Varley",  "Wicks",  "Yarrow", "Zeller", "Ashdown", "Birch",
	"Cobb",   "Dray",   "Elphick", "Fenner",  "Gorse",  "Hythe",  "Inman",  "Jarrow",  "Keel",
	"Lomax",  "Moss",   "Norris",  "Orme",    "Paget",  "Raven",  "Speke",  "Thorn",   "Udall",
	"Vane",   "Wold",   "Yeo",     "Ackroyd", "Bright", "Crane",  "Dell",   "Ember",   "Frost",
	"Gale",   "Heath",  "Isle",    "Juniper", "Knoll",  "Leaf",   "Marsh",  "North",   "Otter",
	"Pike",   "Reed",   "Stone",   "Teal",    "Umber",  "Vale",   "Weir",   "Yew",     "Alder",
	"Brook",  "Cliffe", "Down",    "Elm",     "Firth",  "Glen",   "Hurst",  "Ivy",     "Jay",
	"Kite",   "Lake",   "Mead",    "Nye",     "Oats",   "Pool",   "Quay",   "Ridge",   "Sand",
	"Tarn",   "Usk",    "Vetch",   "West",    "York",   "Ash",    "Bell",   "Carr",    "Dyer",
	"Eade",
};
#define COUNT(a) (sizeof(a) / sizeof *(a))

void words_name(uint32_t i, struct person *p)
{
	uint32_t f = i % COUNT(first_names);
	size_t l = (i / COUNT(first_names) + f * 7u) % COUNT(last_names);
	snprintf(p->first, sizeof p->first, "%s", first_names[f]);
	snprintf(p->last, sizeof p->last, "%s", last_names[l]);
}

/* Roughly by how often people write them: word i is drawn in proportion to 1/(i+3). */
static const char *const vocabulary[] = {
	"the",      "you",      "to",       "i",       "a",        "and",      "it",
	"me",       "is",       "my",       "in",      "that",     "for",      "of",
	"on",       "so",       "u",        "im",      "we",       "what",     "be",
	"just",     "have",     "not",      "are",     "was",      "at",       "do",
	"up",       "with",     "this",     "no",      "but",      "if",       "ok",
	"your",     "can",      "get",      "now",     "all",      "out",      "when",
	"yeah",     "its",      "like",     "lol",     "dont",     "go",       "got",
	"will",     "one",      "they",     "come",    "good",     "then",     "see",
	"there",    "how",      "love",     "home",    "know",     "about",    "time",
	"she",      "he",       "back",     "day",     "want",     "think",    "today",
	"still",    "tonight",  "tomorrow", "later",   "well",     "some",     "from",
	"did",      "been",     "as",       "or",      "too",      "here",     "her",
	"him",      "had",      "make",     "right",   "say",      "them",     "really",
	"mate",     "bro",      "please",   "sorry",   "cant",     "school",   "house",
	"cheers",   "football", "match",    "pub",     "dinner",   "lunch",    "tea",
	"coffee",   "mum",      "dad",      "sister",  "brother",  "nan",      "baby",
	"birthday", "party",    "cake",     "car",     "park",     "shop",     "film",
	"game",     "online",   "picture",  "video",   "morning",  "evening",  "monday",
	"friday",   "saturday", "sunday",   "week",    "month",    "year",     "minute",
	"hour",     "late",     "early",    "soon",    "wait",     "friend",   "people",
	"someone",  "nothing",  "always",   "never",   "maybe",    "actually", "happy",
	"tired",    "hungry",   "bored",    "cold",    "nice",     "lovely",   "fine",
	"best",     "better",   "big",      "little",  "new",      "old",      "door",
	"room",     "kitchen",  "garden",   "street",  "town",     "homework", "maths",
	"teacher",  "science",  "bus",      "rain",    "sunshine", "holiday",  "beach",
	"dog",      "cat",      "phone",    "charger", "music",    "song",     "dance",
	"gym",      "swimming", "haircut",  "dentist", "doctor",   "library",  "book",
};

/* Words of the vocabulary, without inflected sisters there, that a rule may also ask for: each is
 * in about one text in seventy. */
static const char *const common[] = { "library", "swimming", "haircut", "charger", "dentist" };

const char *words_common(size_t i)
{
	return i < COUNT(common) ? common[i] : NULL;
}

/* About one text in twelve gets one of these. */
static const char *const foreign[] = {
	"😂",          "🙏🏽",    "👨‍👩‍👧",
	"❤️",     "😭",           "🔥",
	"café",       "it’s",        "don’t",
	"dziękuję",   "спасибо",     "شكرا",
	"谢谢",       "teşekkürler", "tŷ",
	"naïve",      "déjà",        "über",
	"ありがとう", "धन्यवाद",      "🎂",
};

struct writer {
	const struct phone *phone;
	const struct numbers *numbers;
	uint32_t cumulated[COUNT(vocabulary)];
	int32_t rule[COUNT(vocabulary)]; /* the rule a word belongs to, or -1 */
	char text[TEXT_MAX];
	size_t n;
};

struct writer *writer_new(const struct phone *p, const struct numbers *numbers)
{
	struct writer *w = must(calloc(1, sizeof *w));
	w->phone = p;
	w->numbers = numbers;
	uint32_t sum = 0;
	for (size_t i = 0; i < COUNT(vocabulary); i++) {
		uint32_t rule;
		sum += 1000000u / (uint32_t)(i + 3);
		w->cumulated[i] = sum;
		w->rule[i] = p->rules && rule_pack_word(p->rules, vocabulary[i], &rule)
				     ? (int32_t)rule
				     : -1;
	}
	return w;
}

void writer_free(struct writer *w)
{
	free(w);
}

static void add(struct writer *w, const char *s)
{
	size_t n = strlen(s);
	if (w->n + n + 2 >= TEXT_MAX)
		return;
	if (w->n)
		w->text[w->n++] = ' ';
	memcpy(w->text + w->n, s, n + 1);
	w->n += n;
}

static void must_hit(struct message *m, uint32_t rule)
{
	for (size_t i = 0; i < m->rules; i++)
		if (m->rule[i] == rule)
			return;
	if (m->rules == HITS_MAX)
		die("one text with more than %d rules", HITS_MAX);
	m->rule[m->rules++] = rule;
}

static void add_number(struct writer *w, struct rng *r, bool line, struct message *m)
{
	struct mention *mention = &m->mention[m->mentions++];
	uint64_t e164;
	if (line) {
		const struct deal_lines *d = w->phone->lines;
		size_t i = rng_below(r, (uint32_t)d->n);
		while (!d->at[i].e164) /* no e-mail address in a text */
			i = (i + 1) % d->n;
		e164 = d->at[i].e164;
	} else
		e164 = numbers_person(w->numbers,
				      rng_below(r, (uint32_t)numbers_people(w->numbers)));
	mention->e164 = e164;
	number_spell(e164, rng_below(r, SPELLINGS), mention->spelling);
	add(w, mention->spelling);
}

/* A term of the pack, now and then with quotes, signs or pictures set close around it. */
static void add_term(struct writer *w, struct rng *r, struct message *m)
{
	static const char *const around[][2] = { { "“", "”" }, { "🔥", "🔥" }, { "❄️", "❄️" },
						 { "(", ")" }, { "*", "*" }, { "", "…" } };
	const struct rule_pack *p = w->phone->rules;
	uint32_t first = rule_pack_invented(p);
	uint32_t rule = first + rng_below(r, rule_pack_count(p) - first);
	char spelled[TERM_SPELLED], text[TERM_SPELLED + 16];
	rule_pack_spell(p, rule, r, spelled);
	if (rng_one_in(r, 5)) {
		uint32_t i = rng_below(r, COUNT(around));
		snprintf(text, sizeof text, "%s%s%s", around[i][0], spelled, around[i][1]);
		add(w, text);
	} else
		add(w, spelled);
	must_hit(m, rule);
}

static void add_digits(struct writer *w, struct rng *r)
{
	char s[32];
	switch (rng_below(r, 4)) {
	case 0:
		snprintf(s, sizeof s, "%u", rng_below(r, 100));
		break;
	case 1:
		snprintf(s, sizeof s, "%02u:%02u", rng_below(r, 24), rng_below(r, 60));
		break;
	case 2:
		snprintf(s, sizeof s, "£%u.%02u", rng_below(r, 90), rng_below(r, 100));
		break;
	default:
		snprintf(s, sizeof s, "order %08u", rng_below(r, 100000000));
	}
	add(w, s);
}

static void add_word(struct writer *w, struct rng *r, struct message *m)
{
	uint32_t x = rng_below(r, w->cumulated[COUNT(vocabulary) - 1]);
	size_t low = 0, high = COUNT(vocabulary) - 1;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (w->cumulated[middle] <= x)
			low = middle + 1;
		else
			high = middle;
	}
	if (w->rule[low] >= 0)
		must_hit(m, (uint32_t)w->rule[low]);
	size_t start = w->n ? w->n + 1 : 0;
	add(w, vocabulary[low]);
	if (start == 0 && rng_one_in(r, 2))
		w->text[0] = (char)toupper((unsigned char)w->text[0]);
	if (rng_one_in(r, 25) && w->n + 2 < TEXT_MAX) {
		w->text[w->n++] = ",.!?"[rng_below(r, 4)];
		w->text[w->n] = 0;
	}
}

/* How many words: one less likely than the last, 13 on average. */
static uint32_t words_wanted(struct rng *r)
{
	uint32_t n = 2;
	while (n < 80 && rng_below(r, 1000) < 917)
		n++;
	return n;
}

void writer_text(struct writer *w, struct rng *r, bool line, struct message *m)
{
	uint32_t n = words_wanted(r), none = UINT32_MAX;
	uint32_t number = line || rng_one_in(r, 21) ? rng_below(r, n) : none;
	uint32_t digits = rng_one_in(r, 12) ? rng_below(r, n) : none;
	uint32_t other = rng_one_in(r, 13) ? rng_below(r, n) : none;
	uint32_t term = w->phone->rules && rng_one_in(r, 30) ? rng_below(r, n) : none;
	m->mentions = m->rules = 0;
	w->n = 0;
	w->text[0] = 0;
	for (uint32_t i = 0; i < n; i++) {
		if (i == number)
			add_number(w, r, line, m);
		else if (i == digits)
			add_digits(w, r);
		else if (i == other)
			add(w, foreign[rng_below(r, COUNT(foreign))]);
		else if (i == term)
			add_term(w, r, m);
		else
			add_word(w, r, m);
	}
	m->text = w->text;
}
