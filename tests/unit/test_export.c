/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables in every format, judged by Python and by jq. */
#include "test_bundle.h"

#include <errno.h>
#include <sys/wait.h>

#include "../../src/export/number.h"
#include "base/clock.h"
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

/* What the cells of each sheet are, by a reader that shares nothing with the writer. */
static const char workbook_judge[] =
        "import re, sys, zipfile, xml.etree.ElementTree as et\n"
        "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
        "z = zipfile.ZipFile(sys.argv[1]); assert z.testzip() is None\n"
        "def part(name): return et.fromstring(z.read(name))\n"
        "book = part('xl/workbook.xml'); styles = part('xl/styles.xml')\n"
        "names = [s.get('name') for s in book.iter(n + 'sheet')]\n"
        "custom = {f.get('numFmtId'): f.get('formatCode') for f in styles.iter(n + 'numFmt')}\n"
        "form = [custom.get(x.get('numFmtId'), x.get('numFmtId')) for x in styles.find(n + 'cellXfs')]\n"
        "def text(c): return re.sub('_x([0-9A-F]{4})_', lambda m: chr(int(m[1], 16)), c.find(f'{n}is/{n}t').text)\n"
        "def cell(c):\n"
        "    assert c.find(n + 'f') is None, 'a formula'\n"
        "    if c.get('t') == 'inlineStr': return text(c)\n"
        "    if c.find(n + 'v') is None: return ''\n"
        "    return (float(c.find(n + 'v').text), form[int(c.get('s', 0))])\n"
        "def cells(i):\n"
        "    return {c.get('r'): cell(c) for c in part(f'xl/worksheets/sheet{i}.xml').iter(n + 'c')}\n"
        "core = z.read('docProps/core.xml').decode()\n";

static void judge_workbook(const char *file, const char *claims)
{
        char *script = xasprintf("%s%s", workbook_judge, claims);
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py %s", file), 0);
        free(script);
}

static void test_workbook_cells(void **state)
{
        (void)state;
        export_as("xlsx", "t.xlsx");
        judge_workbook("t.xlsx",
                       "assert names == ['Prueba', 'Campos'], names\n"
                       "got = cells(1)\n"
                       "for at, want in {'A1': 'Código modular', 'D1': 'Fecha', 'A2': '0283718',\n"
                       "  'B2': 'José «Pepe» Ñahui', 'C2': (3.5, '0'), 'D2': (46082, 'dd/mm/yyyy'),\n"
                       "  'B3': 'dice \"sí\"; y\\nse va', 'C3': (-7, '0'), 'D3': None,\n"
                       "  'B4': '=HYPERLINK(\"http://x\";\"y\")', 'C4': '007', 'D4': (46387, 'dd/mm/yyyy'),\n"
                       "  'A5': '+51987654321', 'B5': '@SUM(A1)', 'C6': '=1+1', 'B6': '\\t=1',\n"
                       "  'A7': '漢字', 'B7': 'a\\nb', 'C7': '1e400', 'A8': ' x', 'C8': 'n/a'}.items():\n"
                       "    assert got.get(at) == want, (at, got.get(at))\n"
                       "about = cells(2)\n"
                       "assert [about[c + '2'] for c in 'ABCDE'] == ['Prueba', 'A', 'cod_mod', 'Código modular', 'texto']\n"
                       "assert about['E4'] == 'número' and about['E5'] == 'fecha' and 'F2' not in about\n");
}

static void test_workbook_shape(void **state)
{
        (void)state;
        export_as("xlsx", "a.xlsx");
        judge_workbook("a.xlsx",
                       "sheet = part('xl/worksheets/sheet1.xml')\n"
                       "assert sheet.find(n + 'autoFilter').get('ref') == 'A1:D8'\n"
                       "pane = next(sheet.iter(n + 'pane')); assert (pane.get('state'), pane.get('ySplit')) == ('frozen', '1')\n"
                       "error = next(sheet.iter(n + 'ignoredError'))\n"
                       "assert error.get('sqref') == 'A2:D8' and error.get('numberStoredAsText') == '1'\n"
                       "heights = {r.get('r'): r.get('ht') for r in sheet.iter(n + 'row')}\n"
                       "assert [heights[r] for r in '1237'] == [None, None, '30', '30'], heights\n"
                       "widths = [float(c.get('width')) for c in sheet.iter(n + 'col')]\n"
                       "assert len(widths) == 4 and 24 < widths[1] < 40 and 6 < widths[3] < 20, widths\n"
                       "assert '<dc:title>Prueba</dc:title><dc:creator></dc:creator>' in core, core\n"
                       "assert len({i.date_time for i in z.infolist()}) == 1\n");
}

