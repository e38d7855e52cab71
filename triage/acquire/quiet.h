/* quiet.h - opening what is evidence without leaving a trace on it. */
#ifndef QUIET_H
#define QUIET_H

/* openat for reading, never following a link at the end of name, never waiting (a fifo), never
 * taking a terminal, and without changing the time of last access where the system allows that. */
int open_quietly(int dir, const char *name, int flags);
#endif
