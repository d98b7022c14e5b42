#include "22_database/sqlite.h"

int lite_open(sqlite3 **out) {
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

void lite_close(sqlite3 *db) {
    sqlite3_close(db);
    lab_count("open", -1);
}

int lite_select(sqlite3 *db, int number) {
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
