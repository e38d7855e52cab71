# Completion of linecheck's commands, verbs and file names for bash.
_linecheck() {
	local word=${COMP_WORDS[COMP_CWORD]} words=
	if [ "$COMP_CWORD" = 1 ]; then
		words="@COMMANDS@ help"
	elif [ "$COMP_CWORD" = 2 ]; then
		case ${COMP_WORDS[1]} in
		case) words="@CASE_VERBS@" ;;
		report) words="evidential safeguarding daily" ;;
		export) words="council school health other-force cps defence court list" ;;
		help) words="@COMMANDS@" ;;
		esac
	fi
	COMPREPLY=()
	[ -n "$words" ] && mapfile -t COMPREPLY < <(compgen -W "$words" -- "$word")
	[ ${#COMPREPLY[@]} -gt 0 ] || mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -o filenames -F _linecheck linecheck
