#!/usr/bin/env bash
# Words that judge a child stand in nothing that a person reads: every string of the program, what the packs and weights say, the
# notices and the scripts that ship. Which words: rules/wording_banned.list, which 'rules lint' keeps to as well.
set -u
cd "$SOURCE_DIR" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
fail() {
	echo "FAIL $*"
	bad=1
}

# Where such a word may stand, as FILE:WORD. symbols.list names the signs that stand in evidence, as Unicode does.
cat >"$work/allowed" <<'X'
rules/wording_banned.list:*
rules/wording_unfair.list:gang
rules/wording_unfair.list:gangs
rules/wording_unfair.list:gang member
triage/court/symbols.list:runner
X

# Each file's texts, one a line as FILE:LINE<tab>TEXT. Literals that C joins are one; of a pack everything but what is looked for in
# messages and the examples.
texts() {
	perl -e '
	for my $file (@ARGV) {
		open my $f, "<", $file or die "$file: $!";
		local $/;
		my $all = <$f>;
		if ($file =~ /\.(?:c|h|list)$/) {
			my ($said, $line) = ("", 0);
			my $flush = sub { print "$file:$line\t$said\n" if $said =~ /\S/; $said = "" };
			while ($all =~ m{\G(?:(\s+|//[^\n]*|/\*.*?\*/|\\\n)|"((?:\\.|[^"\\])*)"|(\x27(?:\\.|[^\x27\\])+\x27|.))}gcs) {
				next if defined $1;
				if (defined $3) { $flush->(); next }
				my ($end, $text) = (pos($all), $2);
				$line = 1 + (substr($all, 0, $end) =~ tr/\n//) if $said eq "";
				$text =~ s/\\(?:x[0-9A-Fa-f]+|[0-7]+|.)/ /gs;
				$said .= $text;
			}
			$flush->();
		} elsif ($file =~ m{packs/.*\.yaml$}) {
			my ($n, $inside) = (0, -1);
			for (split /\n/, $all) {
				$n++;
				next if /^\s*(?:#|$)/;
				my ($indent) = /^((?:\s|- )*)/;
				next if $inside >= 0 && length $indent > $inside;
				$inside = /^\s*(?:- )?(?:pattern|literal|match|nomatch|terms|near|words):/ ? length $indent : -1;
				print "$file:$n\t$_\n" if $inside < 0;
			}
		} else {
			my $n = 0;
			print "$file:" . ++$n . "\t$_\n" for split /\n/, $all;
		}
	}' "$@"
}

# Those of these lines with a banned word that is not allowed there, as FILE:LINE: WORD: TEXT
judged() {
	perl -e '
	open my $b, "<", "rules/wording_banned.list" or die;
	my @banned = map { /^B\("([^"]*)"/ ? $1 : () } <$b>;
	open my $a, "<", shift or die;
	my %allowed = map { chomp; ($_ => 1) } <$a>;
	while (<STDIN>) {
		chomp;
		my ($at, $said) = split /\t/, $_, 2;
		my ($file) = $at =~ /^(.*):\d+$/;
		next if $allowed{"$file:*"};
		(my $words = lc $said) =~ s{</?[a-z][^>]*>}{ }g;
		$words =~ s/[^a-z0-9]+/ /g;
		for my $word (@banned) {
			print "$at: $word: $said\n" if " $words " =~ / $word / && !$allowed{"$file:$word"};
		}
	}' "$work/allowed"
}

# The list holds what the notes of the field ban
for word in 'drug dealer' runner 'gang member' prostitute chose lifestyle streetwise absconded offender nominal; do
	grep -q "^B(\"$word\", " rules/wording_banned.list || fail "'$word' is not on the list of banned words"
done

# The search itself: what it must find, and what it must leave alone
mkdir -p "$work/packs"
cat >"$work/probe.c" <<'X'
#include "chose.h" /* a gang */
static const char quote = '"'; // a runner
const char *a = "He is a drug"
		/* between */ " dealer.";
const char *b = "Stree\"t\n<b>Streetwise</b>\xe2\x80\x93" "gang\tmember", *c = "Absconded,";
const char *fine = "gangway, forerunner, chosen", *d[] = { "drug", "dealer" };
X
cat >"$work/packs/probe.yaml" <<'X'
rules:
  - id: probe.offender.one # an id is shown
    pattern: 'drug dealing'
    terms:
      - gang
    meaning: The way somebody
      chose.
    match: [runner]
    nomatch:
      - lifestyle
X
printf 'the child\nis a nominal of ours\n' >"$work/probe.txt"
texts "$work/probe.c" "$work/packs/probe.yaml" "$work/probe.txt" | judged | sed "s|^$work/||" | cut -d: -f1-3 | LC_ALL=C sort >"$work/found"
cat >"$work/due" <<'X'
packs/probe.yaml:2: offender
packs/probe.yaml:7: chose
probe.c:1: chose
probe.c:3: drug dealer
probe.c:5: absconded
probe.c:5: gang
probe.c:5: gang member
probe.c:5: streetwise
probe.txt:2: nominal
X
diff "$work/due" "$work/found" >"$work/differ" || fail "the search itself finds other than it should: $(cat "$work/differ")"

# What ships
find triage rules hashsets parsers -name '*.[ch]' -o -name '*.list' | LC_ALL=C sort >"$work/sources"
find rules/packs -name '*.yaml' | LC_ALL=C sort >"$work/packs.list"
find triage/authority/notices triage/packaging triage/quickstart triage/court/check* -type f | LC_ALL=C sort >"$work/plain"
for kind in sources packs.list plain; do
	mapfile -t files <"$work/$kind"
	texts "${files[@]}" >"$work/said" || fail "the files cannot be read"
	wc -l <"$work/said" >"$work/$kind.n"
	judged <"$work/said" >"$work/found" || fail "the search failed"
	[ -s "$work/found" ] && fail "words that judge a child (rules/wording_banned.list says what to write instead):
$(cat "$work/found")"
done
[ "$(cat "$work/sources.n")" -gt 5000 ] || fail "only $(cat "$work/sources.n") strings of the program were looked at"
[ "$(cat "$work/packs.list.n")" -gt 700 ] || fail "only $(cat "$work/packs.list.n") lines of packs were looked at"
[ "$(cat "$work/plain.n")" -gt 50 ] || fail "only $(cat "$work/plain.n") lines of notices and scripts were looked at"

# Each that is allowed is needed
sed -n 's/^\(.*\):\([a-z ]*\)$/\1\t\2/p' "$work/allowed" | while IFS=$'\t' read -r file word; do
	texts "$file" | cut -f2 | grep -qiw -- "$word" || echo "$file: $word"
done >"$work/found"
[ -s "$work/found" ] && fail "allowed, and not there: $(cat "$work/found")"
[ "$bad" = 0 ] && echo "no string judges a child"
exit $bad
