/*
 * check_sink.h - a sink for fuzz targets that believes nothing: it reads every byte it is given and
 * stops the program when a record breaks a promise of record.h.
 */
#ifndef CHECK_SINK_H
#define CHECK_SINK_H
#include "parser.h"

struct check {
	const struct parser *parser;
	uint64_t records, warnings;
	uint64_t sum;        /* of all bytes seen: two runs on one input must agree */
	uint64_t stop_after; /* end the run at this record; 0: never */
};

struct sink check_sink(struct check *check);
#endif
