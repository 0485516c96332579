/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Foreign tables: encodings found, quotes, DBF, and everything that a damaged or hostile file can be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/mem.h"
#include "base/str.h"
#include "intake/intake.h"
#include "../scratch.h"

static char path[64];
static struct err err;

static int make_path(void **state)
{
        (void)state;
        scratch_name(path, sizeof path, "intake");
        int file = mkstemp(path);
        return file < 0 ? -1 : close(file);
}

static int remove_path(void **state)
{
        (void)state;
        return unlink(path);
}

static void put(const void *bytes, size_t len)
{
        FILE *file = fopen(path, "wb");
        assert_non_null(file);
        assert_int_equal(fwrite(bytes, 1, len, file), len);
        assert_int_equal(fclose(file), 0);
}

static struct intake *open_bytes(const void *bytes, size_t len, const char *encoding)
{
        struct intake *intake;
        put(bytes, len);
        if (intake_open(path, encoding, &intake, &err) != ERR_OK)
                fail_msg("%s", err.text);
        return intake;
}

static struct intake *open_text(const char *text)
{
        return open_bytes(text, strlen(text), NULL);
}

static void refuses(const void *bytes, size_t len, const char *encoding, enum err_code code, const char *words)
{
        struct intake *intake;
        put(bytes, len);
        assert_int_equal(intake_open(path, encoding, &intake, &err), code);
        if (!strstr(err.text, words))
                fail_msg("«%s» is not in «%s»", words, err.text);
}

/* Every row as "number:cell|cell/" or "number!reason/". malloc'ed. */
static char *all_rows(struct intake *intake)
{
        struct str out = STR_INIT;
        enum intake_step step;
        while ((step = intake_next(intake)) != INTAKE_END) {
                str_addf(&out, "%lld", (long long)intake_number(intake));
                if (step == INTAKE_BAD)
                        str_addf(&out, "!%s", intake_problem(intake));
                for (int i = 0; step == INTAKE_ROW && i < intake_info(intake)->columns_n; i++) {
                        const char *cell = intake_cell(intake, i);
                        str_addf(&out, "%c%s", i ? '|' : ':', cell ? cell : "(bytes)");
                }
                str_addc(&out, '/');
        }
        return str_detach(&out);
}

static void check_rows(struct intake *intake, const char *wanted)
{
        for (int twice = 0; twice < 2; twice++) {
                char *rows = all_rows(intake);
                assert_string_equal(rows, wanted);
                free(rows);
                intake_rewind(intake);
        }
        intake_close(intake);
}

static void check_text(const char *text, const char *wanted)
{
        check_rows(open_text(text), wanted);
}

/* ---- CSV ---- */

static void separators_are_found(void **state)
{
        (void)state;
        check_text("A;B\n1;2,5\n", "2:1|2,5/");
        check_text("A,B\r\n1,2;5\r\n", "2:1|2;5/");
        check_text("A\tB\n1\t\n", "2:1|/");
        check_text("sep=,\nA,B\n1,2\n", "3:1|2/");
        check_text("\xEF\xBB\xBF\"A;x\",B\n1,2", "2:1|2/");
        struct intake *intake = open_text("\xEF\xBB\xBF" "a;Cod_Mod;x\n1;2;3\n");
        assert_int_equal(intake_column(intake, "COD_MOD"), 1);
        assert_int_equal(intake_column(intake, "A"), 0);
        assert_int_equal(intake_column(intake, "nada"), -1);
        assert_int_equal(intake_info(intake)->separator, ';');
        assert_int_equal(intake_info(intake)->rows, -1);
        intake_close(intake);
}

static void quotes_are_those_of_rfc_4180(void **state)
{
        (void)state;
        check_text("A;B\n\"x;\"\"y\"\"\";2\n", "2:x;\"y\"|2/");
        check_text("A;B\n\"dos\nlíneas\";2\n3;4\n", "2:dos líneas|2/4:3|4/");
        check_text("A;B\n\"\";\"\"\n", "2:|/");
        check_text("A;B\nx\"y;2\n", "2:x\"y|2/"); /* a quote inside a plain cell is a letter */
        check_text("A;B\n\n1;2\n\n", "3:1|2/");
}

/* One damaged line costs one row, never those after it. */
static void damage_stays_where_it_is(void **state)
{
        (void)state;
        check_text("A;B\n1\n2;3\n4;5;6\n7;8\n",
                   "2!tiene 1 celdas y debería tener 2/3:2|3/4!tiene 3 celdas y debería tener 2/5:7|8/");
        check_text("A;B\n\"IE 8\" Sur;1\n2;3\n", "2!tiene comillas mal puestas/3:2|3/");
        check_text("A;B\n\"sin cerrar;1\n2;3\n4;5\n", "2!tiene comillas mal puestas/3:2|3/4:4|5/");
        check_text("A;B\n\"sin cerrar;1\n\"2\";\"3\"\n", "2!tiene comillas mal puestas/3:2|3/");
}

