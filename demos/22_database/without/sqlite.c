// SQLite is here in any case.
#include "22_database/sqlite.c"
