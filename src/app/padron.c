/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Taking in the padrón, step by step (contract in app/padron.h). */
#include "padron_priv.h"

#include <stdlib.h>
#include <string.h>

enum { KEYS = 100000000, STEP_SCHOOLS = 1000, STEP_ROWS = 20000 };

static void begin_notes(struct table *notes)
{
        table_init(notes, _("Avisos del padrón"));
        table_add_column(notes, "fila", _("Fila"), CELL_NUMBER);
        table_add_column(notes, "tipo", _("Tipo"), CELL_TEXT);
        table_add_column(notes, "cod_mod", _("Código modular"), CELL_TEXT);
        table_add_column(notes, "anexo", _("Anexo"), CELL_TEXT);
        table_add_column(notes, "motivo", _("Motivo"), CELL_TEXT);
}

/* A session that knows nobody: what it gives is the same on every laptop. */
static void begin_session(struct padron *padron)
{
        struct id none = {0};
        struct session_host host = app_session_host(padron->app, &none, &padron->host);
        host.username = NULL;
        host.deviceid = NULL;
        padron->session = session_new(padron->form, &host);
        session_log_off(padron->session);
}

static enum err_code open_all(struct padron *padron, struct err *err)
{
        const struct padron_options *options = &padron->options;
        enum err_code rc = app_form(padron->app, "institucion", &padron->form, err);
        if (rc == ERR_OK)
                rc = app_form_hash(padron->app, "institucion", &padron->form_hash, err);
        if (rc == ERR_OK)
                rc = scope_init(&padron->scope, options, padron->app, padron->form, err);
        if (rc == ERR_OK)
                rc = intake_open(options->path, options->encoding, &padron->intake, err);
        if (rc != ERR_OK)
                return rc;
        rc = padron_map_init(&padron->map, padron->intake, padron->form, options->personal, err);
        if (rc == ERR_OK)
                rc = padron_look(padron, err);
        if (rc != ERR_OK)
                return err_wrap(err, "%s", options->path);
        padron->map.zeros = options->zeros;
        begin_session(padron);
        return ERR_OK;
}

enum err_code padron_open(struct app *app, const struct padron_options *options, struct padron **ret,
                          struct err *err)
{
        struct padron *padron = xcalloc(1, sizeof *padron);
        padron->app = app;
        padron->options = *options;
        begin_notes(&padron->result.notes);
        enum err_code rc = open_all(padron, err);
        if (rc == ERR_OK)
                *ret = padron;
        else
                padron_close(padron);
        return rc;
}

void padron_close(struct padron *padron)
{
        if (!padron)
                return;
        session_free(padron->session);
        intake_close(padron->intake);
        table_release(&padron->result.notes);
        known_release(&padron->known);
        arena_release(&padron->arena);
        arena_release(&padron->row);
        free(padron->ugels);
        free(padron->seen);
        free(padron);
}

const struct padron_scan *padron_scan(const struct padron *padron)
{
        return &padron->scan;
}

const struct padron_result *padron_result(const struct padron *padron)
{
        return &padron->result;
}

/* ---- Rows ---- */

static bool has_seen(const struct padron *padron, uint32_t key)
{
        return padron->seen[key / 8] >> key % 8 & 1;
}

/* Notes that the file has this key. True if it had it before. */
static bool see(struct padron *padron, const struct padron_row *row)
{
        uint32_t key = padron_key(row->cod_mod, row->anexo);
        bool before = has_seen(padron, key);
        padron->seen[key / 8] |= (unsigned char)(1 << key % 8);
        return before;
}

/* True if the present row is to be taken in: of a UGEL asked for, or of one that cannot be told. */
static bool in_scope(struct padron *padron)
{
        const char *code = "";
        const char *cell = padron->map.ugel >= 0 ? intake_cell(padron->intake, padron->map.ugel) : "";
        if (padron->scope.n == 0 || !cell ||
            padron_code(cell, UGEL_DIGITS, padron->map.zeros, &padron->row, &code) != CODE_GOOD)
                return true;
        return scope_holds(&padron->scope, code);
}

/* Of a row with no UGEL that can be read, when only some are wanted. */
static bool scope_is_told(struct padron *padron, char reason[PADRON_REASON])
{
        const char *code;
        const char *cell = padron->map.ugel >= 0 ? intake_cell(padron->intake, padron->map.ugel) : "";
        if (padron->scope.n == 0 ||
            (cell && padron_code(cell, UGEL_DIGITS, padron->map.zeros, &padron->row, &code) == CODE_GOOD))
                return true;
        snprintf(reason, PADRON_REASON, _("no se sabe de qué UGEL es: CODOOII «%.20s»"), cell ? cell : "");
        return false;
}

