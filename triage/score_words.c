/* score_words.c - see score_words.h */
#include "score_words.h"
#include "base/utf8.h"
#include "score.h"

#define SHOWN 40 /* bytes of a handle that a sentence repeats */

static void add_person(struct summary *sum, uint32_t person)
{
	if (person == NOBODY)
		return;
	uint32_t known = sum->people < 3 ? sum->people : 3;
	for (uint32_t i = 0; i < known; i++)
		if (sum->person[i] == person)
			return;
	if (sum->people < 3)
		sum->person[sum->people] = person;
	sum->people++; /* beyond three an upper bound, which is said as "several" */
}

void summarise(struct summary *ret, const struct sighting *s, uint32_t n)
{
	struct summary sum = { .first = TIME_UNSET, .last = TIME_UNSET };
	int32_t last_day = INT32_MIN;
	for (uint32_t i = 0; i < n; i++) {
		enum sight sight = (enum sight)s[i].sight;
		bool event = sight == SIGHT_EVENT || sight == SIGHT_TEXT;
		sum.records++;
		sum.in += event && s[i].direction == DIR_IN;
		sum.out += event && s[i].direction == DIR_OUT;
		sum.unknown += event && s[i].direction == DIR_UNKNOWN;
		sum.calls += event && s[i].kind == REC_CALL;
		sum.texts += event && s[i].kind != REC_CALL;
		sum.outreach += sight == SIGHT_OUTREACH;
		sum.own += sight == SIGHT_OWN;
		sum.saved += sight == SIGHT_SAVED;
		sum.member += sight == SIGHT_MEMBER;
		sum.mention += sight == SIGHT_MENTION;
		add_person(&sum, s[i].person);
		if (s[i].time == TIME_UNSET) {
			sum.undated += event;
			continue;
		}
		if (sum.first == TIME_UNSET)
			sum.first = s[i].time;
		sum.last = s[i].time;
		int32_t day = sighting_day(&s[i]);
		sum.days += day != last_day;
		last_day = day;
	}
	*ret = sum;
}

static void add_count(struct buf *out, uint64_t n, const char *one, const char *more)
{
	buf_addf(out, "%llu %s", (unsigned long long)n, n == 1 ? one : more);
}

static void add_date(struct buf *out, int64_t ms)
{
	static const char *const months[] = { "January",   "February", "March",    "April",
					      "May",       "June",     "July",     "August",
					      "September", "October",  "November", "December" };
	const int64_t day = 86400000;
	int year;
	unsigned month, date;
	time_civil(ms / day - (ms % day < 0), &year, &month, &date);
	buf_addf(out, "%u %s %d", date, months[month - 1], year);
}

static void add_period(struct buf *out, const struct summary *sum)
{
	if (sum->first == TIME_UNSET) {
		buf_addf(out, " at times that the phone does not give");
		return;
	}
	if (sum->first / 86400000 == sum->last / 86400000) {
		buf_addf(out, " on ");
		add_date(out, sum->first);
		return;
	}
	buf_addf(out, " on ");
	add_count(out, sum->days, "day", "days");
	buf_addf(out, " between ");
	add_date(out, sum->first);
	buf_addf(out, " and ");
	add_date(out, sum->last);
}

static void add_directions(struct buf *out, uint32_t in, uint32_t out_n, uint32_t unknown)
{
	const char *join = "";
	if (in) {
		buf_addf(out, "%u received", (unsigned)in);
		join = ", ";
	}
	if (out_n) {
		buf_addf(out, "%s%u sent", join, (unsigned)out_n);
		join = ", ";
	}
	if (unknown)
		buf_addf(out, "%s%u of unknown direction", join, (unsigned)unknown);
}

static void add_shown(struct buf *out, span s)
{
	size_t start = out->n;
	for (size_t at = 0; at < s.n;) {
		size_t from = at;
		uint32_t cp = utf8_next(s, &at);
		if (out->n - start >= SHOWN) {
			buf_addf(out, "...");
			return;
		}
		if (cp == UTF8_BAD || cp < 0x20 || utf8_is_hidden(cp))
			buf_byte(out, '?');
		else if (cp == 0x201C || cp == 0x201D) /* ours: they must not end early */
			buf_byte(out, '\'');
		else
			buf_add(out, span_sub(s, from, at));
	}
}

static void add_number(struct buf *out, uint64_t e164, span raw)
{
	char text[17];
	if (!e164) {
		add_shown(out, raw);
		return;
	}
	identifier_format(e164, text);
	buf_addf(out, "%s", text);
}

