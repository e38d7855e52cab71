/*
 * page_check.h - a look at each page of a database as SQLite reads it: was a part of it overwritten
 * with zeros? SQLite itself says nothing of that: cells of zeros read as empty rows of key 0, and a
 * zeroed count of cells as a page without rows.
 *
 * Layout: sqlite.org/fileformat2.html, "B-tree Pages".
 */
#ifndef PAGE_CHECK_H
#define PAGE_CHECK_H
#include <stdbool.h>
#include <stddef.h>

/* False where a page of n bytes has what SQLite never writes. Pages that hold no rows are not
 * judged. pointer_maps: the database may have pages that look like inner ones (auto_vacuum). */
bool page_sound(const void *page, size_t n, bool pointer_maps);
#endif
