/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Tables of questions, run through the terminal (contract in flow.h). */
#include "flow.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/keys.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/mem.h"
#include "base/str.h"
#include "base/utf8.h"
#include "form/catalog.h"

struct line { char *question, *keys; json_t *answer; int number; };

struct section {
        char *name, *form;
        struct line *lines;
        int n;
};

struct flow {
        char *name;
        struct section *sections;
        int sections_n, answers;
        json_t *records; /* by name: answers expected */
        struct form_catalog catalog;
        void (*watch)(void *ctx, const char *question);
        void *watch_ctx;
};

/* ---- Reading the table ---- */

static char *trimmed(const char *from, const char *to)
{
        while (from < to && isspace((unsigned char)*from))
                from++;
        while (to > from && isspace((unsigned char)to[-1]))
                to--;
        return xstrndup(from, (size_t)(to - from));
}

static void add_section(struct flow *flow, const char *words)
{
        char name[64], form[64];
        if (sscanf(words, "%63s %63s", name, form) != 2)
                fail_msg("%s: a section needs a name and a form: %s", flow->name, words);
        flow->sections = xrealloc(flow->sections, (size_t)(flow->sections_n + 1) * sizeof *flow->sections);
        flow->sections[flow->sections_n++] = (struct section){.name = xstrdup(name), .form = xstrdup(form)};
}

static json_t *parse_answer(const struct flow *flow, const char *text, int number)
{
        json_error_t error;
        if (!*text)
                return NULL;
        json_t *answer = json_loads(text, JSON_DECODE_ANY, &error);
        if (!answer)
                fail_msg("%s:%d: %s", flow->name, number, error.text);
        return answer;
}

static void add_line(struct flow *flow, const char *text, int number)
{
        const char *first = strchr(text, '|'), *second = first ? strstr(first + 1, " |") : NULL;
        if (!second || !flow->sections_n)
                fail_msg("%s:%d: a line is «question | keys | answer»: %s", flow->name, number, text);
        struct section *section = &flow->sections[flow->sections_n - 1];
        char *answer = trimmed(second + 2, text + strlen(text));
        section->lines = xrealloc(section->lines, (size_t)(section->n + 1) * sizeof *section->lines);
        section->lines[section->n++] = (struct line){
                .question = trimmed(text, first), .keys = trimmed(first + 1, second + 1),
                .answer = parse_answer(flow, answer, number), .number = number};
        free(answer);
}

static const char *tree(void)
{
        const char *named = getenv("SIMAE_TREE");
        return named ? named : ".";
}

static void read_table(struct flow *flow)
{
        char *path = xasprintf("%s/tests/vectors/flows/%s.txt", tree(), flow->name), *text = NULL;
        size_t room = 0;
        FILE *file = fopen(path, "r");
        if (!file)
                fail_msg("%s", path);
        for (int number = 1; getline(&text, &room, file) >= 0; number++) {
                text[strcspn(text, "\n")] = '\0';
                if (strncmp(text, "== ", 3) == 0)
                        add_section(flow, text + 3);
                else if (*text && *text != '#')
                        add_line(flow, text, number);
        }
        free(text);
        free(path);
        fclose(file);
}

struct flow *flow_open(const char *name)
{
        struct flow *flow = xcalloc(1, sizeof *flow);
        struct err_list mistakes = {0};
        struct err err;
        char *forms = xasprintf("%s/forms", tree());
        flow->name = xstrdup(name);
        flow->records = json_object();
        if (form_catalog_load(forms, &flow->catalog, &mistakes, &err) != ERR_OK)
                fail_msg("%s", err.text);
        err_list_release(&mistakes);
        free(forms);
        read_table(flow);
        return flow;
}

void flow_free(struct flow *flow)
{
        for (int i = 0; i < flow->sections_n; i++) {
                struct section *section = &flow->sections[i];
                for (int k = 0; k < section->n; k++) {
                        free(section->lines[k].question);
                        free(section->lines[k].keys);
                        json_decref(section->lines[k].answer);
                }
                free(section->lines);
                free(section->name);
                free(section->form);
        }
        free(flow->sections);
        free(flow->name);
        json_decref(flow->records);
        form_catalog_release(&flow->catalog);
        free(flow);
}

/* ---- The question with the focus ---- */

