/* pack.h - a folder as an archive, the same bytes every time. */
#ifndef GEN_PACK_H
#define GEN_PACK_H
#include <stdint.h>

/* kind: "zip", "tar.gz" or "tar.zst". Names start with prefix; times are all ms. */
void pack_folder(const char *dir, const char *prefix, const char *kind, int64_t ms,
		 const char *path);
#endif
