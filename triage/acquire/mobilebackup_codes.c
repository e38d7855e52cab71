/*
 * mobilebackup_codes.c - the errors of the backup service in words. Codes and their meaning as
 * reported in libimobiledevice's issues: 1 (#12), 102-104 (#153, #376), 105 (#1384), 207 (#1469),
 * 208 (#1380), 212 (#187). A code that is not here is told with the phone's own words.
 */
#include "acquire/mobilebackup.h"

int mobilebackup_error(int64_t code, span words, struct err *err)
{
	static const struct {
		int64_t code;
		int rc;
		const char *says;
	} known[] = {
		{ 1, E_IO,
		  "The phone could not read some of its own data, often because it was locked. "
		  "Unlock it, keep it unlocked and start again" },
		{ 102, E_IO,
		  "The phone could not go on with the backup. Restart it and start again" },
		{ 103, E_IO,
		  "The phone could not use what an earlier backup left. Restart it and start "
		  "again" },
		{ 104, E_IO, "The phone could not finish the backup. Restart it and start again" },
		{ 105, E_IO,
		  "The phone says that there is not enough room. If it means its own: it needs "
		  "some "
		  "to make a backup" },
		{ 207, E_USER, "The backup password is not the right one" },
		{ 208, E_ENCRYPTED,
		  "The phone was locked, or its passcode was not entered within its three minutes. "
		  "Start again, and have the passcode entered when the phone asks" },
		{ 212, E_IO,
		  "The phone has not been set up to its end. Finish its set-up screens first" },
	};
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (known[i].code == code)
			return err_set(err, known[i].rc, "%s (MBErrorDomain/%lld).", known[i].says,
				       (long long)code);
	int n = (int)(words.n < 200 ? words.n : 200);
	return err_set(err, E_IO,
		       "The phone ended with error MBErrorDomain/%lld%s%.*s. Unlock it, connect it "
		       "again and start again.",
		       (long long)code, n ? ", in its words: " : "", n, n ? words.p : "");
}
