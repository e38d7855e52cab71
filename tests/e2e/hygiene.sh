#!/usr/bin/env bash
# What may stand in the repository: no real person's number, no path of somebody's machine, nothing large, nothing new at the top.
set -u
cd "$SOURCE_DIR" || exit 1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Tracked files; in a copy without its history, everything but what a build makes.
git ls-files -z >"$work/files" 2>/dev/null && [ -s "$work/files" ] ||
	find . -name .git -prune -o -path './build*' -prune -o -type f -printf '%P\0' | LC_ALL=C sort -z >"$work/files"

complain() { # HEADING; lines on stdin
	local lines
	lines=$(cat)
	[ -z "$lines" ] && return
	printf '%s\n%s\n\n' "$1" "$lines"
	touch "$work/bad"
}

# Anything that could be rung, in any spelling, must be in a range that Ofcom (or, for +1, NANPA) keeps for fiction. Published
# helplines are public: the few that the tests name stand here, the list that ships in its own file.
numbers() { # a list of files on stdin
	xargs -0 perl -MEncode -CO -ne '
	BEGIN {
		$drama = qr/^(?:447700900\d{3}|441632960\d{3}|442079460\d{3}|4411[3-8]4960\d{3}|441[2-6]14960\d{3}|441914980\d{3}
			|442896496\d{3}|442920180\d{3}|448081570\d{3}|443069990\d{3}|120255501\d\d)$/x;
		$helpline = qr/^44(?:8001111|800555111|8088005000)$/;
		# Not a number at all: a country that does not exist, digits in a row, a date, a fraction, drama digits in a bad shape
		$none = qr/^999|12345678|7700900/;
		$date = qr/^\d\d?[.\/-]\d\d?(?:[.\/ -]|$)|^0\.\d+$/;
		$gap = qr/[ \x{a0}\x{2010}-\x{2015}.()-]{0,3}/;
	}
	$_ = decode("UTF-8", $_); # what is not UTF-8 becomes a sign that is no digit
	while (/(?<![\w.+])(?:\+(?=(?:$gap\d){8})|00(?=(?:$gap\d){11}))([1-9](?:$gap\d){7,14})(?!\d)|(?<![\w.+])((?:44$gap)?0?(?:$gap\d){9,10})(?![\w.])/g) {
		my ($whole, $abroad, $n) = ($&, defined $1, defined $1 ? $1 : $2);
		$n =~ s/\D//g;
		next unless $abroad || $n =~ s/^0(?=[1235789])/44/ || $n =~ /^447/;
		$n =~ s/^440/44/;
		next if $n =~ $drama || $n =~ $helpline || $n =~ $none || $whole =~ $date;
		next if $n =~ /^44/ && $n !~ /^44(?:7\d{9}|[12]\d{8,9}|[3589]\d{9}|800\d{6})$/;
		next if $n =~ /^1/ && $n !~ /^1[2-9]\d\d[2-9]\d{6}$/;
		print "$ARGV:$.: $whole\n";
	}
	close ARGV if eof;
' 2>"$work/perl.err"
}
# The search itself, on numbers that stand nowhere in the tree: they are put together here.
printf '0%s 123456\n+44 (0)%s-123 456\n44%s123456\n07700 900123 +44 (0)7700 900 123\n' 7911 7911 7911 >"$work/probe"
[ "$(printf '%s\0' "$work/probe" | numbers | wc -l)" = 3 ] || echo "it finds other than three of three" | complain "The search for numbers does not work:"
grep -zvxE 'triage/scope/confidential.csv|tests/fuzz/corpus/.*[.]hex' "$work/files" | numbers | head -40 | complain "Phone numbers that a real person may have (use 07700 900000-900999 and the other ranges for drama):"
grep -v 'does not map to Unicode' "$work/perl.err" | complain "The search for numbers failed:"

xargs -0 grep -nIE '(^|[^A-Za-z0-9_.}*-])/(home|Users|work|root)/[A-Za-z0-9_]' <"$work/files" | grep -v '^tests/e2e/hygiene.sh:' |
	head -20 | complain "Paths of somebody's machine:"

xargs -0 stat -c '%s %n' <"$work/files" 2>/dev/null | awk '$1 > 1048576' | complain "Files over 1 MiB:"

tr '\0' '\n' <"$work/files" | cut -d/ -f1 | sort -u |
	grep -vxE 'README\.md|CMakeLists\.txt|LICENSE|triage|parsers|hashsets|rules|tests|\.ci|\.github|\.gitignore|\.clang-format|\.clang-tidy' |
	complain "New at the top of the tree:"

# What ships is read where it stands: a copy for a test goes stale.
xargs -0 sha256sum <"$work/files" 2>/dev/null | awk '$2 ~ /^rules\/packs\// { ships[$1] = $2 } { at[NR] = $2; sum[NR] = $1 }
	END { for (i = 1; i <= NR; i++) if (sum[i] in ships && ships[sum[i]] != at[i]) print at[i] " is " ships[sum[i]] }' |
	complain "Copies of rules and weights that ship:"

while IFS= read -r -d '' file; do
	[ -L "$file" ] || continue
	case $(readlink "$file") in /*) echo "$file" ;; *) [ -e "$file" ] || echo "$file" ;; esac
done <"$work/files" | complain "Links to nowhere or out of the tree:"

[ -e "$work/bad" ] && exit 1
echo "clean"