static void add_without_blanks(struct str *out, const char *text)
{
        for (; *text; text++)
                if (!isspace((unsigned char)*text))
                        str_addc(out, *text);
}

static char *without_blanks(const char *text)
{
        struct str out = STR_INIT;
        add_without_blanks(&out, text);
        return str_detach(&out);
}

/* After the bar and the glyph, on a row of the open question; NULL on any other row. */
static const char *open_text(int row)
{
        uint32_t glyph;
        const char *bar = strstr(vt_row(row), "▌");
        if (!bar)
                return NULL;
        bar += strlen("▌");
        return bar + utf8_decode(bar, &glyph);
}

static int screen_rows(void)
{
        int rows = 0;
        for (const char *text = vt_screen_text(); *text; text++)
                rows += *text == '\n';
        return rows;
}

bool flow_on(const char *label)
{
        char *wanted = without_blanks(label);
        struct str seen = STR_INIT;
        bool on = false;
        for (int row = 1, rows = screen_rows(), begun = 0; row < rows && !on; row++) {
                const char *text = open_text(row);
                if (!text && begun)
                        break;
                if (!text)
                        continue;
                begun = 1;
                add_without_blanks(&seen, text);
                size_t len = strlen(wanted);
                on = str_starts(seen.text, wanted) && (!seen.text[len] || str_equal(seen.text + len, "*"));
        }
        str_release(&seen);
        free(wanted);
        return on;
}

static const struct node *node_of(struct flow *flow, const char *form, const char *question)
{
        const struct form *found = form_catalog_find(&flow->catalog, form);
        const char *slash = strrchr(question, '/'), *name = slash ? slash + 1 : question;
        if (!found)
                fail_msg("%s: no form %s", flow->name, form);
        int node = form_find(found, name);
        if (node < 0)
                fail_msg("%s: %s has no question %s", flow->name, form, name);
        return &found->nodes[node];
}

const char *flow_label(struct flow *flow, const char *form, const char *question)
{
        return node_of(flow, form, question)->label.plain;
}

void flow_expect_on(struct flow *flow, const char *form, const char *question)
{
        const char *label = flow_label(flow, form, question);
        if (flow_on(label))
                return;
        print_error("%s: the focus should be on %s: «%s»\n", flow->name, question, label);
        for (int row = 0, rows = screen_rows(); row < rows; row++)
                print_error("%s\n", vt_row(row));
        fail();
}

bool flow_cursor_shown(void)
{
        struct vt_pos cursor = vt_cursor();
        return cursor.visible && cursor.row >= 0 && cursor.row < screen_rows();
}

/* ---- Running ---- */

void flow_keys(const char *keys)
{
        while (*keys) {
                bool typed = *keys == '"';
                const char *end = typed ? strchr(keys + 1, '"') : keys + strcspn(keys, " ");
                char *word = xstrndup(keys + typed, (size_t)(end - keys) - typed);
                if (typed)
                        vt_type(word);
                else
                        vt_keys(word);
                free(word);
                keys = end + typed;
                keys += strspn(keys, " ");
        }
}

static void put_answer(json_t *record, const char *question, json_t *answer)
{
        const char *slash = strchr(question, '/');
        if (!slash) {
                json_object_set(record, question, answer);
                return;
        }
        char *repeat = xstrndup(question, (size_t)(slash - question));
        json_t *rows = json_object_get(record, repeat);
        if (!rows)
                json_object_set_new(record, repeat, rows = json_array());
        free(repeat);
        json_t *last = json_array_get(rows, json_array_size(rows) - 1);
        if (!last || json_object_get(last, slash + 1))
                json_array_append_new(rows, last = json_object());
        json_object_set(last, slash + 1, answer);
}

json_t *flow_record(struct flow *flow, const char *record)
{
        char *name = xstrndup(record, strcspn(record, "."));
        json_t *found = json_object_get(flow->records, name);
        if (!found)
                json_object_set_new(flow->records, name, found = json_object());
        free(name);
        return found;
}

static void run_line(struct flow *flow, const struct section *section, const struct line *line)
{
        if (strcmp(line->keys, "-") != 0) {
                if (flow->watch)
                        flow->watch(flow->watch_ctx, line->question);
                if (!flow_on(flow_label(flow, section->form, line->question)))
                        print_error("%s.txt:%d\n", flow->name, line->number);
                flow_expect_on(flow, section->form, line->question);
                flow_keys(line->keys);
                flow->answers += line->answer != NULL;
        }
        if (line->answer)
                put_answer(flow_record(flow, section->name), line->question, line->answer);
}

