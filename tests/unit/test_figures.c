/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Documents of figures: numbers as people read them, hostile words, and what is hidden. */
#include "test_bundle.h"

#include <math.h>

#include "../../src/export/figures_priv.h"
#include "base/clock.h"

static struct err err;

#define HOSTILE "</title></style><script>alert('x')</script>=1+1 & \"ñ\""

static const struct figure_cell told[] = {{.state = FIGURE_TOLD, .value = 66.66, .num = 2, .den = 3, .n = 1234, .few = true},
                                          {.state = FIGURE_TOLD, .value = 50, .num = 1, .den = 2, .n = 7}};
/* A writer that looked at the numbers would tell 88.8 of 3. */
static const struct figure_cell hidden[] = {{.state = FIGURE_TOLD, .value = 12.5, .n = 40},
                                            {.state = FIGURE_HIDDEN, .value = 88.8, .num = 88.8, .den = 88.8, .n = 888}};
static const struct figure_cell groups[] = {{.state = FIGURE_NOTHING, .value = NAN}, {.state = FIGURE_TOLD, .value = 40, .n = 5},
                                            {.state = FIGURE_TOLD, .value = 30, .n = 9}, {.state = FIGURE_HIDDEN, .value = 88.8, .n = 888}};
static const struct figure_base bases[] = {
        {.value = 46, .gap = 4, .sign = "%", .year = 2022, .source = "S2:15", .part = "", .note = HOSTILE},
        {.value = 11000, .gap = NAN, .sign = "", .source = "S2:45 <b>", .part = "Parte", .note = ""}};
static const struct figure_complement complements[] = {{54, HOSTILE, "S2:16"}};
static const struct figure_part parts[] = {{HOSTILE, {.state = FIGURE_TOLD, .value = 33.3, .n = 6}},
                                           {"Otra", {.state = FIGURE_HIDDEN, .value = 88.8, .n = 888}}};
static const char *const warnings[] = {HOSTILE};

static struct figure a_figure(const char *key, const struct figure_cell *periods)
{
        return (struct figure){.key = key, .label = HOSTILE, .unit = "porcentaje", .sign = "%", .ratio = true, .percent = true,
                               .counted = "personas", .direction = "sube", .numerator = "unos", .denominator = "todos",
                               .source = "S2:1", .special = "", .whole = "", .breakdown = "Partes", .minimum = 5, .mark = 'N',
                               .periods = periods, .groups = groups, .parts = parts, .parts_n = 2, .bases = bases, .bases_n = 2,
                               .complements = complements, .complements_n = 1, .warnings = warnings, .warnings_n = 1,
                               .before = 66.7, .year_before = NAN, .target = 60, .gap = -10, .coverage = 12.3,
                               .target_note = " (del año)", .goal = FIGURE_MISSED, .better = -1};
}

static struct figures make(struct figure *items)
{
        static const char *periods[] = {"T3 2026", "T4 2026"}, *codes[] = {"2026-T3", "2026-T4"};
        static const char *names[] = {HOSTILE, "Cajabamba"}, *group_codes[] = {"060001", "060002"}, *sections[] = {HOSTILE};
        static struct figure_remark remarks[] = {{0, HOSTILE}};
        items[0] = a_figure("uno", told);
        items[1] = a_figure("dos", hidden);
        return (struct figures){.title = HOSTILE, .place = HOSTILE, .note = HOSTILE, .made = "26/11/2026", .remarks_rule = "Regla",
                                .periods = periods, .period_marks = periods, .period_codes = codes, .period_words = "octubre", .groups_title = "UGEL",
                                .groups = names, .group_codes = group_codes, .sections = sections, .items = items,
                                .achievements = remarks, .alerts = remarks, .periods_n = 2, .groups_n = 2, .sections_n = 1, .n = 2,
                                .achievements_n = 1, .alerts_n = 1, .left_out = 2};
}

static void write_as(const char *format, const char *name)
{
        struct figure items[2];
        struct figures figures = make(items);
        assert_int_equal(figures_to_file(&figures, figures_format_find(format), in_scratch(name), &err), ERR_OK);
}

