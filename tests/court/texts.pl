# Are the texts of the records those of the document, as an extractor gives them?
#   texts.pl records.jsonl extracted.txt [KIND...]
# KIND: mixed (texts with both directions of writing count by their characters, in any order), no-actual-text (the extractor does not know
# ActualText, PDF's way to say what several glyphs stand for: clusters of Indic and Khmer letters are left out, and counted).
# The normalisation: NFKC; what stands in the brackets U+27E6 U+27E7 of the document is left out, and so are the characters that it names there
# instead of drawing them (categories C, So and Sk, variation selectors, these brackets); white space is left out, and the lines at the top and
# foot of a page.
# Prints each text that is not the document's; ends with 1 if there is one, or if hardly any was compared.
use strict;
use warnings;
use utf8;
use JSON::PP;
use Unicode::Normalize;
binmode STDOUT, ':utf8';
my ($records, $extracted, @kinds) = @ARGV;
my %kind = map { $_ => 1 } @kinds;

sub norm {
	my $s = NFKC(shift);
	$s =~ s/[\p{C}\p{So}\p{Sk}\x{27e6}\x{27e7}\x{fe0e}\x{fe0f}]//g;
	$s =~ s/\s//g;
	return $s;
}
sub drawn { my $s = shift; $s =~ s/\x{27e6}[^\x{27e7}]*\x{27e7}//g; return norm($s) }
sub sorted { return join '', sort split //, shift }

open my $h, '<:utf8', $extracted or die "$extracted: $!";
my $all = do { local $/; <$h> };
$all =~ s/\f/\n/g;
$all =~ s/^\s*(OFFICIAL-SENSITIVE|Evidential extraction report)\s*$//mg;
$all =~ s/^.*, annexes [0-9a-f]{16}.*$//mg;
$all =~ s/^\s*Page \d+ of \d+\s*$//mg;
$all =~ s/^\d+ records are printed\..*//ms;
my %section;
$section{$1} = $2 while $all =~ /^\s*(EX\d+\/[A-Z]\d{6})\s{1,4}(?=[a-z])(.*?)(?=^\s*EX\d+\/[A-Z]\d{6}\s{1,4}[a-z]|\z)/msg;

my ($same, $left, $bad) = (0, 0, 0);
open my $r, '<', $records or die "$records: $!";
while (<$r>) {
	my $j = decode_json($_);
	next unless defined $j->{text} && defined $section{ $j->{id} };
	my $text = $j->{text};
	if ($kind{'no-actual-text'} && $text =~ /[\p{Devanagari}\p{Bengali}\p{Gurmukhi}\p{Gujarati}\p{Oriya}\p{Tamil}\p{Telugu}\p{Kannada}\p{Malayalam}\p{Sinhala}\p{Khmer}\p{Thaana}\p{Tibetan}\p{Myanmar}]/) {
		$left++;
		next;
	}
	my ($want, $have) = (norm($text), drawn($section{ $j->{id} }));
	my $end = length $want <= length $have ? substr($have, length($have) - length $want) : $have;
	my $is = $end eq $want;
	if (!$is && $text =~ /[\p{Hebrew}\p{Arabic}\p{Syriac}\p{Thaana}]/ && $text =~ /[\p{Latin}\p{N}]/ && $kind{mixed}) {
		$is = sorted($end) eq sorted($want);
	}
	$is ? $same++ : $bad++;
	print "$j->{id}: the record has '$want', the document ends with '$end'\n" unless $is;
}
print "$same texts are the records'; $left left out\n";
exit($bad || $same < 10 ? 1 : 0);