static void add_grade(struct buf *out, const struct case_assertion *a)
{
	static const char *const sources[] = { "a reliable source", "an untested source",
					       "a source that is not reliable" };
	static const char *const assessments[] = {
		"known directly to the source",   "known indirectly to the source and corroborated",
		"known indirectly to the source", "not known to be true",
		"suspected to be false",
	};
	char s = a->grade[0], k = a->grade[1];
	if (s < '1' || s > '3' || k < 'A' || k > 'E') {
		buf_addf(out, ", not graded");
		return;
	}
	buf_addf(out, ", graded %s (%s, %s)", a->grade, sources[s - '1'], assessments[k - 'A']);
}

static void add_window(struct buf *out, const struct case_assertion *a)
{
	if (a->from == TIME_UNSET && a->until == TIME_UNSET) {
		buf_addf(out, " without dates");
		return;
	}
	if (a->from != TIME_UNSET) {
		buf_addf(out, " from ");
		add_date(out, a->from);
	}
	if (a->until != TIME_UNSET) {
		buf_addf(out, a->from == TIME_UNSET ? " up to " : " to ");
		add_date(out, a->until - 1);
	} else {
		buf_addf(out, " on");
	}
}

static uint32_t zone_events(const struct contact *c, enum zone zone)
{
	const struct contact_zone *z = &c->zone[zone];
	return z->in + z->out + z->unknown;
}

/* Where the contacts fall against the dates. */
static void add_zones(struct buf *out, const struct case_assertion *a, const struct policy *p)
{
	if (!a->contact || (a->from == TIME_UNSET && a->until == TIME_UNSET))
		return;
	const struct contact *c = a->contact;
	uint32_t n[ZONE_MAX], all = 0;
	for (int z = 0; z < ZONE_MAX; z++)
		all += n[z] = zone_events(c, (enum zone)z);
	if (!all)
		return;
	uint32_t beyond = n[ZONE_OUTSIDE] + n[ZONE_FAR];
	if (n[ZONE_INSIDE] == all) {
		buf_addf(out, all == 1 ? " It falls inside those dates."
				       : " All fall inside those dates.");
		return;
	}
	buf_addf(out, " Against those dates:");
	const char *join = " ";
	if (n[ZONE_INSIDE]) {
		buf_addf(out, "%s%u inside", join, (unsigned)n[ZONE_INSIDE]);
		join = ", ";
	}
	if (n[ZONE_NEAR]) {
		buf_addf(out, "%s%u within %d days of them", join, (unsigned)n[ZONE_NEAR],
			 p->line.time.near_days);
		join = ", ";
	}
	if (beyond) {
		buf_addf(out, "%s%u further away", join, (unsigned)beyond);
		join = ", ";
	}
	if (n[ZONE_UNDATED])
		buf_addf(out, "%s%u without a time", join, (unsigned)n[ZONE_UNDATED]);
	buf_addf(out, ".");
	if (beyond == all)
		buf_addf(out, " At such a distance the number may well have had another user.");
}

static void add_events(struct buf *out, const struct summary *sum)
{
	uint32_t events = sum->in + sum->out + sum->unknown;
	if (!events)
		return;
	if (sum->calls && sum->texts) {
		add_count(out, sum->calls, "call", "calls");
		buf_addf(out, " and ");
		add_count(out, sum->texts, "message", "messages");
	} else if (sum->calls) {
		add_count(out, sum->calls, "call", "calls");
	} else {
		add_count(out, sum->texts, "message", "messages");
	}
}

static void add_others(struct buf *out, const struct summary *sum)
{
	if (sum->own)
		buf_addf(out, " The phone's own number or SIM is on the list.");
	if (sum->outreach) {
		buf_addf(out, " ");
		add_count(out, sum->outreach,
			  "message from the number tells people where to find help; it is not "
			  "counted "
			  "as contact.",
			  "messages from the number tell people where to find help; they are not "
			  "counted as contact.");
	}
	if (sum->saved)
		buf_addf(out, " The number is saved in the contacts.");
	if (sum->member) {
		buf_addf(out, " It is in a group with this phone (");
		add_count(out, sum->member, "message).", "messages).");
	}
	if (sum->mention) {
		buf_addf(out, " It stands in the text of ");
		add_count(out, sum->mention, "message.", "messages.");
	}
}

static void add_left_out(struct buf *out, const struct case_facts *f)
{
	if (f->left_after)
		buf_addf(out,
			 " The case holds more matches than are weighed; those from record %lld "
			 "on are left out.",
			 (long long)f->left_after);
}

