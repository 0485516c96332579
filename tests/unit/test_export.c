/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables in every format, judged by Python's csv module and by jq. */
#include "test_bundle.h"

#include <errno.h>
#include <sys/wait.h>

#include "../../src/export/number.h"
#include "base/utf8.h"
#include "export/export.h"

static struct err err;

/* A column of each kind and the cells that are hard. */
static void make_table(struct table *table)
{
        static const char *const rows[][4] = {
                {"0283718", "José «Pepe» Ñahui", "3.5", "2026-03-01"},
                {"45678912", "dice \"sí\"; y\nse va", "-7", ""},
                {"", "=HYPERLINK(\"http://x\";\"y\")", "007", "2026-12-31"},
                {"+51987654321", "@SUM(A1)", "", ""},
                {"-2+3", "\t=1", "=1+1", ""},
                {"漢字", "a\r\nb", "1e400", "\r=x"},
                {" x", "＝1+1", "n/a", ""},
        };
        table_init(table, "Prueba");
        table_add_column(table, "cod_mod", "Código modular", CELL_TEXT);
        table_add_column(table, "nota", "Nota", CELL_TEXT);
        table_add_column(table, "valor", "Valor", CELL_NUMBER);
        table_add_column(table, "fecha", "Fecha", CELL_DATE);
        for (size_t r = 0; r < ARRAY_LEN(rows); r++) {
                table_add_row(table);
                for (int c = 0; c < 4; c++)
                        table_set(table, (int)r, c, rows[r][c]);
        }
}

static void export_as(const char *format, const char *name)
{
        struct table table;
        make_table(&table);
        assert_int_equal(export_to_file(&table, format, in_scratch(name), &err), ERR_OK);
        table_release(&table);
}

static char *exported(const char *format)
{
        export_as(format, "out");
        return slurp(in_scratch("out"), NULL);
}

static void test_csv_judged_by_python(void **state)
{
        static const char script[] = "import csv, sys\n"
                                     "name, coding = sys.argv[1:]\n"
                                     "rows = list(csv.reader(open(name, encoding=coding, newline=''), "
                                     "delimiter=';', strict=True))\n"
                                     "assert rows == [['cod_mod', 'nota', 'valor', 'fecha'],\n"
                                     " ['0283718', 'José «Pepe» Ñahui', '3.5', '2026-03-01'],\n"
                                     " ['45678912', 'dice \"sí\"; y\\nse va', '-7', ''],\n"
                                     " ['', '\\'=HYPERLINK(\"http://x\";\"y\")', '007', '2026-12-31'],\n"
                                     " ['+51987654321', '\\'@SUM(A1)', '', ''],\n"
                                     " ['\\'-2+3', '\\'\\t=1', '\\'=1+1', ''],\n"
                                     " ['漢字', 'a\\r\\nb', '1e400', '\\'\\r=x'],\n"
                                     " [' x', '\\'＝1+1', 'n/a', '']], rows\n";
        (void)state;
        export_as("csv", "t.csv");
        export_as("csv-sin-marca", "p.csv");
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py t.csv utf-8-sig && python3 judge.py p.csv utf-8"), 0);
        assert_int_equal(run("(printf '\\357\\273\\277'; cat p.csv) | cmp - t.csv"), 0);
}

static void test_csv_quotes(void **state)
{
        char *text = exported("csv-sin-marca");
        (void)state;
        assert_true(str_starts(text,
                               "cod_mod;nota;valor;fecha\r\n\"0283718\";José «Pepe» Ñahui;3.5;2026-03-01\r\n"
                               "\"45678912\";"));
        assert_non_null(strstr(text, ";-7;\r\n"));       /* a number stays a number */
        assert_non_null(strstr(text, ";\"007\";"));      /* but not with leading zeros */
        assert_non_null(strstr(text, "\"+51987654321\""));
        free(text);
}

static void test_csv_of_one_empty_cell(void **state)
{
        struct table table;
        (void)state;
        table_init(&table, "t");
        table_add_column(&table, "=x", "X", CELL_TEXT);
        table_add_row(&table);
        assert_int_equal(export_to_file(&table, "csv-sin-marca", in_scratch("one"), &err), ERR_OK);
        char *text = slurp(in_scratch("one"), NULL);
        assert_string_equal(text, "'=x\r\n\"\"\r\n");
        free(text);
        table_release(&table);
}

static void test_ndjson_judged_by_jq(void **state)
{
        (void)state;
        export_as("ndjson", "t.ndjson");
        assert_int_equal(run("[ $(wc -l <t.ndjson) = 7 ]"), 0);
        assert_int_equal(run("[ \"$(jq -c '[.cod_mod, .valor]' t.ndjson | head -3 | tr '\\n' ' ')\" = "
                             "'[\"0283718\",3.5] [\"45678912\",-7] [null,\"007\"] ' ]"), 0);
        assert_int_equal(run("[ \"$(jq -s -c '.[3]|keys_unsorted' t.ndjson)\" = '[\"cod_mod\",\"nota\"]' ]"),
                         0);
        assert_int_equal(
                run("jq -s -e '.[2].nota == \"=HYPERLINK(\\\"http://x\\\";\\\"y\\\")\" and .[1].nota == "
                    "\"dice \\\"sí\\\"; y\\nse va\" and .[4].nota == \"\\t=1\" and .[5].cod_mod == \"漢字\"' "
                    "t.ndjson >got"),
                0);
        char *text = slurp(in_scratch("t.ndjson"), NULL);
        assert_non_null(strstr(text, "\"valor\":1e400,")); /* as it stood */
        free(text);
}