/* One row that was read. *ret_taken: it was of the UGEL asked for. */
static enum err_code take_row(struct padron *padron, bool *ret_taken, struct err *err)
{
        struct padron_row row;
        char reason[PADRON_REASON];
        bool keyed = padron_read_key(&padron->map, padron->intake, &row, &padron->row, reason);
        bool again = keyed && see(padron, &row);
        *ret_taken = in_scope(padron);
        if (!*ret_taken) {
                padron->result.outside++;
                return ERR_OK;
        }
        if (again)
                snprintf(reason, sizeof reason,
                         _("repite el código modular y el anexo de una fila anterior"));
        if (keyed && !again && scope_is_told(padron, reason) &&
            padron_read_values(&padron->map, padron->intake, &row, &padron->row, reason))
                return padron_put(padron, &row, err);
        padron_note(padron, NOTE_BAD, intake_number(padron->intake), row.cod_mod, row.anexo, reason);
        return ERR_OK;
}

/* Rows until there is enough for one transaction. *ret_end: the file has no more. */
static enum err_code take_rows(struct padron *padron, bool *ret_end, struct err *err)
{
        enum err_code rc = ERR_OK;
        *ret_end = false;
        for (int rows = 0, schools = 0; rc == ERR_OK && rows < STEP_ROWS && schools < STEP_SCHOOLS; rows++) {
                bool taken = false;
                enum intake_step step = intake_next(padron->intake);
                arena_clear(&padron->row);
                if (step == INTAKE_END) {
                        *ret_end = true;
                        return rc;
                }
                if (step == INTAKE_BAD)
                        padron_note(padron, NOTE_BAD, intake_number(padron->intake), "", "",
                                    intake_problem(padron->intake));
                else
                        rc = take_row(padron, &taken, err);
                schools += taken;
        }
        return rc;
}

/* ---- The end: schools that an earlier list had ---- */

static bool known_in_scope(const struct padron *padron, const struct known *known)
{
        char code[UGEL_DIGITS + 1];
        snprintf(code, sizeof code, "%06u", (unsigned)(known->ugel % 1000000));
        return scope_holds(&padron->scope, code);
}

static int by_key(const void *a, const void *b)
{
        const struct known *x = *(const struct known *const *)a, *y = *(const struct known *const *)b;
        return x->key < y->key ? -1 : x->key > y->key;
}

static void tell_gone(struct padron *padron)
{
        const struct known **gone = xcalloc(padron->known.n + 1, sizeof *gone);
        size_t n = 0;
        for (uint32_t i = 0; i < padron->known.room; i++) {
                const struct known *known = &padron->known.items[i];
                if (known->key && known->said && !has_seen(padron, known->key - 1) &&
                    known_in_scope(padron, known))
                        gone[n++] = known;
        }
        qsort(gone, n, sizeof *gone, by_key);
        for (size_t i = 0; i < n; i++) {
                char cod_mod[16], anexo[4];
                snprintf(cod_mod, sizeof cod_mod, "%07u", (unsigned)((gone[i]->key - 1) / 10));
                snprintf(anexo, sizeof anexo, "%u", (unsigned)((gone[i]->key - 1) % 10));
                padron_note(padron, NOTE_GONE, 0, cod_mod, anexo,
                            _("se importó antes y ya no figura en el padrón"));
        }
        free(gone);
}

/* ---- Steps ---- */

static enum err_code get_ready(struct padron *padron, struct err *err)
{
        const struct padron_scan *scan = &padron->scan;
        if (scan->zeros_lost && !padron->options.zeros)
                return err_set(
                        err, ERR_REFUSED,
                        _("%lld %s menos dígitos de los debidos, por ejemplo %s: parece que una hoja de "
                          "cálculo borró los ceros de la izquierda. No se importó nada. Para completarlos "
                          "con ceros, repita con --ceros; o descargue otra vez el DBF"),
                        (long long)scan->short_codes,
                        scan->short_codes == 1 ? _("código tiene") : _("códigos tienen"),
                        scan->short_example);
        padron->seen = xcalloc(KEYS / 8, 1);
        padron->ready = true;
        return known_read(padron->app, &padron->known, err);
}

static enum err_code stored_rows(struct padron *padron, bool *ret_end, struct err *err)
{
        struct store *store = padron->app->store;
        enum err_code rc = store_begin(store, err);
        if (rc != ERR_OK)
                return rc;
        rc = store_bulk(store, err);
        if (rc == ERR_OK)
                rc = take_rows(padron, ret_end, err);
        if (rc == ERR_OK)
                rc = store_commit(store, err);
        if (rc != ERR_OK)
                store_rollback(store);
        return rc;
}

enum err_code padron_step(struct padron *padron, int *ret_percent, struct err *err)
{
        bool end = false;
        enum err_code rc = padron->ready ? ERR_OK : get_ready(padron, err);
        if (rc == ERR_OK)
                rc = padron->options.dry_run ? take_rows(padron, &end, err) : stored_rows(padron, &end, err);
        if (rc != ERR_OK)
                return rc;
        if (end)
                tell_gone(padron);
        int percent = intake_percent(padron->intake);
        *ret_percent = end ? 100 : percent < 99 ? percent : 99;
        return ERR_OK;
}
