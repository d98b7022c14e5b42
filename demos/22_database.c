// 22 database: how do you await a database that blocks?
//
// SQLite never waits: a call returns when it is done, and holds its thread. On
// the loop it stops every task. So each connection gets a thread of its own,
// and a pool of connections answers side by side. The library of PostgreSQL
// can do without threads: it says what it waits for, and the loop waits.
//
// needs: sqlite3
// uses: libpq

#include "22_database/postgres.h"

#include <sqlite3.h>

enum { QUERIES_MOST = 200, CONNECTIONS_MOST = 20 };

// A connection is opened by the first query that gets it.
struct connection {
    sqlite3 *lite;
    lab_pool *thread; // of [lite]
    PGconn *pg;
};
static struct connection connections[CONNECTIONS_MOST];
static struct lab_queue idle; // connections that no query uses
static bool beating;          // has the heart begun?

struct query {
    struct connection *connection;
    int number; // it is also the answer
};

// --- SQLite

static int lite_open(sqlite3 **out) {
    static const char notes[] =
        "CREATE TABLE notes(id INTEGER PRIMARY KEY);"
        "WITH RECURSIVE n(i) AS"
        "  (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 199)"
        "INSERT INTO notes SELECT i FROM n";
    lab_count("open", +1);
    if (sqlite3_open(":memory:", out) != SQLITE_OK ||
        sqlite3_exec(*out, notes, NULL, NULL, NULL) != SQLITE_OK)
        return LAB_EPROTO;
    return 0;
}

static void lite_close(sqlite3 *db) {
    sqlite3_close(db);
    lab_count("open", -1);
}

static int lite_select(sqlite3 *db, int number) {
    sqlite3_stmt *statement;
    int answer = LAB_EPROTO;
    if (sqlite3_prepare_v2(db, "SELECT id FROM notes WHERE id = ?", -1,
                           &statement, NULL) != SQLITE_OK)
        return answer;
    sqlite3_bind_int(statement, 1, number);
    if (sqlite3_step(statement) == SQLITE_ROW)
        answer = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return answer;
}

// The table is small and in memory, so the time that a disk would take is
// declared; and not within a call of SQLite, which holds a lock of its own.
static int lite_query(void *arg) {
    struct query *query = arg;
    sqlite3 **db = &query->connection->lite;
    if (!*db)
        LAB_TRY(lite_open(db));
    lab_block(lab_param("query"));
    return lite_select(*db, query->number);
}

// As aiosqlite does it: one thread for each connection.
static int lite_query_in_thread(void *arg) {
    struct connection *connection = ((struct query *)arg)->connection;
    if (!connection->thread)
        connection->thread = lab_pool_new("connection", 1);
    if (!connection->thread)
        return LAB_ENOMEM;
    return lab_offload(connection->thread, lite_query, arg);
}

// --- PostgreSQL

// Waits as the library asks us to. It may change its socket while it connects.
int pg_wait(int socket, int events) {
    lab_fd *fd;
    LAB_TRY(lab_fd_open(&fd, socket));
    int rc = lab_fd_wait(fd, events, LAB_FOREVER); // others run meanwhile
    lab_fd_close(fd);
    return rc == LAB_EOF ? 0 : rc; // the library will see for itself
}

// A connection that was left in the middle of an answer is of no use to the
// next query, which would get the rest of that answer. So it is closed.
static int pg_query(void *arg) {
    struct query *query = arg;
    struct connection *connection = query->connection;
    int rc = connection->pg ? 0 : pg_connect(&connection->pg);
    if (rc >= 0)
        rc = pg_select(connection->pg, query->number);
    if (rc == LAB_EPROTO)
        pg_complain(connection->pg);
    if (rc < 0) {
        pg_close(connection->pg);
        connection->pg = NULL;
    }
    return rc;
}

// --- all queries

// What a variant does.
static const struct way {
    lab_fn *query;
    bool has_one;  // connection, not as many as the parameter says
    bool is_hasty; // each connection's first query is given up halfway
} * way;

static int pool_size(void) {
    return way->has_one ? 1 : (int)lab_param("connections");
}

// A task that wants the answer to the query whose number is at [arg].
static int ask(void *arg) {
    struct query query = {.number = *(const int *)arg};
    bool is_late = way->is_hasty && query.number < pool_size();
    lab_time limit = is_late ? lab_param("query") / 2 : LAB_FOREVER;
    void *connection;
    LAB_TRY(lab_queue_get(&idle, &connection)); // waits while none is idle
    query.connection = connection;
    int rc = lab_within(limit, way->query, &query);
    lab_ignore(lab_queue_put_nowait(&idle, connection)); // there is room
    lab_count("right", rc == query.number);
    return rc == LAB_ETIMEDOUT ? 0 : rc;
}

