/* hex.c - see hex.h */
#include "hex.h"

void hex_write(char *ret, const unsigned char *bytes, size_t n)
{
	static const char digits[] = "0123456789abcdef";
	for (size_t i = 0; i < n; i++) {
		*ret++ = digits[bytes[i] >> 4];
		*ret++ = digits[bytes[i] & 15];
	}
	*ret = 0;
}

static int value(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool hex_read(unsigned char *ret, size_t n, span digits)
{
	if (!digits.p || digits.n != 2 * n)
		return false;
	for (size_t i = 0; i < n; i++) {
		int high = value(digits.p[2 * i]), low = value(digits.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		ret[i] = (unsigned char)(high << 4 | low);
	}
	return true;
}
