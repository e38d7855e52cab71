/*
 * err.h - errors are values.
 *
 * A function that can fail returns int: 0, or one of the negative codes below,
 * and fills the struct err that its caller handed it (may be NULL) once, at the
 * lowest level that knows what happened. The message is one line for a person:
 * what happened, to what, and what to do next where that is known.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

enum {
	E_NOMEM = -1,     /* memory ran out */
	E_IO = -2,        /* the operating system refused a read or write */
	E_FORMAT = -3,    /* the bytes are not what they claim to be */
	E_SCHEMA = -4,    /* a database of the right kind, but newer or other than tested */
	E_ENCRYPTED = -5, /* cannot be read without a key */
	E_LIMIT = -6,     /* larger, deeper or slower than linecheck accepts */
	E_USER = -7,      /* what the user gave is wrong: a bad row, a rule, a folder in use */
	E_REFUSED = -8,   /* authority or policy does not allow it */
	E_ABSENT = -9,    /* what was asked for is not there */
	E_STOPPED = -10,  /* a callback or a signal ended the work */
	E_USAGE = -11     /* a word of the command line is wrong; for triage/cmd_*.c */
};

struct err {
	int code; /* 0 while nothing is set */
	char message[480];
	const char *file; /* place in our source, for a developer */
	int line;
};

/* Fill e (if not NULL and not already set) and return code. Parts of the message may
 * come from evidence and are kept as they are: whoever prints it makes them harmless, as
 * triage/say.h and the reports do. A message too long is cut after a whole character. */
__attribute__((format(printf, 5, 6))) int err_set_at(struct err *e, int code, const char *file,
						     int line, const char *format, ...);
#define err_set(e, code, ...) err_set_at((e), (code), __FILE__, __LINE__, __VA_ARGS__)

/* The analyser sees one source at a time and would take err_set() for something that may return
 * 0 with nothing made: here it sees which code comes back. */
#ifdef __clang_analyzer__
static inline int err_same(int set, int code)
{
	(void)set;
	return code;
}
#undef err_set
#define err_set(e, code, ...) \
	err_same(err_set_at((e), (code), __FILE__, __LINE__, __VA_ARGS__), (code))
#endif

/* A short word for a code, for logs and JSON: "io", "format" ... */
const char *err_word(int code);
#endif