static int heartbeat(void *arg) {
    (void)arg;
    for (;;) {
        lab_mark("beat");
        beating = true;
        LAB_TRY(lab_sleep(lab_param("beat")));
    }
}

static int ask_all(size_t n) {
    static int numbers[QUERIES_MOST];
    lab_task *tasks[QUERIES_MOST];
    lab_task *heart = lab_spawn("heartbeat", heartbeat, NULL);
    while (!beating)
        LAB_TRY(lab_yield()); // the queries begin when the heart has
    for (size_t i = 0; i < n; i++) {
        numbers[i] = (int)i;
        tasks[i] = lab_spawn("query", ask, &numbers[i]);
    }
    LAB_TRY(lab_gather(tasks, n));
    LAB_TRY(lab_yield()); // a beat that is late by now comes at last
    lab_cancel(heart);
    return 0;
}

// The first connection is opened before any query wants it: to see whether
// there is a server.
static int pg_begin(void) {
    PGconn **db = &connections[0].pg;
    int rc = pg_connect(db);
    return rc == LAB_EPROTO ? pg_skip(*db) : rc;
}

static int database(const void *arg) {
    way = arg;
    beating = false;
    lab_queue_init(&idle, LAB_QUEUE_FIFO, 0);
    for (int i = 0; i < pool_size(); i++) {
        connections[i] = (struct connection){0};
        LAB_TRY(lab_queue_put_nowait(&idle, &connections[i]));
    }
    int rc = way->query == pg_query ? pg_begin() : 0;
    if (rc >= 0)
        rc = ask_all((size_t)lab_param("queries"));
    for (int i = 0; i < pool_size(); i++) {
        if (connections[i].lite)
            lite_close(connections[i].lite);
        if (connections[i].pg)
            pg_close(connections[i].pg);
    }
    lab_queue_term(&idle);
    return rc;
}

static const struct way on_loop = {lite_query, .has_one = true},
                        one_thread = {lite_query_in_thread, .has_one = true},
                        pool = {lite_query_in_thread},
                        pool_hasty = {lite_query_in_thread, .is_hasty = true},
                        pg_one = {pg_query, .has_one = true},
                        pg_pool = {pg_query},
                        pg_hasty = {pg_query, .is_hasty = true};

const struct lab_demo lab_demo =
    {.name = "database",
     .asks = "How do you await a database that blocks?",
     .params = {{"queries", 12, .min = 1, .max = QUERIES_MOST,
                 .text = "how many queries there are"},
                {"query", 250, .min = 1, .max = 60000, .unit = "ms",
                 .text = "how long the answer to one takes"},
                {"connections", 3, .min = 1, .max = CONNECTIONS_MOST,
                 .text = "how many connections a pool has"},
                {"beat", 100, .min = 1, .max = 10000, .unit = "ms",
                 .text = "time from beat to beat"}},
     .variants =
         {{"on_loop", .with = database, .arg = &on_loop,
           .text = "SQLite: one connection, on the loop",
           .gap = "queries * query",
           .claims = {"time = queries * query", "last(right) = queries"}},
          {"one_thread", .with = database, .arg = &one_thread,
           .text = "SQLite: one connection and its thread",
           .gap = "min(beat, queries * query)",
           .claims = {"time = queries * query", "last(right) = queries"}},
          {"pool", .with = database, .arg = &pool,
           .text = "SQLite: a pool of connections, a thread for each",
           .gap = "min(beat, ceil(queries / connections) * query)",
           .claims = {"time = ceil(queries / connections) * query",
                      "last(right) = queries",
                      "peak(open) = min(queries, connections)"}},
          {"pool_hasty", .with = database, .arg = &pool_hasty,
           .text = "the same; the first queries are given up halfway",
           .claims = {"time = ceil(queries / connections) * query",
                      "last(right) = queries", "last(open) = 0"}},
          {"pg_one", .with = database, .arg = &pg_one, .outside = "PostgreSQL",
           .text = "PostgreSQL: one connection", .differs = true,
           .claims = {"time = queries * query", "last(right) = queries"}},
          {"pg_pool", .with = database, .arg = &pg_pool,
           .outside = "PostgreSQL", .differs = true,
           .text = "PostgreSQL: a pool of connections, no thread",
           .gap = "min(beat, ceil(queries / connections) * query)",
           .claims = {"time = ceil(queries / connections) * query",
                      "last(right) = queries",
                      "peak(open) = min(queries, connections)"}},
          {"pg_hasty", .with = database, .arg = &pg_hasty,
           .outside = "PostgreSQL", .differs = true,
           .text = "the same; the first queries are given up halfway",
           .claims = {"time = query / 2 + ceil((queries - min(queries, "
                      "connections)) / connections) * query",
                      "last(right) = queries - min(queries, connections)",
                      "last(open) = 0"}}},
     .mark = "beat",
     .gap_text = "longest time without a beat"};
