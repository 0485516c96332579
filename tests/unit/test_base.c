/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The foundations: errors, arenas, growing strings, nearest words, tables. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/attached.h"
#include "base/err.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/table.h"
#include "base/utf8.h"

/* ---- err ---- */

static void err_keeps_code_sentence_and_position(void **state)
{
        (void)state;
        struct err err;
        assert_int_equal(err_set(&err, ERR_LIMIT, "pasa de %d MiB", 16), ERR_LIMIT);
        assert_int_equal(err.code, ERR_LIMIT);
        assert_int_equal(err.line, 0);
        assert_string_equal(err.text, "pasa de 16 MiB");
        assert_int_equal(err_set_at(&err, ERR_INVALID, 3, 14, "mal"), ERR_INVALID);
        assert_int_equal(err.line, 3);
        assert_int_equal(err.column, 14);
        assert_int_equal(err_wrap(&err, "en la ficha %s", "x"), ERR_INVALID);
        assert_string_equal(err.text, "en la ficha x: mal");
        assert_int_equal(err.line, 3);
        assert_int_equal(err_set(NULL, ERR_BUSY, "nadie mira"), ERR_BUSY);
}

static void err_may_be_set_from_its_own_text(void **state)
{
        (void)state;
        struct err err;
        err_set(&err, ERR_IO, "uno");
        err_set(&err, ERR_IO, "%s y otro", err.text);
        assert_string_equal(err.text, "uno y otro");
}

/* A sentence too long ends at a whole character, whatever their lengths and where they fall. */
static void err_is_cut_at_a_character(void **state)
{
        static const char *const letters[] = {"a", "ñ", "漢", "😀"};
        (void)state;
        for (size_t l = 0; l < ARRAY_LEN(letters); l++) {
                for (int shift = 0; shift < 8; shift++) {
                        struct str text = STR_INIT;
                        struct err err, wrapped;
                        for (int i = 0; i < shift; i++)
                                str_addc(&text, 'x');
                        while (text.len < 3 * ERR_TEXT_MAX)
                                str_add(&text, letters[l]);
                        err_set(&err, ERR_INVALID, "%s", text.text);
                        assert_true(utf8_valid(err.text, strlen(err.text), NULL));
                        assert_in_range(strlen(err.text), ERR_TEXT_MAX - 9, ERR_TEXT_MAX - 1);
                        assert_int_equal(strncmp(err.text, text.text, strlen(err.text)), 0);
                        err_set(&wrapped, ERR_IO, "corto");
                        err_wrap(&wrapped, "%s", text.text);
                        assert_true(utf8_valid(wrapped.text, strlen(wrapped.text), NULL));
                        err_set_errno(&wrapped, EACCES, "%s", text.text);
                        assert_true(utf8_valid(wrapped.text, strlen(wrapped.text), NULL));
                        str_release(&text);
                }
        }
}

static void err_says_what_the_system_refused(void **state)
{
        (void)state;
        struct err err;
        assert_int_equal(err_set_errno(&err, ENOENT, "no se puede abrir %s", "x.yaml"), ERR_IO);
        assert_int_equal(strncmp(err.text, "no se puede abrir x.yaml: ", 26), 0);
        assert_int_equal(err_set_errno(&err, ENOSPC, "a"), ERR_NO_SPACE);
        assert_int_equal(err_set_errno(&err, EDQUOT, "a"), ERR_NO_SPACE);
        assert_non_null(strstr(err.text, "espacio"));
        assert_string_equal(err_code_words(ERR_NOT_FOUND), "no se encontró");
        assert_string_equal(err_code_words(ERR_CANCELLED), "cancelado");
}

static void err_list_keeps_order(void **state)
{
        (void)state;
        struct err_list list = {0};
        for (int i = 0; i < 100; i++) {
                struct err err;
                err_set_at(&err, ERR_INVALID, i, 1, "error %d", i);
                err_list_add(&list, &err);
        }
        assert_int_equal(list.n, 100);
        assert_string_equal(list.items[99].text, "error 99");
        assert_int_equal(list.items[42].line, 42);
        err_list_release(&list);
        assert_int_equal(list.n, 0);
        err_list_release(&list);
}

/* ---- mem ---- */