static void test_workbook_is_the_same_again(void **state)
{
        struct datetime now = {.days = 20000, .ms = 45000000, .offset = -300};
        (void)state;
        clock_test_set(&now);
        export_as("xlsx", "a.xlsx");
        export_as("xlsx", "b.xlsx");
        assert_int_equal(run("cmp a.xlsx b.xlsx"), 0);
        judge_workbook("a.xlsx", "assert core.count('2024-10-04T17:30:00Z') == 2, core\n");
        clock_test_set(NULL);
}

/* Long cells, what XML cannot hold, escapes that Excel would read, malformed bytes, digits that would be lost. */
static void test_workbook_of_hard_cells(void **state)
{
        struct table table;
        struct str longest = STR_INIT;
        (void)state;
        table_init(&table, "Notas: [1]/2 de un título muy largo que no cabe");
        table_add_column(&table, "x", "X & <x>", CELL_TEXT);
        table_add_column(&table, "n", "", CELL_NUMBER);
        table_add_column(&table, "d", "D", CELL_DATE);
        table_explain(&table, 0, "1 = Sí\n2 = No");
        for (int i = 0; i < 3; i++)
                table_add_row(&table);
        while (longest.len < 80000)
                str_add(&longest, "ñ");
        table_set(&table, 0, 0, longest.text);
        table_set(&table, 0, 1, "12345678901234567890");
        table_set(&table, 0, 2, "1899-12-31");
        table_set(&table, 1, 0, "a\x01_x0041_\xff<&>");
        table_set(&table, 1, 1, "0.1");
        table_set(&table, 1, 2, "ayer");
        table_set(&table, 2, 0, "😀\r\n'");
        table_set(&table, 2, 1, "999999999999999");
        assert_int_equal(export_to_file(&table, "xlsx", in_scratch("h.xlsx"), &err), ERR_OK);
        judge_workbook("h.xlsx", "assert names[0] == 'Notas 1 2 de un título', names\n"
                                 "got = cells(1)\n"
                                 "assert got['A2'] == 'ñ' * 32766 + '…', len(got['A2'])\n"
                                 "assert got['B2'] == '12345678901234567890' and got['C2'] == '1899-12-31'\n"
                                 "assert got['A3'] == 'a _x0041_\\ufffd<&>', got['A3']\n"
                                 "assert got['B3'] == (0.1, '0') and got['C3'] == 'ayer'\n"
                                 "assert got['A4'] == '😀\\n\\'' and got['B4'] == (999999999999999, '0')\n"
                                 "assert cells(2)['F2'] == '1 = Sí\\n2 = No'\n");
        table_release(&table);
        str_release(&longest);
}

/* A table and one that goes with it, of the same title. */
static void test_workbook_of_two_tables(void **state)
{
        struct table table;
        (void)state;
        make_table(&table);
        table.more = xcalloc(1, sizeof *table.more);
        make_table(table.more);
        assert_int_equal(export_to_file(&table, "xlsx", in_scratch("two.xlsx"), &err), ERR_OK);
        judge_workbook("two.xlsx", "assert names == ['Prueba', 'Prueba (2)', 'Campos'], names\n"
                                   "assert cells(1) == cells(2) and len(cells(1)) > 20\n"
                                   "about = cells(3); assert about['A5'] == 'Prueba' and about['A6'] == 'Prueba (2)'\n");
        table_release(&table);
}

