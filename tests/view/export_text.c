#include "view/export_text.h"

#include "export.h"

#define CHECK_PUT(put, string, expected)                                       \
    do {                                                                       \
        struct lab_text out = {0};                                             \
        put(&out, string, 80);                                                 \
        CHECK_STR(lab_text_string(&out), expected);                            \
        lab_text_free(&out);                                                   \
    } while (0)

TEST(xml_has_no_character_of_its_own_in_a_text) {
    CHECK_PUT(lab_export_put_xml, "a<b>&\"c'", "a&lt;b&gt;&amp;&quot;c&#39;");
    CHECK_PUT(lab_export_put_xml, "é日本", "é日本");
    CHECK_PUT(lab_export_put_xml, "\x1b\xff\n", "\\x1b\\xff\\x0a");
    CHECK_PUT(lab_export_put_xml, "\xEF\xBF\xBF", "\xEF\xBF\xBD");
}

TEST(json_in_a_page_does_not_end_its_script) {
    CHECK_PUT(lab_export_put_json, "</script>&",
              "\"\\u003c/script\\u003e\\u0026\"");
    CHECK_PUT(lab_export_put_json, "say \"\\\"", "\"say \\\"\\\\\\\"\"");
    CHECK_PUT(lab_export_put_json, "\xEF\xBF\xBE", "\"\\ufffd\"");
    CHECK_PUT(lab_export_put_json, "\xE2\x80\xA8", "\"\\\\u2028\"");
}
