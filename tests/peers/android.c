/* android.c - content, getprop, settings, pm and date of a phone, by the name it is called by, for
 * the real adbd: answers as the stand-in does, from the database at LINECHECK_ADB_DB. */
#include "adbd.h"

int main(int argc, char **argv)
{
	struct peer_adbd o = { .db = getenv("LINECHECK_ADB_DB"), .count_fd = -1 };
	struct peer p = { .o = &o };
	struct buf command = { 0 }, out = { 0 }, said = { 0 };
	const char *name = strrchr(argv[0], '/');
	buf_add(&command, span_z(name ? name + 1 : argv[0]));
	for (int i = 1; i < argc; i++) /* the shell took the quotes */
		buf_addf(&command, strpbrk(argv[i], " ?") ? " '%s'" : " %s", argv[i]);
	if (!o.db || sqlite3_open_v2(o.db, &p.db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		return 9;
	peer_command(&p, command.data, &out, &said);
	if (out.n)
		fwrite(out.data, 1, out.n, stdout);
	if (said.n)
		fwrite(said.data, 1, said.n, stderr);
	return 0;
}