static void test_malformed_utf8_is_still_json(void **state)
{
        struct table table;
        (void)state;
        table_init(&table, "t");
        table_add_column(&table, "x", "X", CELL_TEXT);
        table_add_row(&table);
        table_set(&table, 0, 0, "a\xff" "b");
        assert_int_equal(export_to_file(&table, "ndjson", in_scratch("bad"), &err), ERR_OK);
        char *text = slurp(in_scratch("bad"), NULL);
        assert_string_equal(text, "{\"x\":\"a\xEF\xBF\xBD" "b\"}\n");
        free(text);
        table_release(&table);
}

static void test_text_is_aligned(void **state)
{
        struct table table;
        (void)state;
        table_init(&table, "t");
        table_add_column(&table, "a", "Código", CELL_TEXT);
        table_add_column(&table, "n", "N", CELL_NUMBER);
        table_add_column(&table, "z", "Nota", CELL_TEXT);
        for (int i = 0; i < 3; i++)
                table_add_row(&table);
        table_set(&table, 0, 0, "漢字漢字");
        table_set(&table, 0, 1, "7");
        table_set(&table, 0, 2, "rojo\033[31m\nb");
        table_set(&table, 1, 0, "ñandú");
        table_set(&table, 1, 1, "1250");
        table_set(&table, 2, 2, "fin");
        assert_int_equal(export_to_file(&table, "texto", in_scratch("text"), &err), ERR_OK);
        char *text = slurp(in_scratch("text"), NULL);
        assert_string_equal(text, "Código       N  Nota\n"
                                  "────────  ────  ───────────\n"
                                  "漢字漢字     7  rojo [31m b\n"
                                  "ñandú     1250\n"
                                  "                fin\n");
        free(text);
        table_release(&table);
}

/* Whatever rows formats.def has: a name, an ending, words, and output for an empty table and a full one. */
static void test_every_format(void **state)
{
        int n;
        const struct export_format *formats = export_formats(&n);
        struct table empty;
        (void)state;
        table_init(&empty, "vacía");
        table_add_column(&empty, "a", "A", CELL_TEXT);
        for (int i = 0; i < n; i++) {
                assert_ptr_equal(export_format_find(formats[i].name), &formats[i]);
                assert_true(formats[i].ending[0] == '.' && strlen(formats[i].about) > 10);
                export_as(formats[i].name, "full");
                char *text = slurp(in_scratch("full"), NULL);
                assert_true(utf8_valid(text, strlen(text), NULL));
                free(text);
                assert_int_equal(export_to_file(&empty, formats[i].name, in_scratch("nothing"), &err),
                                 ERR_OK);
        }
        table_release(&empty);
}

static void test_write_errors_are_told(void **state)
{
        struct table table;
        FILE *full = fopen("/dev/full", "w");
        (void)state;
        if (!full)
                skip();
        make_table(&table);
        assert_int_equal(export_table(&table, "csv", full, &err), ERR_NO_SPACE);
        fclose(full);
        full = fopen("/dev/full", "w");
        setvbuf(full, NULL, _IONBF, 0); /* fails at once, not at the end */
        assert_int_equal(export_table(&table, "texto", full, &err), ERR_NO_SPACE);
        fclose(full);
        table_release(&table);
}

static void test_files_whole_or_not_at_all(void **state)
{
        struct table table;
        (void)state;
        make_table(&table);
        spill(in_scratch("old.csv"), "viejo", 5);
        assert_int_equal(export_to_file(&table, "pdf", in_scratch("old.csv"), &err), ERR_NOT_FOUND);
        assert_non_null(strstr(err.text, "csv, csv-sin-marca, ndjson, texto"));
        assert_int_equal(run("[ $(cat old.csv) = viejo ]"), 0);
        assert_int_equal(export_to_file(&table, "csv", in_scratch("no/old.csv"), &err), ERR_IO);
        assert_int_equal(export_to_file(&table, "csv", scratch, &err), ERR_REFUSED);
        assert_int_equal(export_to_file(&table, "csv", "/dev/null", &err), ERR_REFUSED);
        assert_int_equal(export_to_file(&table, "csv", in_scratch("old.csv"), &err), ERR_OK);
        assert_int_equal(run("[ $(head -c 10 old.csv | tail -c 7) = cod_mod ] && ! ls | grep -q part"), 0);
        table_release(&table);
}

static void test_what_is_a_number(void **state)
{
        static const char *const json[] = {"0", "-0", "12", "3.50", "-7e3", "1E+2", "0.001"};
        static const char *const plain[] = {"007", "+5", "-01.5", "+1e-3"};
        static const char *const neither[] = {"",    "-",  "+",  ".5",  "5.",  "1e",  "1e+", "0x10",
                                              "1,5", " 1", "1 ", "--1", "1-2", "NaN", "٣"};
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(json); i++)
                assert_true(number_is_plain(json[i]) && number_is_json(json[i]));
        for (size_t i = 0; i < ARRAY_LEN(plain); i++)
                assert_true(number_is_plain(plain[i]) && !number_is_json(plain[i]));
        for (size_t i = 0; i < ARRAY_LEN(neither); i++)
                assert_true(!number_is_plain(neither[i]) && !number_is_json(neither[i]));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_csv_judged_by_python),
                cmocka_unit_test(test_csv_quotes),
                cmocka_unit_test(test_csv_of_one_empty_cell),
                cmocka_unit_test(test_ndjson_judged_by_jq),
                cmocka_unit_test(test_malformed_utf8_is_still_json),
                cmocka_unit_test(test_text_is_aligned),
                cmocka_unit_test(test_every_format),
                cmocka_unit_test(test_write_errors_are_told),
                cmocka_unit_test(test_files_whole_or_not_at_all),
                cmocka_unit_test(test_what_is_a_number),
        };
        return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
