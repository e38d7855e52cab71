/* writers.h - a fictional phone in the files of its platform. */
#ifndef GEN_WRITERS_H
#define GEN_WRITERS_H
#include "backup.h"
#include "truth.h"

/* wal: the last tenth of the messages and calls only in a -wal, which also deletes a few rows. */

/* An unencrypted iTunes/Finder backup in dir. */
void ios_write(struct phone *p, const char *dir, bool wal, struct truth *t);
void ios_write_messages(struct phone *p, struct backup *b, bool wal, struct truth *t);
void ios_write_contacts(const struct phone *p, struct backup *b, struct truth *t);
void ios_write_calls(const struct phone *p, struct backup *b, bool wal, struct truth *t);
void ios_write_others(const struct phone *p, struct backup *b, struct truth *t);

/* The data/ tree of an Android phone in dir. */
void android_write(struct phone *p, const char *dir, bool wal, struct truth *t);
void android_write_messages(struct phone *p, const char *dir, bool wal, struct truth *t);
void android_write_people(const struct phone *p, const char *dir, bool wal, struct truth *t);
void android_write_others(const struct phone *p, const char *dir, struct truth *t);

/* A message that is written and later deleted within a -wal. */
void ghost_message(const struct phone *p, uint64_t n, int64_t time, char text[static 96],
		   struct message *m);
#define GHOSTS 3

/* What stands for a picture: never to be seen in any output. */
void write_image(const char *path);
size_t image_bytes(char out[static 256]);
#endif
