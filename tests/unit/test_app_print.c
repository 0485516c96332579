/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Actas of records and drafts: what is in them, what is reserved and never is,
 * files, and a printer that the test plays.  The form is written here: it has
 * children of two kinds, one of them reserved by its branch.
 */
#include "test_app.h"

#include <sys/stat.h>

#include "app/print.h"
#include "page.h"

static const char form_text[] =
        "form: acta_prueba\n"
        "version: \"7\"\n"
        "title: Acta de prueba\n"
        "kind: record\n"
        "note: \"Primera frase. Esta ficha es una reconstrucción de otra. Última frase.\"\n"
        "instance_name: concat('Acta del ', ${fecha})\n"
        "school: ie\n"
        "date: fecha\n"
        "choices:\n"
        "  nivel:\n"
        "    - {name: \"1\", label: Nivel I, hint: Casi nada.}\n"
        "    - {name: \"4\", label: Nivel IV, hint: Todo.}\n"
        "    - {name: no_obs, label: No observado}\n"
        "survey:\n"
        "  - group: datos\n"
        "    label: Datos\n"
        "    survey:\n"
        "      - {type: reference, name: ie, to: institucion, label: Institución}\n"
        "      - {type: date, name: fecha, label: Fecha, default: today()}\n"
        "      - {type: children, name: de_antes, to: compromiso, label: De antes, appearance: pending}\n"
        "      - {type: reference, name: docente, to: persona, label: Docente visitada, appearance: signature}\n"
        "      - {type: rating nivel, name: pregunta, label: Pregunta bien, evidence: true}\n"
        "      - {type: text, name: notas, label: Notas, appearance: multiline}\n"
        "      - {type: text, name: telefono, label: Teléfono, sensitive: true}\n"
        "      - {type: text, name: oculta, label: Oculta, relevant: \"${notas} = 'nunca'\"}\n"
        "  - group: cierre\n"
        "    label: Cierre\n"
        "    survey:\n"
        "      - repeat: presentes\n"
        "        label: Presentes\n"
        "        survey:\n"
        "          - {type: text, name: presente, label: Quién}\n"
        "          - {type: text, name: clave, label: Clave, sensitive: true}\n"
        "      - {type: children, name: compromisos, to: compromiso, label: Compromisos, parameters: {ie: \"${ie}\"}}\n"
        "      - {type: children, name: alertas, to: alerta, label: Alertas, parameters: {ie: \"${ie}\"}}\n";

/* ---- Helpers ---- */

static int world_with_form(void **state)
{
        if (world_new(state) != 0)
                return -1;
        struct world *w = *state;
        char *path = xasprintf("%s/acta_prueba.yaml", w->forms);
        FILE *out = fopen(path, "w");
        free(path);
        assert_non_null(out);
        fputs(form_text, out);
        fclose(out);
        OK(open_app(w));
        make_directory(w);
        return 0;
}

/* Answers of which the first words must not come out unless asked for. */
static json_t *full_answers(struct world *w)
{
        return answers_of(w,
                          "{'ie':'%s','docente':'%s','pregunta':'4','pregunta_evidencia':'Repreguntó tres veces',"
                          "'notas':'Línea uno\\nLínea <dos> & más','telefono':'987SECRETO',"
                          "'presentes':[{'presente':'Rosa','clave':'OTROSECRETO'},{'presente':'Luis'}],"
                          "'compromisos':[{'texto':'Escuchar más','plazo':'2026-05-30','responsable':'%s'}],"
                          "'alertas':[{'rama':'violencia','hechos':'TERCERSECRETO','fecha':'2026-04-14'},"
                          "{'rama':'soporte','hechos':'Sin corriente','fecha':'2026-04-13'}]}",
                          w->school, w->teacher, w->teacher);
}

static char *printed(struct world *w, const struct id *record, bool sensitive, const char *format)
{
        struct doc doc;
        OK(print_record(w->app, record, sensitive, &doc, &w->err));
        char *text = page_text(&doc, format);
        doc_release(&doc);
        return text;
}

static void has_none(const char *text, const char *words)
{
        if (strstr(text, words))
                fail_msg("«%s» is in the document", words);
}

/* ---- Actas ---- */

