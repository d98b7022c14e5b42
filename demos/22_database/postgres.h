// postgres.h - a PostgreSQL server, by the calls of libpq that never block.
// Where one would have to wait, it says for what, and the demo's pg_wait does
// it.

#ifndef DATABASE_POSTGRES_H
#define DATABASE_POSTGRES_H

#include "lab.h"

typedef struct pg_conn PGconn; // libpq's

// Waits until the library's [socket] is ready for [events], LAB_READABLE or
// LAB_WRITABLE. The demo's.
LAB_CHECKED int pg_wait(int socket, int events);

// Connects to the server that looplab has found. Waits. pg_close is due even if
// this fails. Both are counted as "open".
//
// Errors: LAB_EPROTO: pg_complain says more. Those of pg_wait.
LAB_CHECKED int pg_connect(PGconn **out);
void pg_close(PGconn *db);

// Asks the server for [number], and to wait for the parameter "query" before it
// answers. Waits, and returns the number.
//
// Errors: as above. Then [db] is of no use for another query.
LAB_CHECKED int pg_select(PGconn *db, int number);

// Says why the last call has failed; or returns as lab_skip does, with that
// reason.
void pg_complain(const PGconn *db);
LAB_CHECKED int pg_skip(const PGconn *db);

#endif