void flow_run_part(struct flow *flow, const char *name, const char *from, const char *to)
{
        bool found = false, begun = !from;
        for (int i = 0; i < flow->sections_n; i++) {
                const struct section *section = &flow->sections[i];
                if (strcmp(section->name, name) != 0)
                        continue;
                found = true;
                for (int k = 0; k < section->n; k++) {
                        begun |= from && strcmp(section->lines[k].question, from) == 0;
                        if (begun)
                                run_line(flow, section, &section->lines[k]);
                        if (begun && to && strcmp(section->lines[k].question, to) == 0)
                                return;
                }
        }
        if (!found || !begun || to)
                fail_msg("%s: no section %s from %s to %s", flow->name, name, from ? from : "", to ? to : "");
}

void flow_run(struct flow *flow, const char *section)
{
        flow_run_part(flow, section, NULL, NULL);
}

int flow_answers(const struct flow *flow)
{
        return flow->answers;
}

void flow_watch(struct flow *flow, void (*each)(void *ctx, const char *question), void *ctx)
{
        flow->watch = each;
        flow->watch_ctx = ctx;
}

/* ---- Checking what came out ---- */

static const char *text_in(const json_t *answers, const char *name)
{
        const char *text = json_string_value(json_object_get(answers, name));
        return text ? text : "";
}

/* What tests call a record by. */
static const char *title_of(const json_t *revision)
{
        static char title[512];
        const json_t *answers = json_object_get(revision, "f");
        const char *form = text_in(revision, "form");
        const char *name = strcmp(form, "compromiso") == 0 ? "texto" : "nombre";
        if (strcmp(form, "persona") == 0)
                snprintf(title, sizeof title, "%s, %s", text_in(answers, "apellidos"), text_in(answers, "nombres"));
        else
                snprintf(title, sizeof title, "%s", *text_in(answers, name) ? text_in(answers, name) : form);
        return title;
}

static const json_t *revision_titled(json_t *revisions, const char *words)
{
        size_t i;
        json_t *revision;
        json_array_foreach(revisions, i, revision)
                if (*words && str_starts(title_of(revision), words))
                        return revision;
        fail_msg("no record begins with «%s»", words);
        return NULL;
}

static json_t *with_ids(json_t *revisions, json_t *value)
{
        const char *text = json_string_value(value), *name;
        size_t i;
        json_t *item, *copy;
        if (text && *text == '@')
                return json_string(text_in(revision_titled(revisions, text + 1), "rec"));
        if (json_is_array(value)) {
                copy = json_array();
                json_array_foreach(value, i, item)
                        json_array_append_new(copy, with_ids(revisions, item));
                return copy;
        }
        if (json_is_object(value)) {
                copy = json_object();
                json_object_foreach(value, name, item)
                        json_object_set_new(copy, name, with_ids(revisions, item));
                return copy;
        }
        return json_incref(value);
}

