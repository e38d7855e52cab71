/* tool.h - what a small tool that gives up at the first trouble needs. */
#ifndef GEN_TOOL_H
#define GEN_TOOL_H
#include <stddef.h>

/* Say it on stderr and end with 1. */
__attribute__((format(printf, 1, 2), noreturn)) void die(const char *format, ...);
/* p, or die: memory ran out. */
void *must(void *p);
char *text_copy(const char *s);
/* dir/name; the caller frees. */
char *path_join(const char *dir, const char *name);
/* Make the folders that path goes through, not its last part. */
void make_parents(const char *path);
void write_file(const char *path, const void *data, size_t n);
#endif