void words_line(struct buf *out, const struct summary *sum, const struct line_words *line,
		const struct case_facts *f, const struct policy *p)
{
	const struct case_assertion *best = line->best;
	bool events = sum->in || sum->out || sum->unknown;
	add_events(out, sum);
	buf_addf(out, events ? " with " : "");
	add_number(out, best->e164, span_z(best->identifier));
	if (line->numbers > 1) {
		buf_addf(out, " and ");
		add_count(out, line->numbers - 1, "other number of the line",
			  "other numbers of the line");
	}
	if (events) {
		add_period(out, sum);
		buf_addf(out, ": ");
		add_directions(out, sum->in, sum->out, sum->unknown);
		buf_addf(out, ".");
	} else {
		buf_addf(out,
			 " %s met on this phone; no call or message was found that counts as "
			 "contact.",
			 line->numbers > 1 ? "were" : "was");
	}
	add_others(out, sum);
	buf_addf(out, " The list gives ");
	add_number(out, best->e164, span_z(best->identifier));
	buf_addf(out, " to the line");
	add_window(out, best);
	add_grade(out, best);
	buf_addf(out, ".%s", best->basis);
	add_zones(out, best, p);
	if (line->entries > 1) {
		buf_addf(out, " ");
		add_count(out, line->entries - 1,
			  "other entry of the list for this line was met too.",
			  "other entries of the list for this line were met too.");
	}
	if (line->family)
		buf_addf(out, " The number is saved as family.");
	if (!line->counted)
		buf_addf(out, " It is listed and not counted.");
	add_left_out(out, f);
}

/* How the phone's contacts hold somebody. */
static void add_saved(struct buf *out, const struct person *who)
{
	if (who->saved) {
		buf_addf(out, " (saved in the contacts)");
		return;
	}
	if (!who->saved_as.p) {
		buf_addf(out, " (not in the contacts)");
		return;
	}
	buf_addf(out, who->saved_as.n ? ", saved as \xe2\x80\x9c" : ", saved without a name");
	add_shown(out, who->saved_as);
	buf_addf(out, "%s%s", who->saved_as.n ? "\xe2\x80\x9d" : "",
		 who->line_name ? ", which is a name of the line itself (no saved person)"
				: ", which is a number on the line list (no saved person)");
}

static void add_people(struct buf *out, const struct summary *sum, const struct case_facts *f)
{
	if (!sum->people)
		return;
	buf_addf(out, " with ");
	if (sum->people > 3) {
		buf_addf(out, "several people");
		return;
	}
	for (uint32_t i = 0; i < sum->people; i++) {
		const struct person *who = &f->person[sum->person[i]];
		buf_addf(out, !i ? "" : i + 1 == sum->people ? " and " : ", ");
		add_number(out, who->e164, who->raw);
		add_saved(out, who);
	}
}

void words_rule(struct buf *out, const struct summary *sum, const struct case_facts *f,
		enum weighing weighing)
{
	if (sum->calls && sum->texts)
		add_count(out, sum->records, "call or message", "calls and messages");
	else if (sum->calls)
		add_count(out, sum->records, "call", "calls");
	else
		add_count(out, sum->records, "message", "messages");
	add_people(out, sum, f);
	add_period(out, sum);
	buf_addf(out, ": ");
	add_directions(out, sum->in, sum->out, sum->unknown);
	buf_addf(out, ".");
	switch (weighing) {
	case WEIGHED_ALONE:
		buf_addf(out, sum->records == 1 ? " It stands alone and counts for less."
						: " Each stands alone and counts for less.");
		break;
	case WEIGHED_MORE:
		break;
	case WEIGHED_NOTE:
		buf_addf(out, " It is listed and carries no points.");
		break;
	case WEIGHED_CLEARS:
		buf_addf(out, " Because of it other signs in the same words were not counted.");
		break;
	case WEIGHED_UNKNOWN:
		buf_addf(out, " The rule is not in the packs in use, so it was not weighed.");
		break;
	}
	add_left_out(out, f);
}

void words_app(struct buf *out, const char *apps)
{
	buf_addf(out, "On this phone: %s. It is listed and carries no points.", apps);
}

void words_name(struct buf *out, const struct summary *sum, bool counts)
{
	add_count(out, sum->records, "contact is", "contacts are");
	buf_addf(out, " saved under the name of this line.");
	if (!counts)
		buf_addf(out, " Alone a name says nothing: it counts only beside another finding.");
}

void words_without(struct buf *out, int level, int without)
{
	buf_addf(out, "Without this the level would %s: %s.", level == without ? "still be" : "be",
		 level_word(without));
}
