/*
 * sub_commands.h - commands that consist of others: "case VERB", "lines VERB".
 */
#ifndef SUB_COMMANDS_H
#define SUB_COMMANDS_H
#include "cmd.h"

/* Run the one of all (NULL-terminated) that argv[1] names; argv[0] is the command that they belong
 * to. Gives an exit code. */
int sub_commands_run(const struct cmd *const *all, int argc, char **argv);
#endif
