#include "22_database/postgres.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int pg_connect(PGconn **out) {
    PGconn *db = *out = PQconnectStart(lab_outside_address());
    PostgresPollingStatusType next = PGRES_POLLING_WRITING;
    lab_count("open", +1);
    if (PQstatus(db) == CONNECTION_BAD)
        return LAB_EPROTO;
    while (next != PGRES_POLLING_OK) {
        if (next == PGRES_POLLING_FAILED)
            return LAB_EPROTO;
        LAB_TRY(pg_wait(PQsocket(db), next == PGRES_POLLING_READING
                                          ? LAB_READABLE
                                          : LAB_WRITABLE));
        next = PQconnectPoll(db);
    }
    return PQsetnonblocking(db, 1) == 0 ? 0 : LAB_EPROTO;
}

void pg_close(PGconn *db) {
    PQfinish(db);
    lab_count("open", -1);
}

static int send_query(PGconn *db, int number) {
    char seconds[24], wanted[12];
    int left;
    snprintf(seconds, sizeof seconds, "%.4f",
             (double)lab_param("query") / LAB_S);
    snprintf(wanted, sizeof wanted, "%d", number);
    if (!PQsendQueryParams(db, "SELECT $1::int FROM pg_sleep($2)", 2, NULL,
                           (const char *[]){wanted, seconds}, NULL, NULL, 0))
        return LAB_EPROTO;
    while ((left = PQflush(db)) > 0)
        LAB_TRY(pg_wait(PQsocket(db), LAB_WRITABLE));
    return left < 0 ? LAB_EPROTO : 0;
}

// The next result; NULL after the last.
static int next_result(PGconn *db, PGresult **out) {
    while (PQisBusy(db)) {
        LAB_TRY(pg_wait(PQsocket(db), LAB_READABLE));
        if (!PQconsumeInput(db))
            return LAB_EPROTO;
    }
    *out = PQgetResult(db);
    return 0;
}

int pg_select(PGconn *db, int number) {
    PGresult *result;
    int answer = LAB_EPROTO;
    LAB_TRY(send_query(db, number));
    for (;;) {
        LAB_TRY(next_result(db, &result));
        if (!result)
            return answer;
        if (PQresultStatus(result) == PGRES_TUPLES_OK)
            answer = (int)strtol(PQgetvalue(result, 0, 0), NULL, 10);
        PQclear(result);
    }
}

// How long the first line of [text] is.
static int first_line(const char *text) {
    return (int)strcspn(text, "\n");
}

void pg_complain(const PGconn *db) {
    const char *why = PQerrorMessage(db);
    lab_say("%.*s", first_line(why), why);
}

int pg_skip(const PGconn *db) {
    const char *why = PQerrorMessage(db);
    return lab_skip("%.*s", first_line(why), why);
}
