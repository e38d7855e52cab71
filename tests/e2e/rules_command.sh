#!/usr/bin/env bash
# 'linecheck rules': a unit's pack is linted, tried on labelled texts and on a case, compared, and goes over the core by name.
. "$SOURCE_DIR/tests/e2e/lib.bash"
cd "$work"
export SOURCE_DATE_EPOCH=1767225600
cat >mine.yaml <<'X'
pack: my-force
version: "1"
rules:
  - id: my-force.debt.zibble
    category: debt-threat
    stage: 2
    weight: 8
    ambiguity: low
    terms: [zibbled the pack]
    meaning: An invented word for losing something.
    innocent: It is invented and means nothing.
    review: 2025-06-30
    match: [u zibbled the pack]
    nomatch: [zebra]
overrides:
  - {id: core.travel.cunch, off: true, why: The word is a shop's name here.}
  - {id: core.evasion.wipe, weight: 1, why: Said all the time here.}
X
"$LINECHECK" rules lint mine.yaml >said || fail "lint: $(cat said)"
grep -q 'mine.yaml: 1 rules, 2 examples, all hold' said || fail "lint: $(cat said)"
grep -q 'my-force.debt.zibble: its review was due on 2025-06-30' said || fail "no word of the review: $(cat said)"

# What cannot count, or is said twice, is remarked; what must not be, refused
sed 's/weight: 8/weight: 8\n    when: {near: [core.no.such], messages: 5}/; s/terms: .*/terms: [zibbled the pack, zibbled]/' mine.yaml >odd.yaml
"$LINECHECK" rules lint odd.yaml >said || fail "lint odd: $(cat said)"
grep -q "never counts" said || fail "an unreachable rule is not named: $(cat said)"
grep -q "'zibbled the pack' is never needed" said || fail "a useless term is not named: $(cat said)"
for word in gang drill nigerian school postcode hackney mixtape; do
	sed "s/zibbled the pack\]/zibbled the $word]/" mine.yaml >bad.yaml
	code=0
	"$LINECHECK" rules lint bad.yaml >said 2>&1 || code=$?
	[ $code = 1 ] && grep -q 'no rule may read that' said || fail "a rule on '$word' is not refused: $(cat said)"
done
for word in "gang member" runner lifestyle "drug dealer"; do
	sed "s/An invented word for losing something/It is said of a $word by others/" mine.yaml >bad.yaml
	"$LINECHECK" rules lint bad.yaml >said 2>&1 && fail "'$word' may stand in a meaning"
	grep -q 'judges the child' said || fail "'$word': $(cat said)"
done
sed "s/    terms: .*/    pattern: '(?:a{1,40}){1,3}(?:a{1,40}){1,2}b'/" mine.yaml >bad.yaml
"$LINECHECK" rules lint bad.yaml >said 2>&1 && fail "a pattern that runs away is taken"

# Labelled texts: precision and recall by rule and category
cat >labels.txt <<'X'
# remark
my-force.debt.zibble | u zibbled the pack bro
debt-threat | that is all zibbled
- | see you at training
- | they zibbled the pack of cards
X
code=0
"$LINECHECK" rules test labels.txt mine.yaml >said || code=$?
[ $code = 1 ] || fail "rules test ends with $code"
grep -Eq '^  my-force.debt.zibble +1 +1 +0 +1 +50 % +100 %$' said || fail "the rule's line: $(cat said)"
grep -Eq '^  debt-threat +2 +1 +1 +1 +50 % +50 %$' said || fail "the category's line: $(cat said)"
grep -q 'line 3: missed by every rule of debt-threat: that is all zibbled' said || fail "misses are not named: $(cat said)"
grep -q 'line 5: hit by my-force.debt.zibble' said || fail "wrong hits are not named: $(cat said)"
grep -q '2 of 4 texts are hit as their labels say' said || fail "the sum: $(cat said)"
printf 'no-such-rule | text\n' >wrong.txt
"$LINECHECK" rules test wrong.txt >said 2>&1 && fail "a label that is nothing is taken"
grep -q "'no-such-rule' is no rule" said || fail "the wrong label: $(cat said)"
must='a case, or a text file with a label before each text'
"$LINECHECK" rules test missing.txt >said 2>&1 && fail "a missing file is tried"
grep -qF "There is no file 'missing.txt'. Check its name: it must be $must." said || fail "the missing file: $(cat said)"
mkdir folder
"$LINECHECK" rules test folder >said 2>&1 && fail "a folder that is no case is tried"
grep -qF "'folder' is a folder, not a file: give $must." said || fail "the folder: $(cat said)"
"$LINECHECK" rules test labels.txt missing.yaml >said 2>&1 && fail "a missing pack is taken"
grep -qF "There is no file 'missing.yaml'. Check its name: it must be a rule pack in YAML." said || fail "the missing pack: $(cat said)"

# A case under other rules, and two packs on it; the case keeps its own findings
mkdir phone
cat >phone/sms-20240101.xml <<'X'
<?xml version="1.0" encoding="UTF-8"?>
<smses>
<sms address="07700 900412" date="1704103200000" type="1" read="1" body="u zibbled the pack and i know where ur mum lives"/>
<sms address="07700 900412" date="1704189600000" type="1" read="1" body="going cunch friday"/>
</smses>
X
scan_done "$work/case" "$work/phone"
before=$(jq -S '[.level_code,.findings]' "$work/case.json")
"$LINECHECK" rules test case mine.yaml >said || fail "rules test on a case: $(cat said)"
grep -Eq '^  my-force.debt.zibble +debt-threat +1 +[1-9]' said || fail "the case's line: $(cat said)"
grep -q '2 texts were read' said || fail "texts: $(cat said)"
cp "$LINECHECK_RULES/core.yaml" core.yaml
"$LINECHECK" rules diff core.yaml mine.yaml case >said || fail "rules diff: $(cat said)"
grep -q 'core.travel.cunch: switched off' said || fail "diff does not say what is off: $(cat said)"
grep -q 'core.evasion.wipe: weight 3, then 1' said || fail "diff does not say what weighs otherwise: $(cat said)"
grep -q 'my-force.debt.zibble: only in the second' said || fail "diff does not say what is new: $(cat said)"
grep -Eq '^  core.travel.cunch +1 +0 ' said || fail "diff does not say what it hits: $(cat said)"
scan_done "$work/again" "$work/phone"
[ "$(jq -S '[.level_code,.findings]' "$work/again.json")" = "$before" ] || fail "a case scanned again is another"

# A force's pack in a scan: what it switched off is named with the reason
"$LINECHECK" scan --training --json --case over --rules mine.yaml phone >over.json || true
jq -e '.not_run[] | select(.rule == "core.travel.cunch")' over.json | grep -q my-force || fail "what ran is not said: $(jq .not_run over.json)"

# Nothing of a pack or a sentence about it judges a child
grep -h -A1 'say:\|meaning:\|innocent:' "$LINECHECK_RULES"/*.yaml | grep -v 'source:\|match:\|^--' >words
[ "$(wc -l <words)" -gt 300 ] || fail "hardly any sentence was looked at"
jq -r '.. | strings' over.json >>words
grep -niwE 'gang( member)?s?|drug deal(er|ers|ing)|prostitutes?|lifestyle|streetwise|absconded|chose' words && fail "a word that judges the child"
finish "lint, test, diff and overrides"
