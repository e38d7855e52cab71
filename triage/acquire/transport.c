/* transport.c - the table of transports, made from transports.list. */
#include "acquire/transport.h"

#define T(name) extern const struct transport transport_##name;
#include "acquire/transports.list"
#undef T

static const struct transport *const table[] = {
#define T(name) &transport_##name,
#include "acquire/transports.list"
#undef T
	NULL
};

const struct transport *const *transports(void)
{
	return table;
}

const char *device_state_word(enum device_state state)
{
	static const char *const words[DEVICE_STATE_MAX] = { "ready",  "no-trust", "asking",
							     "locked", "refused",  "no-right",
							     "trouble" };
	return words[state];
}