static void arena_gives_aligned_zeroed_memory(void **state)
{
        (void)state;
        struct arena arena = {0};
        for (size_t size = 0; size < 3000; size += 37) {
                unsigned char *p = arena_alloc(&arena, size);
                assert_int_equal((uintptr_t)p % _Alignof(max_align_t), 0);
                for (size_t i = 0; i < size; i++)
                        assert_int_equal(p[i], 0);
                memset(p, 0xAA, size);
        }
        char *large = arena_alloc(&arena, 5 << 20);
        large[(5 << 20) - 1] = 'x';
        assert_string_equal(arena_strdup(&arena, "Ñahui"), "Ñahui");
        assert_string_equal(arena_strndup(&arena, "Ñahui", 2), "Ñ");
        assert_string_equal(arena_printf(&arena, "%d de %s", 3, "abc"), "3 de abc");
        arena_release(&arena);
        assert_null(arena.block);
        arena_release(&arena);
}

static void arena_reuses_a_block_after_clear(void **state)
{
        (void)state;
        struct arena arena = {0};
        arena_clear(&arena);
        arena_alloc(&arena, 100);
        void *block = arena.block;
        for (int i = 0; i < 1000; i++) {
                arena_clear(&arena);
                assert_int_equal(arena.total, 0);
                unsigned char *p = arena_alloc(&arena, 1000);
                for (int k = 0; k < 1000; k++)
                        assert_int_equal(p[k], 0);
                memset(p, 1, 1000);
                assert_ptr_equal(arena.block, block);
        }
        arena_release(&arena);
}

static void allocations_of_nothing_are_valid(void **state)
{
        (void)state;
        void *a = xmalloc(0), *b = xcalloc(0, 8);
        assert_non_null(a);
        assert_non_null(b);
        a = xrealloc(a, 0);
        assert_non_null(a);
        free(a);
        free(b);
        char *text = xasprintf("%05d", 42);
        assert_string_equal(text, "00042");
        free(text);
        text = xstrndup("setiembre", 3);
        assert_string_equal(text, "set");
        free(text);
}

/* ---- str ---- */

static void str_grows_and_splices(void **state)
{
        (void)state;
        struct str s = STR_INIT;
        assert_string_equal(s.text, "");
        str_clear(&s);
        str_addn(&s, "", 0);
        assert_string_equal(s.text, "");
        for (int i = 0; i < 1000; i++)
                str_addf(&s, "%d,", i % 10);
        assert_int_equal(s.len, 2000);
        assert_int_equal(strlen(s.text), 2000);
        str_clear(&s);
        assert_string_equal(s.text, "");
        str_add(&s, "hola mundo");
        str_splice(&s, 4, 1, " gran ", 6);
        assert_string_equal(s.text, "hola gran mundo");
        str_splice(&s, 0, 5, "", 0);
        assert_string_equal(s.text, "gran mundo");
        str_splice(&s, s.len, 0, "!", 1);
        assert_string_equal(s.text, "gran mundo!");
        str_splice(&s, 0, s.len, "", 0);
        assert_string_equal(s.text, "");
        str_addc(&s, 'x');
        char *text = str_detach(&s);
        assert_string_equal(text, "x");
        free(text);
        assert_int_equal(s.len, 0);
        text = str_detach(&s);
        assert_string_equal(text, "");
        free(text);
        str_release(&s);
}

static void str_answers_questions(void **state)
{
        (void)state;
        assert_true(str_equal(NULL, NULL));
        assert_false(str_equal(NULL, ""));
        assert_true(str_equal("a", "a"));
        assert_true(str_starts("formulario", "form"));
        assert_false(str_starts("for", "form"));
        assert_true(str_ends("x.yaml", ".yaml"));
        assert_false(str_ends("yaml", ".yaml"));
        assert_true(str_blank(NULL));
        assert_true(str_blank(" \t\r\n"));
        assert_false(str_blank(" . "));
}

static void nearest_word_is_found_or_not(void **state)
{
        static const char *const words[] = {"verificar", "exportar", "registro", "tabla", "demo"};
        (void)state;
        assert_string_equal(str_nearest("verifcar", words, 5), "verificar");
        assert_string_equal(str_nearest("exprotar", words, 5), "exportar");
        assert_string_equal(str_nearest("tabal", words, 5), "tabla");
        assert_string_equal(str_nearest("demo", words, 5), "demo");
        assert_null(str_nearest("balance", words, 5));
        assert_null(str_nearest("xyz", words, 5));
        assert_null(str_nearest("tabla", words, 0));
        char longer[200];
        memset(longer, 'a', sizeof longer);
        longer[199] = '\0';
        assert_null(str_nearest(longer, words, 5));
        const char *const candidates[] = {longer, "a"};
        assert_string_equal(str_nearest("b", candidates, 2), "a");
}

