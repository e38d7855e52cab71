/*
 * trust_file.h - the bytes of a policy, checked. For trust*.c and their tests.
 */
#ifndef TRUST_FILE_H
#define TRUST_FILE_H
#include "canon.h"
#include "trust.h"

#define TRUST_FILE_MAX ((size_t)8 << 20)
#define TRUST_PEOPLE_MAX 20000
#define TRUST_ROTATIONS_MAX 100
#define TRUST_INSTALLED "/etc/linecheck"

struct trust {
	unsigned char (*keys)[KEY_PUBLIC]; /* root, then each that followed */
	size_t keys_n;
	json_t *file;    /* the whole of policy.json */
	char sha256[65]; /* of the canonical bytes of the policy in it */
	char force[KEY_NAME_MAX + 1];
	uint64_t number;
	int64_t issued;
	bool training, installed;
	struct person *people, *units;
	size_t people_n, units_n;
	char *dir;
};

/* Check everything that stands in the bytes: form, signatures, sense. root is force.pub's. */
int trust_file_parse(span bytes, const unsigned char root[static KEY_PUBLIC], const char *dir,
		     struct trust **ret, struct err *err);
/* The bytes of policy.json. policy and rotations are borrowed; by signs. */
int trust_file_write(const json_t *policy, const json_t *rotations, const struct key *by,
		     struct buf *ret, struct err *err);
/* One more rotation: from signs that to follows it. */
int trust_file_rotate(json_t *rotations, const struct key *from,
		      const unsigned char to[static KEY_PUBLIC], struct err *err);
/* Fill t from t->file's policy: people, units and the rest. */
int trust_policy_parse(struct trust *t, struct err *err);

/* trust_open with another place than TRUST_INSTALLED. */
int trust_open_at(struct trust **ret, const char *installed, struct err *err);

/* E_FORMAT with the folder in it. */
#define trust_bad(err, dir, ...) trust_bad_at((err), (dir), __FILE__, __LINE__, __VA_ARGS__)
__attribute__((format(printf, 5, 6))) int trust_bad_at(struct err *err, const char *dir,
						       const char *file, int line,
						       const char *format, ...);
#endif
