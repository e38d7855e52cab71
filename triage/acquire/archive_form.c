/* archive_form.c - archives by their bytes: see archive_parts.h. */
#include "acquire/archive_parts.h"
#include <unistd.h>

static bool is_tar(const unsigned char *h)
{
	unsigned sum = 0, said = 0;
	int digits = 0;
	for (int i = 0; i < 512; i++)
		sum += i >= 148 && i < 156 ? ' ' : h[i];
	for (int i = 148; i < 156; i++)
		if (h[i] >= '0' && h[i] <= '7') {
			said = said * 8 + (unsigned)(h[i] - '0');
			digits++;
		}
	return digits > 0 && h[0] && sum == said;
}

enum archive_form archive_form_of(int fd, int *ret_filter)
{
	static const struct {
		const char *magic;
		size_t n;
		enum archive_form form;
		int filter;
	} known[] = {
		{ "PK\3\4", 4, FORM_ZIP, 0 },
		{ "PK\5\6", 4, FORM_ZIP, 0 },
		{ "PK\7\10", 4, FORM_ZIP, 0 },
		{ "7z\274\257\47\34", 6, FORM_7Z, 0 },
		{ "ANDROID BACKUP\n", 15, FORM_AB, 0 },
		{ "\37\213", 2, FORM_PACKED, ARCHIVE_FILTER_GZIP },
		{ "\3757zXZ\0", 6, FORM_PACKED, ARCHIVE_FILTER_XZ },
		{ "\50\265\57\375", 4, FORM_PACKED, ARCHIVE_FILTER_ZSTD },
		{ "BZh", 3, FORM_PACKED, ARCHIVE_FILTER_BZIP2 },
	};
	unsigned char head[512] = { 0 };
	ssize_t n = pread(fd, head, sizeof head, 0);
	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		if (n >= (ssize_t)known[i].n && memcmp(head, known[i].magic, known[i].n) == 0) {
			*ret_filter = known[i].filter;
			return known[i].form;
		}
	return n == (ssize_t)sizeof head && is_tar(head) ? FORM_TAR : FORM_NONE;
}

bool archive_recognise(int fd)
{
	int filter;
	return archive_form_of(fd, &filter) != FORM_NONE;
}

bool archive_zip_ends(int fd, uint64_t size)
{
	static unsigned char tail[65557]; /* the mark, and a comment of any length */
	size_t n = size < sizeof tail ? (size_t)size : sizeof tail;
	if (pread(fd, tail, n, (off_t)(size - n)) != (ssize_t)n)
		return true; /* another trouble, told when it is read */
	for (size_t i = n >= 22 ? n - 21 : 0; i-- > 0;)
		if (memcmp(tail + i, "PK\5\6", 4) == 0 &&
		    i + 22 + tail[i + 20] + 256u * tail[i + 21] <= n)
			return true;
	return false;
}

bool archive_tar_ends(int fd, uint64_t size)
{
	unsigned char tail[1024] = { 1 };
	if (size < sizeof tail ||
	    pread(fd, tail, sizeof tail, (off_t)(size - sizeof tail)) != (ssize_t)sizeof tail)
		return false;
	for (size_t i = 0; i < sizeof tail; i++)
		if (tail[i])
			return false;
	return true;
}
