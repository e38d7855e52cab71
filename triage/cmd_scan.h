/* cmd_scan.h - what cmd_scan.c and cmd_acquire.c share. */
#ifndef CMD_SCAN_H
#define CMD_SCAN_H
#include <stdbool.h>

int cmd_scan_run(int argc, char **argv, bool acquire);
#endif