static void a_row_has_a_limit(void **state)
{
        struct str text = STR_INIT;
        (void)state;
        str_add(&text, "A;B\n");
        for (int i = 0; i < 3 * INTAKE_ROW_MAX; i++)
                str_addc(&text, 'x');
        str_add(&text, ";1\n2;3\n\"");
        for (int i = 0; i < 3 * INTAKE_ROW_MAX; i++)
                str_add(&text, i % 50 ? "y" : "\n");
        check_rows(open_bytes(text.text, 4 + 3 * INTAKE_ROW_MAX + 8, NULL), "2!la fila es demasiado larga/3:2|3/4!tiene comillas mal puestas/");
        struct intake *intake = open_text(text.text); /* an endless quoted cell: lost line by line, the file is not */
        int bad = 0;
        while (intake_next(intake) != INTAKE_END)
                bad++;
        assert_true(bad > 1000);
        intake_close(intake);
        str_release(&text);
}

static void what_is_no_table_is_said(void **state)
{
        struct intake *intake;
        (void)state;
        refuses("", 0, NULL, ERR_INVALID, "está vacío");
        refuses("hola\n", 5, NULL, ERR_INVALID, "no nombra columnas");
        refuses("PK\3\4xxxx", 8, NULL, ERR_INVALID, "ZIP o un libro de Excel");
        refuses("\xD0\xCF\x11\xE0xxxx", 8, NULL, ERR_INVALID, "Excel antiguo");
        refuses("\xFF\xFE" "A\0;\0", 6, NULL, ERR_INVALID, "UTF-16");
        refuses("%PDF-1.5", 8, NULL, ERR_INVALID, "PDF");
        refuses("A;B\n\0\0\0", 7, NULL, ERR_INVALID, "no es un DBF ni un CSV");
        refuses("A;B\n1;2\n", 8, "NADA-9", ERR_INVALID, "no se conoce la codificación «NADA-9»");
        refuses("A;B\n1;2\n", 8, "UTF-16LE", ERR_INVALID, "no escribe cada letra en un byte");
        assert_int_equal(intake_open("/no/hay/nada.csv", NULL, &intake, &err), ERR_NOT_FOUND);
        assert_non_null(strstr(err.text, "no existe el archivo /no/hay/nada.csv"));
        assert_int_equal(intake_open("/tmp", NULL, &intake, &err), ERR_INVALID);
}

/* ---- Encodings ---- */

static void check_encoding(const char *text, const char *forced, const char *encoding, const char *rows)
{
        struct intake *intake = open_bytes(text, strlen(text), forced);
        assert_string_equal(intake_info(intake)->encoding, encoding);
        check_rows(intake, rows);
}

static void encodings_are_found(void **state)
{
        (void)state;
        check_encoding("A;B\nJard\xA1n;Pe\xA4\xA2n\n", NULL, "CP850", "2:Jardín|Peñón/");
        check_encoding("A;B\nJard\xEDn;Pe\xF1\xF3n\n", NULL, "CP1252", "2:Jardín|Peñón/");
        check_encoding("A;B\nJardín;Peñón\n", NULL, "UTF-8", "2:Jardín|Peñón/");
        /* \xE9 is é in one and Ú in the other: the case of its neighbours tells. */
        check_encoding("A;B\nJos\xE9;x\n", NULL, "CP1252", "2:José|x/");
        check_encoding("A;B\nJES\xE9S;x\n", NULL, "CP850", "2:JESÚS|x/");
        check_encoding("A;B\nPE\xA5" "A;NI\xA5O\n", NULL, "CP850", "2:PEÑA|NIÑO/");
        check_encoding("A;B\nPE\xD1" "A;NI\xD1O\n", NULL, "CP1252", "2:PEÑA|NIÑO/");
        /* A damaged row does not make a file of UTF-8 something else. */
        check_encoding("A;B\nñáéíóú;ñáéíóú\nx\xF3y;1\n", NULL, "UTF-8", "2:ñáéíóú|ñáéíóú/3:(bytes)|1/");
        /* Nothing to tell by. */
        check_encoding("A;B\n1;2\n", NULL, "CP1252", "2:1|2/");
}

static void encodings_can_be_forced(void **state)
{
        (void)state;
        check_encoding("A;B\nJard\xA1n;x\n", "CP1252", "CP1252", "2:Jard¡n|x/");
        check_encoding("A;B\nJard\xA1n;x\n", "utf-8", "UTF-8", "2:(bytes)|x/");
        check_encoding("A;B\nJard\xEDn;x\n", "ISO-8859-1", "ISO-8859-1", "2:Jardín|x/");
        check_encoding("A;B\n\x81;\x01\n", "CP1252", "CP1252", "2:(bytes)|(bytes)/");
}

/* ---- DBF ---- */

struct dbf { unsigned char bytes[4096]; size_t n; };

static void dbf_add(struct dbf *dbf, const void *bytes, size_t n)
{
        memcpy(dbf->bytes + dbf->n, bytes, n);
        dbf->n += n;
}

