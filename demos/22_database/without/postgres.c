#include "22_database/postgres.h"

int pg_connect(PGconn **out) {
    *out = NULL;
    return LAB_EPROTO;
}

void pg_close(PGconn *db) {
    (void)db;
}

int pg_select(PGconn *db, int number) {
    (void)db;
    (void)number;
    return LAB_EPROTO;
}

void pg_complain(const PGconn *db) {
    (void)db;
}

int pg_skip(const PGconn *db) {
    (void)db;
    return lab_skip("libpq is not installed; install libpq-dev, then make "
                    "again");
}
