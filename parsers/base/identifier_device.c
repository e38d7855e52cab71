/*
 * identifier_device.c - IMEI, IMSI, ICCID; see identifier.h.
 *
 * Sources: 3GPP TS 23.003 (IMEI 14 digits and a Luhn digit; IMEISV 16; IMSI at most 15), ITU-T
 * E.118 (a card number begins with 89 and ends with a Luhn digit), TS 102 221 (an odd digit is
 * filled up with F).
 */
#include "base/identifier.h"

static bool luhn(const char *digits, size_t n)
{
	unsigned sum = 0;
	for (size_t i = 0; i < n; i++) {
		unsigned d = (unsigned)(digits[n - 1 - i] - '0');
		if (i % 2) {
			d *= 2;
			d = d > 9 ? d - 9 : d;
		}
		sum += d;
	}
	return sum % 10 == 0;
}

static struct identifier raw_because(const char *reason)
{
	return (struct identifier){ .kind = ID_RAW, .reason = reason };
}

struct identifier identifier_of_device(span raw, enum id_kind want, char out[static 24])
{
	char digits[24];
	size_t n = 0;
	bool filled = false;
	out[0] = 0;
	if (!raw.p)
		return (struct identifier){ .kind = ID_ABSENT,
					    .reason = "The source names nothing" };
	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		if (c >= '0' && c <= '9' && !filled) {
			if (n == 20)
				return raw_because("More digits than a device or card number has");
			digits[n++] = c;
		} else if ((c == 'F' || c == 'f') && want == ID_ICCID) {
			filled = true;
		} else if (!c || !strchr(" -/.\t\r\n", c)) {
			return raw_because("Not digits only: not a device or card number");
		}
	}
	digits[n] = 0;
	const char *reason;
	switch (want) {
	case ID_IMEI:
		if (n == 15 && !luhn(digits, n))
			return raw_because("15 digits whose check digit does not fit: not an IMEI");
		if (n < 14 || n > 16)
			return raw_because("An IMEI has 14, 15 or 16 digits");
		reason = n == 14   ? "IMEI without its check digit"
			 : n == 15 ? "IMEI, the check digit fits"
				   : "IMEI with a software version, which is not compared";
		n = 14;
		break;
	case ID_IMSI:
		if (n < 14 || n > 15)
			return raw_because("An IMSI has 15 digits, seldom 14");
		reason = "IMSI";
		break;
	case ID_ICCID:
		if (n < 18 || n > 20 || digits[0] != '8' || digits[1] != '9')
			return raw_because("An ICCID has 18 to 20 digits and begins with 89");
		if (luhn(digits, n))
			reason = "ICCID, the check digit fits";
		else if (n == 19)
			return raw_because(
				"19 digits whose check digit does not fit: not an ICCID");
		else
			reason = "ICCID of a length that may have no check digit";
		break;
	default:
		return raw_because("Not a kind of device number");
	}
	memcpy(out, digits, n);
	out[n] = 0;
	return (struct identifier){ .kind = want, .reason = reason };
}