static void an_acta_has_what_was_answered(void **state)
{
        struct world *w = *state;
        char code[CODE_TEXT];
        struct id record = make(w, "acta_prueba", full_answers(w));
        char *text = printed(w, &record, false, "texto"), *html = printed(w, &record, false, "html");
        page_is_clean(text, DOC_COLUMNS);
        page_is_well_formed(html);
        assert_has(text, id_code(&record, code));
        assert_has(text, "versión 7");
        assert_has(text, "4 · Nivel IV");
        assert_has(text, "Repreguntó tres veces");
        assert_has(text, "Línea <dos> & más");
        assert_has(html, "Línea uno\nLínea &lt;dos&gt; &amp; más");
        assert_has(text, "Escuchar más");
        assert_has(text, "Rosa");
        assert_has(text, "Alerta Sin corriente");
        assert_has(text, "Esta ficha es una reconstrucción de otra.");
        has_none(text, "Primera frase");
        has_none(text, "De antes");
        has_none(text, "Oculta");
        /* Whoever signs: the name, under a line. */
        const char *line = strstr(text, "______");
        assert_non_null(line);
        assert_has(line, "Docente visitada");
        free(html);
        free(text);
}

static void what_is_reserved_is_in_no_acta(void **state)
{
        static const char *const formats[] = {"texto", "html"};
        struct world *w = *state;
        struct id record = make(w, "acta_prueba", full_answers(w));
        for (size_t i = 0; i < ARRAY_LEN(formats); i++) {
                char *text = printed(w, &record, false, formats[i]);
                has_none(text, "SECRETO");
                has_none(text, "Teléfono");
                has_none(text, "Reservado");
                has_none(text, "violencia");
                assert_has(text, "Alerta reservada");
                free(text);
                text = printed(w, &record, true, formats[i]);
                assert_has(text, "987SECRETO");
                assert_has(text, "OTROSECRETO");
                assert_has(text, "Reservado");
                free(text);
        }
}

static void a_reserved_record_is_refused_unless_asked_for(void **state)
{
        struct world *w = *state;
        struct doc doc;
        struct id record = make(w, "alerta", answers_of(w, "{'ie':'%s','rama':'violencia','hechos':'TERCERSECRETO'}", w->school));
        REFUSES(ERR_REFUSED, "--sensibles", print_record(w->app, &record, false, &doc, &w->err));
        char *text = printed(w, &record, true, "texto");
        assert_has(text, "TERCERSECRETO");
        assert_has(text, "Reservado");
        free(text);
}

static void an_annulled_one_says_so_and_its_children_go(void **state)
{
        struct world *w = *state;
        struct id commitment, record = make_visit(w, &commitment);
        OK(record_annul(w->app, &commitment, "Por error", &w->err));
        char *text = printed(w, &record, false, "texto");
        has_none(text, "Revisar las unidades");
        free(text);
        OK(record_annul(w->app, &record, "Por error", &w->err));
        text = printed(w, &record, false, "texto");
        assert_has(text, "Anulado");
        free(text);
}

static void a_draft_is_printed_as_a_draft_with_its_children(void **state)
{
        struct world *w = *state;
        struct store_counts before, after;
        struct doc doc;
        struct draft *draft = begin_visit(w);
        add_commitment(w, draft, "Revisar las unidades", "");
        answer(w, draft, "dni", "12345678");
        before = counts(w);
        OK(print_draft(draft, false, &doc, &w->err));
        char *text = page_text(&doc, "texto");
        assert_has(text, "Borrador");
        assert_has(text, "Revisar las unidades");
        has_none(text, "12345678");
        free(text);
        doc_release(&doc);
        after = counts(w);
        check_counts_equal(&before, &after);
        OK(draft_discard(draft, &w->err));
}

static void a_reserved_draft_is_refused(void **state)
{
        struct world *w = *state;
        struct draft *draft;
        struct doc doc;
        OK(draft_begin(w->app, "alerta", NULL, &draft, &w->err));
        REFUSES(ERR_REFUSED, "reservada", print_draft(draft, false, &doc, &w->err));
        OK(draft_discard(draft, &w->err));
}