static void test_workbook_that_cannot_be(void **state)
{
        struct table table;
        (void)state;
        table_init(&table, "Enorme");
        table_add_column(&table, "x", "X", CELL_TEXT);
        while (table.rows_n < 1048576)
                table_add_row(&table);
        spill(in_scratch("e.xlsx"), "viejo", 5);
        assert_int_equal(export_to_file(&table, "xlsx", in_scratch("e.xlsx"), &err), ERR_LIMIT);
        assert_non_null(strstr(err.text, "use el formato csv"));
        assert_int_equal(run("[ $(cat e.xlsx) = viejo ] && ! ls | grep -q part"), 0);
        table_release(&table);
        make_table(&table);
        setenv("TMPDIR", "/no/hay", 1);
        assert_int_equal(export_to_file(&table, "xlsx", in_scratch("e.xlsx"), &err), ERR_IO);
        unsetenv("TMPDIR");
        assert_non_null(strstr(err.text, "/no/hay"));
        FILE *full = fopen("/dev/full", "w");
        assert_int_equal(full ? export_table(&table, "xlsx", full, &err) : ERR_NO_SPACE, ERR_NO_SPACE);
        if (full)
                fclose(full);
        table_release(&table);
}

/* Well formed for HTML and for XML, the same cells, nothing from elsewhere. */
static void test_page_judged_by_python(void **state)
{
        static const char script[] =
                "import html.parser, xml.dom.minidom\n"
                "text = open('t.html', encoding='utf-8').read()\n"
                "xml.dom.minidom.parseString(text.split('\\n', 1)[1])\n"
                "class Page(html.parser.HTMLParser):\n"
                "    rows, open, tags = [], [], set()\n"
                "    def handle_starttag(self, tag, attrs):\n"
                "        self.tags.add(tag)\n"
                "        assert not {'src', 'href', 'onclick', 'style'} & dict(attrs).keys()\n"
                "        if tag == 'tr': self.rows.append([])\n"
                "        if tag in ('td', 'th'): self.rows[-1].append('')\n"
                "        self.open.append(tag)\n"
                "    def handle_startendtag(self, tag, attrs): pass\n"
                "    def handle_endtag(self, tag): assert self.open.pop() == tag\n"
                "    def handle_data(self, data):\n"
                "        if self.open and self.open[-1] in ('td', 'th'): self.rows[-1][-1] += data\n"
                "page = Page(); page.feed(text); page.close(); assert not page.open\n"
                "assert not page.tags & {'script', 'link', 'img', 'iframe', 'a'} and '@import' not in text "
                "and 'url(' not in text\n"
                "assert page.rows[0] == ['Código modular', 'Nota', 'Valor', 'Fecha'], page.rows[0]\n"
                "assert page.rows[1] == ['0283718', 'José «Pepe» Ñahui', '3.5', '01/03/2026'], page.rows[1]\n"
                "assert page.rows[3][1] == '=HYPERLINK(\"http://x\";\"y\")' and len(page.rows) == 8\n"
                "assert '04/10/2024 · 7 filas' in text\n";
        struct datetime now = {.days = 20000, .ms = 45000000, .offset = -300};
        (void)state;
        clock_test_set(&now);
        export_as("html", "t.html");
        clock_test_set(NULL);
        spill(in_scratch("judge.py"), script, strlen(script));
        assert_int_equal(run("python3 judge.py"), 0);
}

static void test_page_holds_no_markup_of_cells(void **state)
{
        struct table table;
        (void)state;
        table_init(&table, "</title><script>alert(1)</script>");
        table_add_column(&table, "x", "\"}</style><script>x</script>", CELL_TEXT);
        table_add_row(&table);
        table_set(&table, 0, 0, "<img src=x onerror='y'>\x1b\xff");
        assert_int_equal(export_to_file(&table, "html", in_scratch("bad.html"), &err), ERR_OK);
        assert_int_equal(run("! grep -qiE '<(script|img)' bad.html && [ $(grep -c '</style>' bad.html) = 1 ] && "
                             "grep -q '&lt;img src=x onerror=&#39;y&#39;&gt; �' bad.html && grep -q '1 fila<' bad.html"),
                         0);
        table_release(&table);
}

/* ---- A table that comes a row at a time ---- */

struct stepping { const struct table *whole; struct table piece; int at, tables; bool fails; };

