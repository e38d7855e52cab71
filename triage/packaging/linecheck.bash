# Completion of linecheck's commands, verbs, options and file names for bash.
_linecheck() {
	local word=${COMP_WORDS[COMP_CWORD]} command=${COMP_WORDS[1]} verb=${COMP_WORDS[2]} words=
	if [ "$COMP_CWORD" = 1 ]; then
		words="@COMMANDS@ help"
	elif [[ $word == -* ]]; then
		# what its own help names; a command without verbs is told by its first word alone
		words=$(linecheck help "$command" "$verb" 2>/dev/null || linecheck help "$command" 2>/dev/null)
		words=$(grep -o -e '--[a-z][a-z-]*' <<<"$words" | sort -u)
	elif [ "$COMP_CWORD" = 2 ] || { [ "$COMP_CWORD" = 3 ] && [ "$command" = help ]; }; then
		[ "$command" = help ] && [ "$COMP_CWORD" = 3 ] && command=$verb
		case $command in
		case) words="@CASE_VERBS@" ;;
		lines) words="@LINES_VERBS@" ;;
		report) words="evidential safeguarding daily" ;;
		export) words="council school health other-force cps defence court list" ;;
		rules) words="list explain lint test diff" ;;
		key) words="new show passphrase" ;;
		trust) words="check create add retire revoke training rotate install lost" ;;
		help) words="@COMMANDS@" ;;
		esac
	fi
	COMPREPLY=()
	[ -n "$words" ] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	[ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -o filenames -F _linecheck linecheck
