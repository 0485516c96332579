/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The screens that others open, each with the function that does. All return the screen pushed. */
#ifndef SIMAE_UI_SCREENS_H
#define SIMAE_UI_SCREENS_H

#include "sync/media.h"
#include "ui/ui.h"

extern const struct screen_class screen_home, screen_new_record, screen_drafts, screen_records, screen_record,
        screen_history, screen_directory, screen_export, screen_guide, screen_boards, screen_board, screen_board_of,
        screen_print, screen_padron, screen_duplicates,
        screen_import, screen_waiting, screen_conflict, screen_keys, screen_balance;

/* Where the program begins; asks about the newest unfinished visit, and who uses the laptop the first time. */
struct screen *screen_home_open(struct ui *ui);
/* Choose a form and begin a record; a draft of the same form is offered first. */
struct screen *screen_new_record_open(struct ui *ui);
struct screen *screen_drafts_open(struct ui *ui);
/* Finalised records, filtered as one types; of one school with `school` (a record id), or all with NULL. */
struct screen *screen_records_open(struct ui *ui, const char *school);
/* One finalised record, to read, correct or annul. NULL (and a message) if it cannot be opened. */
struct screen *screen_record_open(struct ui *ui, const struct id *record);
struct screen *screen_history_open(struct ui *ui, const struct id *record);
/* The directory: schools, people and the other entities. */
struct screen *screen_directory_open(struct ui *ui);
struct screen *screen_export_open(struct ui *ui);
/* The same with sticks looked for elsewhere (tests); `roots` is borrowed for as long as the screen. */
struct screen *screen_export_open_at(struct ui *ui, const struct media_roots *roots);
/* Take in bundles of other laptops; and with sticks looked for elsewhere, as above. */
struct screen *screen_import_open(struct ui *ui);
struct screen *screen_import_open_at(struct ui *ui, const struct media_roots *roots);
/* The office's keys, and the laptops that are believed here. */
struct screen *screen_keys_open(struct ui *ui);
/* What came and waits, or was set aside. NULL (and a message) if it cannot be read. */
struct screen *screen_waiting_open(struct ui *ui);
/* Decide what stays of a record that two changed at once. NULL (and a message) if nothing disagrees. */
struct screen *screen_conflict_open(struct ui *ui, const struct id *record);
/* Articles of help and the glossary. */
struct screen *screen_guide_open(struct ui *ui);
/* The boards there are. */
struct screen *screen_boards_open(struct ui *ui);
/* One board (a name of report/boards.def); `argument` as struct board_options says, or NULL. A board that needs a
 * record and has none lets the person choose it first. NULL (and a message) if it cannot be made. */
struct screen *screen_board_open(struct ui *ui, const char *name, const char *argument);
/* A board of the Balance, with what is asked of it as report/balance_view.h writes it (NULL: nothing). Figures that are
 * still to be computed are computed first, a step at a time. */
struct screen *screen_balance_open(struct ui *ui, const char *name, const char *argument);
/* The Ministry's list of schools into the directory. */
struct screen *screen_padron_open(struct ui *ui);
/* People that may have two records. */
struct screen *screen_duplicates_open(struct ui *ui);
/* Choose the record that a board is about. */
struct screen *screen_board_of_open(struct ui *ui, const char *board);
/* Print an acta, what is filled so far, or a blank form; only a message if it may not be printed. */
void screen_print_record(struct ui *ui, const struct id *record);
void screen_print_draft(struct ui *ui, struct draft *draft);
void screen_print_blank(struct ui *ui, const char *form);
/* A document that is already made; it is the screen's from here on. */
struct doc;
void screen_print_doc(struct ui *ui, const struct doc *doc);

/* Begin (`initial` may be NULL: answers to start with) or resume, with the form screen; false, and a message,
 * if it cannot be opened. */
bool begin_record(struct ui *ui, const char *form, const json_t *initial);
bool resume_draft(struct ui *ui, const struct id *draft);
/* "21/11/2026 10:20", of an ISO datetime. In `arena`. */
const char *moment_text(const char *iso, struct arena *arena);
/* The current version of a form as the store lists it, or NULL. In `arena`. */
const struct store_form *form_row(struct ui *ui, const char *id, struct arena *arena);
/* «Ficha … · IE …» and «Guardada hoy a las 10:20. 34 respuestas; faltan 12.»: what resuming must say. In `arena`. */
const char *draft_words(struct ui *ui, const struct store_draft *draft, struct arena *arena);

#endif