static enum err_code step_next(void *ctx, const struct table **ret, struct err *problem)
{
        struct stepping *s = ctx;
        (void)problem;
        table_release(&s->piece);
        *ret = NULL;
        if (s->tables-- <= 0)
                return ERR_OK;
        table_init(&s->piece, s->whole->title);
        for (int i = 0; i < s->whole->columns_n; i++)
                table_add_column(&s->piece, s->whole->columns[i].name, s->whole->columns[i].title, s->whole->columns[i].kind);
        s->at = 0;
        *ret = &s->piece;
        return ERR_OK;
}

static enum err_code step_rows(void *ctx, bool *ret_more, struct err *problem)
{
        struct stepping *s = ctx;
        table_clear_rows(&s->piece);
        if (s->fails && s->at > 2)
                return err_set(problem, ERR_IO, "se acabó");
        if (s->at < s->whole->rows_n) {
                table_add_row(&s->piece);
                for (int i = 0; i < s->whole->columns_n; i++)
                        table_set(&s->piece, 0, i, table_cell(s->whole, s->at, i));
        }
        s->at++;
        *ret_more = s->at <= s->whole->rows_n; /* so the last batch is empty */
        return ERR_OK;
}

/* The same bytes, but for what is measured: widths of text and of sheets, and where a page says how many. */
static void test_batches_make_the_same_table(void **state)
{
        struct table table;
        (void)state;
        make_table(&table);
        for (const char *const *f = (const char *const[]){"csv", "json", "ndjson", "html", "texto", "xlsx", NULL}; *f; f++) {
                struct stepping stepping = {.whole = &table, .tables = 2};
                struct export_source source = {&stepping, step_next, step_rows};
                export_as(*f, *f);
                assert_int_equal(export_source_to_file(&source, *f, in_scratch("steps"), &err), ERR_OK);
                table_release(&stepping.piece);
                if (**f == 'c' || **f == 'j' || **f == 'n')
                        assert_int_equal(run(**f == 'c' ? "cmp csv steps" : **f == 'j' ? "cmp json steps" : "cmp ndjson steps"), 0);
        }
        assert_int_equal(run("cp steps two.xlsx"), 0);
        judge_workbook("two.xlsx", "assert names == ['Prueba', 'Prueba (2)', 'Campos'], names\n"
                                   "assert cells(1) == cells(2) and len(cells(1)) > 20, cells(1)\n");
        assert_int_equal(run("python3 -c 'import json; assert len(json.load(open(\"json\"))) == 7'"), 0);
        table_release(&table);
}

static void test_a_source_that_fails(void **state)
{
        struct table table;
        int n;
        const struct export_format *formats = export_formats(&n);
        (void)state;
        make_table(&table);
        for (int i = 0; i < n; i++) {
                struct stepping stepping = {.whole = &table, .tables = 1, .fails = true};
                struct export_source source = {&stepping, step_next, step_rows};
                spill(in_scratch("kept"), "viejo", 5);
                assert_int_equal(export_source_to_file(&source, formats[i].name, in_scratch("kept"), &err), ERR_IO);
                assert_string_equal(err.text, "se acabó");
                assert_int_equal(run("[ $(cat kept) = viejo ] && ! ls | grep -q part"), 0);
                table_release(&stepping.piece);
        }
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
                assert_true(formats[i].class->binary || utf8_valid(text, strlen(text), NULL));
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
        assert_non_null(strstr(err.text, "csv, xlsx, html, csv-sin-marca, json, ndjson, texto"));
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
                cmocka_unit_test(test_workbook_cells),
                cmocka_unit_test(test_workbook_shape),
                cmocka_unit_test(test_workbook_is_the_same_again),
                cmocka_unit_test(test_workbook_of_hard_cells),
                cmocka_unit_test(test_workbook_of_two_tables),
                cmocka_unit_test(test_batches_make_the_same_table),
                cmocka_unit_test(test_a_source_that_fails),
                cmocka_unit_test(test_workbook_that_cannot_be),
                cmocka_unit_test(test_page_judged_by_python),
                cmocka_unit_test(test_page_holds_no_markup_of_cells),
                cmocka_unit_test(test_every_format),
                cmocka_unit_test(test_write_errors_are_told),
                cmocka_unit_test(test_files_whole_or_not_at_all),
                cmocka_unit_test(test_what_is_a_number),
        };
        return cmocka_run_group_tests(tests, make_scratch, remove_scratch);
}