static void print_difference(const char *name, const json_t *expected, const json_t *found)
{
        char *a = expected ? json_dumps(expected, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        char *b = found ? json_dumps(found, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
        print_error("  %s: expected %s, found %s\n", name, a ? a : "nothing", b ? b : "nothing");
        free(a);
        free(b);
}

static int compare_answers(json_t *expected, json_t *found)
{
        const char *name;
        json_t *value;
        int differences = 0;
        json_object_foreach(expected, name, value)
                if (!json_equal(value, json_object_get(found, name))) {
                        print_difference(name, value, json_object_get(found, name));
                        differences++;
                }
        json_object_foreach(found, name, value)
                if (!json_object_get(expected, name)) {
                        print_difference(name, NULL, value);
                        differences++;
                }
        return differences;
}

void flow_check_record(json_t *revisions, const char *form, json_t *expected)
{
        size_t i;
        json_t *revision, *wanted = with_ids(revisions, expected), *found = NULL;
        json_array_foreach(revisions, i, revision)
                if (strcmp(text_in(revision, "form"), form) == 0) {
                        assert_null(found); /* only one is expected */
                        found = json_object_get(revision, "f");
                }
        assert_non_null(found);
        int differences = compare_answers(wanted, found);
        json_decref(wanted);
        if (differences)
                fail_msg("%s: %d answers are not those typed", form, differences);
}

void flow_accept_office(const struct place_of_test *at)
{
        char *path = xasprintf("%s/oficina.txt", at->dir), public[AGE_RECIPIENT_TEXT];
        struct datetime now = clock_now();
        struct age_identity identity;
        struct err err;
        age_identity_make(&identity);
        age_recipient_text(&identity.recipient, public);
        assert_int_equal(age_identity_save(path, &identity, &now, &err), ERR_OK);
        assert_int_equal(keyring_accept(at->data, public, "UGEL de prueba", &err), ERR_OK);
        free(path);
}

json_t *flow_unpack(const struct place_of_test *at)
{
        char *bundles = NULL, *lines = NULL;
        assert_int_equal(flow_shell(&bundles, "ls '%s'", at->out), 0);
        assert_int_equal(strcspn(bundles, "\n"), strlen(bundles) - 1); /* one file, nothing else left behind */
        free(bundles);
        assert_int_equal(flow_shell(NULL, "cd '%s' && rm -rf paquete && mkdir paquete && cd paquete && "
                                          "age -d -i ../oficina.txt '%s'/*.simae | tar x && b2sum -c --quiet B2SUMS", at->dir, at->out), 0);
        assert_int_equal(flow_shell(&lines, "cd '%s/paquete' && zstd -qdc records/*.zst | jq -s -c .", at->dir), 0);
        json_error_t error;
        json_t *revisions = json_loads(lines, 0, &error);
        if (!json_is_array(revisions))
                fail_msg("%s: %.200s", error.text, lines);
        free(lines);
        return revisions;
}

/* ---- Reading a record on the screen ---- */

char *flow_read_record(void)
{
        struct str all = STR_INIT;
        char *before = NULL;
        vt_keys("Home");
        for (int page = 0; page < 100; page++) {
                for (int row = 1, rows = screen_rows() - 2; row < rows; row++)
                        add_without_blanks(&all, vt_row(row));
                free(before);
                before = xstrdup(vt_screen_text());
                vt_keys("PgDn");
                if (strcmp(before, vt_screen_text()) == 0)
                        break;
        }
        free(before);
        return str_detach(&all);
}

static void check_shown(const struct node *node, const char *words, const char *read)
{
        char *wanted = without_blanks(words);
        bool found = strstr(read, wanted) != NULL;
        free(wanted);
        if (!found)
                fail_msg("%s: «%s» is not on the screen of the record: %s", node->name, words, read);
}

static const char *shown_text(json_t *revisions, const struct node *node, const char *text)
{
        static char date[DATE_TEXT];
        int64_t days;
        const struct choice *choice = node->list ? choice_list_find(node->list, text) : NULL;
        if (choice)
                return choice->label;
        if (*text == '@')
                return title_of(revision_titled(revisions, text + 1));
        if (node->type == NODE_DATE && date_parse(text, &days))
                return date_format_person(days, date);
        return text;
}

static void check_value(json_t *revisions, const struct node *node, json_t *value, const char *read)
{
        char number[32];
        size_t i;
        json_t *item;
        if (json_is_string(value)) {
                check_shown(node, shown_text(revisions, node, json_string_value(value)), read);
        } else if (json_is_integer(value)) {
                snprintf(number, sizeof number, "%lld", (long long)json_integer_value(value));
                check_shown(node, number, read);
        } else if (json_is_array(value)) {
                json_array_foreach(value, i, item)
                        check_value(revisions, node, item, read);
        }
}

static void check_answer(struct flow *flow, const char *form, const char *name, json_t *value, json_t *revisions,
                         const char *read)
{
        const struct node *node = node_of(flow, form, name);
        const char *inner;
        size_t i;
        json_t *row, *answer;
        if (node->type == NODE_REPEAT)
                json_array_foreach(value, i, row)
                        json_object_foreach(row, inner, answer)
                                check_answer(flow, form, inner, answer, revisions, read);
        if (!node_is_question(node) && node->type != NODE_CHILDREN)
                return;
        check_shown(node, node->label.plain, read);
        check_value(revisions, node, value, read);
}

void flow_check_read(struct flow *flow, const char *form, json_t *expected, json_t *revisions, const char *read)
{
        const char *name;
        json_t *value;
        json_object_foreach(expected, name, value)
                check_answer(flow, form, name, value, revisions, read);
}