static void test_numbers(void **state)
{
        struct figure percent = a_figure("x", told), count = {.sign = ""}, soles = {.sign = "S/"};
        struct figure_base base = {.value = 47.3, .sign = "%"};
        char out[FIGURE_TEXT];
        (void)state;
        assert_string_equal(figure_value(&percent, 66.66, out), "66.7\u00A0%");
        assert_string_equal(figure_value(&percent, 0, out), "0.0\u00A0%");
        assert_string_equal(figure_value(&count, 1422, out), "1,422");
        assert_string_equal(figure_value(&count, 999, out), "999");
        assert_string_equal(figure_value(&count, 1234567.5, out), "1,234,567.5");
        assert_string_equal(figure_value(&soles, 7000, out), "S/\u00A07,000");
        assert_string_equal(figure_difference(&percent, 9.94, out), "+9.9 puntos");
        assert_string_equal(figure_difference(&percent, -0.04, out), "0.0 puntos");
        assert_string_equal(figure_difference(&count, -12, out), "-12");
        assert_string_equal(figure_base_value(&base, out), "47.3\u00A0%");
        assert_non_null(figure_value(&count, 1e300, out));
}

/* Well formed, with the words as words, and no number that is hidden. */
static void test_pages(void **state)
{
        static const char script[] =
                "import sys, xml.dom.minidom\n"
                "text = open(sys.argv[1], encoding='utf-8').read()\n"
                "page = xml.dom.minidom.parseString(text.split('\\n', 1)[1])\n"
                "assert not page.getElementsByTagName('script') and text.count('</style>') == 1\n"
                "assert '88.8' not in text and '888' not in text, 'hidden'\n"
                "assert '&lt;script&gt;' in text and '60.0' in text and 'S2:15' in text\n"
                "for svg in page.getElementsByTagName('svg'):\n"
                "    assert [c.tagName for c in svg.childNodes[:2]] == ['title', 'desc'], svg.toxml()\n"
                "    assert svg.childNodes[1].firstChild.data.strip()\n";
        (void)state;
        write_as("html", "f.html");
        write_as("poster", "p.html");
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py f.html && python3 judge.py p.html"), 0);
        assert_int_equal(run("grep -q 'muy pocos' f.html && grep -q '<small>1,234</small>' f.html && grep -q 'Hay 2 indicadores reservados' f.html"), 0);
}

static void test_book(void **state)
{
        static const char script[] =
                "import re, zipfile\n"
                "book = zipfile.ZipFile('f.xlsx')\n"
                "texts = {n: book.read(n).decode() for n in book.namelist() if n.endswith('.xml')}\n"
                "sheets = ''.join(t for n, t in texts.items() if 'worksheets' in n)\n"
                "assert not re.search('<f>|88\\\\.8|0\\\\.888|>888<', ''.join(texts.values())), 'hidden, or a formula'\n"
                "assert 'muy pocos' in sheets and '&lt;script&gt;' in sheets and '0.66659' in sheets or '0.6666' in sheets\n"
                "assert len([n for n in texts if 'charts/chart' in n]) >= 3, texts.keys()\n"
                "assert sheets.count('<pane ') >= 4 and sheets.count('<autoFilter ') >= 5\n"
                "assert '0.0%' in texts['xl/styles.xml'] and '>060001<' in sheets\n";
        struct datetime now;
        (void)state;
        assert_true(datetime_parse("2026-11-26T10:15:00.000-05:00", -300, &now));
        clock_test_set(&now); /* a workbook says when it was made */
        write_as("xlsx", "f.xlsx");
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py"), 0);
        write_as("xlsx", "g.xlsx");
        assert_int_equal(run("cmp f.xlsx g.xlsx"), 0);
}

static void test_documents_whole_or_not_at_all(void **state)
{
        struct figure items[2];
        struct figures figures = make(items);
        (void)state;
        for (const char *const *f = (const char *const[]){"html", "poster", "xlsx", NULL}; *f; f++) {
                FILE *full = fopen("/dev/full", "w");
                assert_int_equal(full ? figures_write(&figures, figures_format_find(*f), full, &err) : ERR_NO_SPACE, ERR_NO_SPACE);
                if (full)
                        fclose(full);
                assert_int_equal(figures_to_file(&figures, figures_format_find(*f), in_scratch("no/x"), &err), ERR_IO);
        }
        setenv("TMPDIR", "/no/hay", 1);
        assert_int_equal(figures_to_file(&figures, figures_format_find("xlsx"), in_scratch("x.xlsx"), &err), ERR_IO);
        unsetenv("TMPDIR");
        assert_non_null(strstr(err.text, "/no/hay"));
        assert_int_equal(run("! ls | grep -qE 'part|x.xlsx'"), 0);
        assert_null(figures_format_find("csv"));
}

int main(void)
{
        setenv("SIMAE_TEST_NOW", "2026-10-14T09:30:00.000-05:00", 1); /* a workbook tells when it was made */
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(test_numbers),
                cmocka_unit_test(test_pages),
                cmocka_unit_test(test_book),
                cmocka_unit_test(test_documents_whole_or_not_at_all),
        };
        return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
