// sqlite.h - a table of numbers in SQLite: calls that return when they are
// done.

#ifndef DATABASE_SQLITE_H
#define DATABASE_SQLITE_H

#include "lab.h"

#include <sqlite3.h>

// Opens a connection to a small table in memory, its own. lite_close is due
// even if this fails. Both are counted as "open".
LAB_CHECKED int lite_open(sqlite3 **out);
void lite_close(sqlite3 *db);

// Looks up [number], from 0 to 199, and returns it.
LAB_CHECKED int lite_select(sqlite3 *db, int number);

#endif
