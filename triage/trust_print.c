/* trust_print.c - see trust_print.h. Names come from a signed policy, which holds no hidden
 * characters; they stand last on their lines all the same. */
#include "trust_print.h"
#include <stdlib.h>

static const char *state_of(const struct person *p, int64_t now)
{
	if (p->revoked)
		return "REVOKED";
	if (now < p->from)
		return "not yet";
	return p->until != TIME_UNSET && now >= p->until ? "ended" : "may act";
}

static void print_entry(FILE *to, const struct person *p, int64_t now)
{
	char from[25], until[25] = "";
	time_format(p->from, from);
	if (p->until != TIME_UNSET)
		time_format(p->until - 1, until);
	if (p->revoked)
		time_format(p->revoked_on, until);
	fprintf(to, "  %-10s  %-7s  %s  %.10s %s %-10.10s  %s\n",
		p->role == PERSON_ROLE_MAX ? "unit" : person_role_word(p->role), state_of(p, now),
		p->key.id, from, p->revoked ? "revoked" : "to     ", until, p->key.name);
}

static void print_keys(FILE *to, const struct trust *t)
{
	char id[17];
	size_t n = trust_force_keys(t);
	key_id(trust_force_key(t, 0), id);
	fprintf(to, "Root      %s\n", id);
	if (n > 1) {
		key_id(trust_force_key(t, n - 1), id);
		fprintf(to, "Signed by %s, the force key number %zu\n", id, n);
	}
}

void trust_print(FILE *to, const struct trust *t, bool folder, int64_t now)
{
	char issued[25];
	time_format(trust_issued(t), issued);
	fprintf(to, "%s, policy %llu of %.10s\n", trust_force(t),
		(unsigned long long)trust_number(t), issued);
	if (folder)
		fprintf(to, "In %s: sound. If it counts here, 'linecheck trust check' says.\n",
			trust_dir(t));
	else if (trust_installed(t))
		fprintf(to, "In %s, installed by root: it counts on this machine.\n", trust_dir(t));
	else
		fprintf(to, "In %s: self-made trust, not installed by the force.\n", trust_dir(t));
	if (!folder && trust_installed(t) && getenv("LINECHECK_TRUST"))
		fprintf(to, "LINECHECK_TRUST is set and changes nothing: the installed policy "
			    "counts.\n");
	print_keys(to, t);
	fprintf(to, "Training  %s\n\n", trust_training_allowed(t) ? "allowed" : "refused");
	for (size_t i = 0; i < trust_people(t); i++)
		print_entry(to, trust_person_at(t, i), now);
	for (size_t i = 0; i < trust_units(t); i++)
		print_entry(to, trust_unit_at(t, i), now);
	if (trust_people(t) + trust_units(t) == 0)
		fprintf(to, "  Nobody may do anything yet.\n");
}

void trust_print_lost(FILE *to)
{
	fputs("The force's key is lost or stolen\n"
	      "\n"
	      "You still have it, but somebody else may have it, too:\n"
	      "  1. linecheck key new NEWKEY --name NAME\n"
	      "  2. linecheck trust rotate FOLDER --key OLDKEY --new-key NEWKEY\n"
	      "  3. On every machine, today, as root: linecheck trust install FOLDER\n"
	      "     A machine that has the new policy never believes the old key again. One that "
	      "has not,\n"
	      "     believes whoever holds the old key.\n"
	      "\n"
	      "You no longer have it, or its passphrase is forgotten:\n"
	      "  1. linecheck key new NEWKEY --name NAME\n"
	      "  2. linecheck trust create NEWFOLDER --force FORCE --key NEWKEY\n"
	      "  3. linecheck trust add NEWFOLDER ... for each person and unit. Their own keys "
	      "stay "
	      "as they\n"
	      "     are: 'linecheck trust check FOLDER' lists their ids, and the old policy.json "
	      "holds their\n"
	      "     public halves. Leave out whoever is in doubt.\n"
	      "  4. Read the id of NEWKEY out to whoever looks after the machines. On each, as "
	      "root:\n"
	      "     linecheck trust install NEWFOLDER --new-root --id ID\n"
	      "  Until then machines go on with the policy they have. Packs, decisions and reports "
	      "that were\n"
	      "  signed stay good: people's and units' keys did not change.\n"
	      "\n"
	      "A person's or a unit's key is lost or stolen\n"
	      "  1. linecheck trust revoke FOLDER ID --key FORCEKEY, and install the policy. If it "
	      "is "
	      "only lost\n"
	      "     and nobody can have found it with its passphrase: trust retire, so that what "
	      "it "
	      "signed counts.\n"
	      "  2. linecheck key new, and trust add with the new public half.\n"
	      "  What was sealed to the lost key (packs, cases) can be opened only by its other "
	      "recipients.\n",
	      to);
}