/* ---- table ---- */

static void table_copies_its_cells(void **state)
{
        (void)state;
        struct table table;
        char cell[32];
        table_init(&table, "Prueba");
        table_add_column(&table, "a", "A", CELL_TEXT);
        table_add_column(&table, "b", "B", CELL_NUMBER);
        for (int i = 0; i < 500; i++) {
                snprintf(cell, sizeof cell, "%d", i);
                assert_int_equal(table_add_row(&table), i);
                assert_string_equal(table_cell(&table, i, 0), "");
                table_set(&table, i, 1, cell);
        }
        assert_string_equal(table_cell(&table, 0, 1), "0");
        assert_string_equal(table_cell(&table, 499, 1), "499");
        assert_string_equal(table_cell(&table, 499, 0), "");
        assert_int_equal(table.columns[1].kind, CELL_NUMBER);
        table_release(&table);
        table_release(&table);
}

/* ---- attached ---- */

static void attached_files_have_one_name(void **state)
{
        static const struct { const char *name, *ending; } names[] = {
                {"acta.pdf", ".pdf"}, {"Foto 1.JPG", ".jpg"}, {"copia.tar.gz", ".gz"}, {"LEAME", ".bin"},
                {"raro.../x", ".x"}, {"punto.", ".bin"}, {"a.letras-largas1", ".letrasla"}, {"ñ.ñ", ".bin"},
        };
        char file[ATTACHED_FILE], hex[HASH_TEXT];
        struct hash hash = hash_of("hola", 4), back;
        (void)state;
        for (size_t i = 0; i < ARRAY_LEN(names); i++) {
                attached_file(&hash, names[i].name, file);
                assert_string_equal(file + HASH_TEXT - 1, names[i].ending);
                assert_true(attached_is_file(file, &back));
                assert_true(hash_equal(&hash, &back));
        }
        assert_memory_equal(file, hash_format(&hash, hex), HASH_TEXT - 1);
}

/* `shape` with its "%s", or "%.63s", filled in. */
static void str_fill(char *out, size_t room, const char *shape, const char *hex)
{
        const char *mark = strchr(shape, '%');
        size_t before = mark ? (size_t)(mark - shape) : strlen(shape);
        const char *rest = mark ? strchr(mark, 's') + 1 : "";
        snprintf(out, room, "%.*s%.*s%s", (int)before, shape, !mark ? 0 : mark[1] == 's' ? 64 : 63, hex, rest);
}

static void what_is_no_attached_file(void **state)
{
        char hex[HASH_TEXT], text[256];
        struct hash hash = hash_of("hola", 4), back;
        const char *name;
        static const char *const wrong[] = {"%s", "%s/", "%s.pdf", "%s/a/b", "x%s/a", "%.63s/a", "", "/etc/passwd"};
        static const char *const no_file[] = {"%s", "%s.", "%s.PDF", "%s./a", "%s.p f", "%s.ninecharsx", "../%s.pdf", "%.63sA.pdf"};
        (void)state;
        hash_format(&hash, hex);
        snprintf(text, sizeof text, "%s/acta de cierre.pdf", hex);
        assert_true(attached_parse(text, &back, &name));
        assert_string_equal(name, "acta de cierre.pdf");
        assert_false(attached_parse(NULL, &back, &name));
        for (size_t i = 0; i < ARRAY_LEN(wrong); i++) {
                str_fill(text, sizeof text, wrong[i], hex);
                assert_false(attached_parse(text, &back, NULL));
        }
        for (size_t i = 0; i < ARRAY_LEN(no_file); i++) {
                str_fill(text, sizeof text, no_file[i], hex);
                assert_false(attached_is_file(text, &back));
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(err_keeps_code_sentence_and_position),
                cmocka_unit_test(err_may_be_set_from_its_own_text),
                cmocka_unit_test(err_is_cut_at_a_character),
                cmocka_unit_test(err_says_what_the_system_refused),
                cmocka_unit_test(err_list_keeps_order),
                cmocka_unit_test(arena_gives_aligned_zeroed_memory),
                cmocka_unit_test(arena_reuses_a_block_after_clear),
                cmocka_unit_test(allocations_of_nothing_are_valid),
                cmocka_unit_test(str_grows_and_splices),
                cmocka_unit_test(str_answers_questions),
                cmocka_unit_test(nearest_word_is_found_or_not),
                cmocka_unit_test(table_copies_its_cells),
                cmocka_unit_test(attached_files_have_one_name),
                cmocka_unit_test(what_is_no_attached_file),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
