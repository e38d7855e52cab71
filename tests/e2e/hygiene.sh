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
# helplines are public: the few that the tests name stand here.
xargs -0 perl -CSD -ne '
	BEGIN {
		$drama = qr/^(?:447700900\d{3}|441632960\d{3}|442079460\d{3}|4411[3-8]4960\d{3}|441[2-6]14960\d{3}|441914980\d{3}
			|442896496\d{3}|442920180\d{3}|448081570\d{3}|443069990\d{3}|120255501\d\d)$/x;
		$helpline = qr/^44(?:8001111|800555111|8088005000)$/;
		$gap = qr/[ \x{a0}\x{2010}-\x{2015}.()-]{0,3}/;
	}
	while (/(?<![\w.+])(?:\+(?=(?:$gap\d){8})|00(?=(?:$gap\d){11}))([1-9](?:$gap\d){7,14})(?!\d)|(?<![\w.+])((?:44$gap)?0?(?:$gap\d){9,10})(?![\w.])/g) {
		my ($whole, $abroad, $n) = ($&, defined $1, defined $1 ? $1 : $2);
		$n =~ s/\D//g;
		next unless $abroad || $n =~ s/^0(?=[1235789])/44/ || $n =~ /^447/;
		$n =~ s/^440/44/;
		next if $n =~ /^44123456789$/;    # the ten digits in a row
		# Shapes that are no number anywhere: what the scanner must not take is listed there.
		next if $ARGV =~ m{tests/unit/identifier\w*_test\.c$} && ($n !~ /^447/ || $whole =~ /^\d\d[.-]\d\d[ .-]/);
		next if $n =~ $drama || $n =~ $helpline;
		next if $n =~ /^44/ && $n !~ /^44(?:7\d{9}|[12]\d{8,9}|[3589]\d{9}|800\d{6})$/;
		next if $n =~ /^1/ && $n !~ /^1[2-9]\d\d[2-9]\d{6}$/;
		print "$ARGV:$.: $whole\n";
	}
	close ARGV if eof;
' <"$work/files" 2>"$work/perl.err" | head -40 | complain "Phone numbers that a real person may have (use 07700 900000-900999 and the other ranges for drama):"
grep -v 'does not map to Unicode' "$work/perl.err" | complain "The search for numbers failed:"

xargs -0 grep -nIE '(^|[^A-Za-z0-9_.}*-])/(home|Users|work|root)/[A-Za-z0-9_]' <"$work/files" | grep -v '^tests/e2e/hygiene.sh:' |
	head -20 | complain "Paths of somebody's machine:"

xargs -0 stat -c '%s %n' <"$work/files" 2>/dev/null | awk '$1 > 1048576' | complain "Files over 1 MiB:"

tr '\0' '\n' <"$work/files" | cut -d/ -f1 | sort -u |
	grep -vxE 'README\.md|CMakeLists\.txt|LICENSE|triage|parsers|hashsets|rules|tests|\.ci|\.github|\.gitignore|\.clang-format|\.clang-tidy' |
	complain "New at the top of the tree:"

while IFS= read -r -d '' file; do
	[ -L "$file" ] && case $(realpath -m "$file") in "$PWD"/*) ;; *) echo "$file" ;; esac
done <"$work/files" | complain "Links that leave the tree:"

[ -e "$work/bad" ] && exit 1
echo "clean"
