/* cmd_acquire.c - a phone on a cable into a case, without showing what was found. */
#include "act.h"
#include "cmd.h"
#include "cmd_scan.h"

static int run(int argc, char **argv)
{
	return cmd_scan_run(argc, argv, true);
}

const struct cmd cmd_acquire = {
	.name = "acquire",
	.usage = "--device UDID --case FOLDER --key FILE | --training  [--temporary-password] ...",
	.line = "take what is in scope from a phone on a cable into a case",
	.help = "The same as 'linecheck scan --device', with the same options, for when the phone "
		"is "
		"read\n"
		"by one person and looked at by another: it says what was taken and kept, and "
		"nothing of\n"
		"what was found. 'linecheck view CASE' shows that.\n"
		"\n"
		"  --device UDID      the phone, as 'linecheck devices' names it.\n"
		"  --case FOLDER      the case.\n"
		"  --temporary-password, --reason, --password-fd, --lines ...: see 'linecheck help "
		"scan'.\n" ACT_HELP "\n"
		"Ends with 0; 1: it failed, or something could not be put back on the phone; 2: "
		"the "
		"command\nline is wrong; 3: authority or policy does not allow it.\n",
	.run = run,
};