static void a_blank_names_the_nearest_form(void **state)
{
        struct world *w = *state;
        struct doc doc;
        REFUSES(ERR_NOT_FOUND, "acta_prueba", print_blank(w->app, "acta_pruba", &doc, &w->err));
        OK(print_blank(w->app, "acta_prueba", &doc, &w->err));
        char *text = page_text(&doc, "texto");
        assert_has(text, "[ ] 1 Nivel I: Casi nada.");
        assert_has(text, "[ ] N No observado");
        assert_has(text, "Teléfono (dato reservado)");
        assert_has(text, "[Solo si “Notas” es nunca]");
        free(text);
        doc_release(&doc);
}

/* ---- Files ---- */

static void a_document_is_saved_where_it_is_told(void **state)
{
        struct world *w = *state;
        char path[PRINT_PATH];
        struct stat st;
        struct doc doc;
        OK(print_blank(w->app, "visita", &doc, &w->err));
        OK(print_save(w->app, &doc, "html", NULL, path, &w->err));
        assert_has(path, "/salida/visita-en-blanco.html");
        assert_int_equal(stat(path, &st), 0);
        OK(print_save(w->app, &doc, "texto", w->out, path, &w->err));
        assert_true(str_starts(path, w->out));
        assert_true(str_ends(path, "visita-en-blanco.txt"));
        REFUSES(ERR_NOT_FOUND, "No existe la carpeta", print_save(w->app, &doc, "html", "/no/hay", path, &w->err));
        REFUSES(ERR_NOT_FOUND, "html o texto", print_save(w->app, &doc, "pdf", w->out, path, &w->err));
        doc_release(&doc);
}

/* ---- The printer ---- */

/* A program of that name, first in PATH and alone there but for the system's own. */
static void play(struct world *w, const char *name, const char *script)
{
        shell("mkdir -p '%s/bin' && printf '#!/bin/sh\\n%%s\\n' '%s' > '%s/bin/%s' && chmod +x '%s/bin/%s'", w->dir, script,
              w->dir, name, w->dir, name);
        char *path = xasprintf("%s/bin", w->dir);
        setenv("PATH", path, 1);
        free(path);
}

static void the_printer_gets_a_pdf_or_the_text(void **state)
{
        struct world *w = *state;
        char *path = xstrdup(getenv("PATH"));
        struct doc doc;
        bool pdf = true;
        play(w, "rm", "exec /bin/rm \"$@\"");
        assert_false(print_has_printer());
        setenv("PATH", path, 1);
        play(w, "lpstat", "echo no system default destination");
        setenv("PATH", path, 1);
        play(w, "lp", "/bin/cp \"$4\" \"${0%/*}/../paper\"");
        assert_false(print_has_printer());
        setenv("PATH", path, 1);
        play(w, "lpstat", "echo system default destination: PDF");
        assert_true(print_has_printer());
        OK(print_blank(w->app, "visita", &doc, &w->err));
        OK(print_now(w->app, &doc, &pdf, &w->err));
        assert_false(pdf);
        setenv("PATH", path, 1);
        assert_int_equal(shell("grep -q 'Visita de prueba' '%s/paper'", w->dir), 0);
        play(w, "chromium", "for word; do case $word in --print-to-pdf=*) echo PDF >\"${word#*=}\";; esac; done");
        OK(print_now(w->app, &doc, &pdf, &w->err));
        assert_true(pdf);
        setenv("PATH", path, 1);
        assert_int_equal(shell("grep -qx PDF '%s/paper'", w->dir), 0);
        play(w, "lp", "echo lp: no hay papel >&2; exit 1");
        REFUSES(ERR_REFUSED, "no hay papel", print_now(w->app, &doc, &pdf, &w->err));
        setenv("PATH", path, 1);
        /* Nothing stays behind in the data folder. */
        assert_int_not_equal(shell("ls -d '%s'/imprimir-* >/dev/null 2>&1", w->data), 0);
        doc_release(&doc);
        free(path);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, world_with_form, world_free)

int main(void)
{
        const struct CMUnitTest tests[] = {
                CASE(an_acta_has_what_was_answered),
                CASE(what_is_reserved_is_in_no_acta),
                CASE(a_reserved_record_is_refused_unless_asked_for),
                CASE(an_annulled_one_says_so_and_its_children_go),
                CASE(a_draft_is_printed_as_a_draft_with_its_children),
                CASE(a_reserved_draft_is_refused),
                CASE(a_blank_names_the_nearest_form),
                CASE(a_document_is_saved_where_it_is_told),
                CASE(the_printer_gets_a_pdf_or_the_text),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