/* A(4) and B(6); `said` records, whatever there is. */
static struct dbf dbf_new(unsigned said)
{
        struct dbf dbf = {.n = 32 + 2 * 32 + 1};
        unsigned char *h = dbf.bytes;
        h[0] = 3, h[1] = 126, h[2] = 8, h[3] = 14;
        for (int i = 0; i < 4; i++)
                h[4 + i] = (unsigned char)(said >> 8 * i);
        h[8] = (unsigned char)dbf.n;
        h[10] = 1 + 4 + 6;
        h[32] = 'A', h[32 + 11] = 'C', h[32 + 16] = 4;
        h[64] = 'B', h[64 + 11] = 'N', h[64 + 16] = 6;
        h[96] = '\r';
        return dbf;
}

static void a_dbf_is_read(void **state)
{
        struct dbf dbf = dbf_new(4);
        (void)state;
        dbf_add(&dbf, " Pe\xA4" "a  1.50", 11);
        dbf_add(&dbf, "*borr     0", 11);
        dbf_add(&dbf, " xy\0z\0\0\0\0\0\0", 11); /* NUL ends a cell */
        dbf_add(&dbf, "\xFF" "mal      9", 11);
        dbf_add(&dbf, "\x1a", 1);
        struct intake *intake = open_bytes(dbf.bytes, dbf.n, NULL);
        assert_string_equal(intake_info(intake)->kind, "DBF");
        assert_string_equal(intake_info(intake)->encoding, "CP850");
        assert_int_equal(intake_info(intake)->rows, 4);
        assert_null(intake_info(intake)->note);
        check_rows(intake, "1:Peña|1.50/3:xy|/4!la fila está dañada: no empieza como debe/");
}

static void a_header_that_lies_is_not_believed(void **state)
{
        struct dbf dbf = dbf_new(1000000);
        (void)state;
        dbf_add(&dbf, " abcd123456", 11);
        dbf_add(&dbf, " efg", 4);
        struct intake *intake = open_bytes(dbf.bytes, dbf.n, NULL);
        assert_int_equal(intake_info(intake)->rows, 1);
        assert_non_null(strstr(intake_info(intake)->note, "dice tener 1000000 filas y trae 1"));
        check_rows(intake, "1:abcd|123456/2!el archivo termina en medio de esta fila/");
        dbf = dbf_new(1); /* no end mark, more rows than said */
        dbf_add(&dbf, " abcd123456", 11);
        dbf_add(&dbf, " abcd123456", 11);
        intake = open_bytes(dbf.bytes, dbf.n, NULL);
        assert_non_null(strstr(intake_info(intake)->note, "dice tener 1 filas y trae 2"));
        check_rows(intake, "1:abcd|123456/");
}

static void damaged_headers_are_refused(void **state)
{
        static const struct { int at; unsigned char value; } damages[] = {
                {8, 255}, {9, 255}, {10, 0}, {10, 1}, {10, 5}, {32 + 16, 255}, {64 + 16, 200}, {8, 33},
        };
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(damages); i++) {
                struct dbf dbf = dbf_new(1);
                dbf_add(&dbf, " abcd123456\x1a", 12);
                dbf.bytes[damages[i].at] = damages[i].value;
                refuses(dbf.bytes, dbf.n, NULL, ERR_INVALID, "dañado");
        }
        for (size_t n = 33; n < 97; n += 7) { /* cut inside the header */
                struct dbf dbf = dbf_new(1);
                refuses(dbf.bytes, n, NULL, ERR_INVALID, "dañado");
        }
}

/* Whatever the bytes are, reading ends and stays inside (ASan is the judge). */
static void any_bytes_end(void **state)
{
        uint32_t chance = 12345;
        (void)state;
        for (int round = 0; round < 400; round++) {
                struct dbf dbf = dbf_new(3);
                struct intake *intake;
                dbf_add(&dbf, " abcd123456 abcd123456 abcd123456\x1a", 34);
                for (int k = 0; k < 1 + round % 5; k++) {
                        chance = chance * 1103515245 + 12345;
                        dbf.bytes[(chance >> 8) % dbf.n] = (unsigned char)(chance >> 24);
                }
                put(dbf.bytes, dbf.n);
                if (intake_open(path, NULL, &intake, &err) != ERR_OK)
                        continue;
                free(all_rows(intake));
                intake_close(intake);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(separators_are_found),
                cmocka_unit_test(quotes_are_those_of_rfc_4180),
                cmocka_unit_test(damage_stays_where_it_is),
                cmocka_unit_test(a_row_has_a_limit),
                cmocka_unit_test(what_is_no_table_is_said),
                cmocka_unit_test(encodings_are_found),
                cmocka_unit_test(encodings_can_be_forced),
                cmocka_unit_test(a_dbf_is_read),
                cmocka_unit_test(a_header_that_lies_is_not_believed),
                cmocka_unit_test(damaged_headers_are_refused),
                cmocka_unit_test(any_bytes_end),
        };
        return cmocka_run_group_tests(tests, make_path, remove_path);
}
