/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * An export in steps (contract in app/carry.h):
 *
 *   open the stick → count → write the spool → deliver → note it → eject
 *                               ▲───────────── next part ─┘
 *
 * Before writing, the stick is looked for again where it was: its folder may
 * still be there when it no longer is, on the laptop's own disk.
 */
#include "app/carry.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "app_priv.h"
#include "base/str.h"
#include "sync/deliver.h"

enum { WAIT_MS = 50 }; /* for udisksctl, in one step */

static const char folder_on_stick[] = "SIMAE";

struct carry {
        struct app *app;
        struct media_roots roots;
        enum carry_stage stage;
        char *folder;        /* NULL: salida */
        char *device;        /* of the stick; NULL: none was chosen */
        char *passphrase;    /* NULL: for the known offices */
        char *back;          /* NULL: for the offices */
        bool anyway;
        struct media *media;
        struct media_task *task;
        struct export_job *job;
        struct delivery *delivery;
        struct export_result result;
        bool copied;         /* all of it */
        int parts, parts_done;
        enum carry_end end;
};

static struct carry *carry_new(struct app *app, const struct media_roots *roots)
{
        struct carry *c = xcalloc(1, sizeof *c);
        c->app = app;
        c->stage = CARRY_COUNTING;
        if (roots)
                c->roots = *roots;
        c->media = media_new(&c->roots);
        return c;
}

struct carry *carry_to_folder(struct app *app, const char *folder)
{
        struct carry *c = carry_new(app, NULL);
        c->folder = folder ? xstrdup(folder) : NULL;
        return c;
}

struct carry *carry_to_stick(struct app *app, const struct media_roots *roots, const struct medium *medium)
{
        struct carry *c = carry_new(app, roots);
        c->device = xstrdup(medium->device);
        if (!medium->mount) {
                c->stage = CARRY_OPENING;
                c->task = media_open_new(medium);
        }
        return c;
}

void carry_seal_with(struct carry *c, const char *passphrase)
{
        c->passphrase = xstrdup(passphrase);
}

void carry_send_back(struct carry *c, const char *who)
{
        free(c->back);
        c->back = xstrdup(who);
}

void carry_anyway(struct carry *c)
{
        c->anyway = true;
}

void carry_free(struct carry *c)
{
        if (!c)
                return;
        delivery_free(c->delivery);
        export_free(c->job);
        media_task_free(c->task);
        media_free(c->media);
        if (c->passphrase)
                explicit_bzero(c->passphrase, strlen(c->passphrase));
        free(c->passphrase);
        free(c->back);
        free(c->folder);
        free(c->device);
        free(c);
}

/* ---- The steps ---- */

static const struct medium *stick(struct carry *c)
{
        media_look(c->media);
        return c->device ? media_of_device(c->media, c->device) : NULL;
}

enum err_code medium_check_open(const struct medium *medium, struct err *err)
{
        if (!medium)
                return err_set(err, ERR_NOT_FOUND, _("La memoria ya no está conectada. Conéctela y repita."));
        if (!medium->mount && medium->state == MEDIUM_ENCRYPTED)
                return err_set(err, ERR_REFUSED, _("«%.60s» está cifrada: ábrala con su clave desde el explorador de archivos y repita."),
                               medium->label);
        if (!medium->mount)
                return err_set(err, ERR_REFUSED,
                               _("«%.60s» está conectada pero no abierta, y desde aquí no se pudo abrir. Ábrala desde el explorador de "
                                 "archivos, o en otra terminal con «udisksctl mount -b %s», y repita."), medium->label, medium->device);
        return ERR_OK;
}

static enum err_code step_open(struct carry *c, struct err *err)
{
        enum media_outcome outcome = media_task_step(c->task, WAIT_MS);
        if (outcome == MEDIA_BUSY)
                return ERR_OK;
        media_task_free(c->task);
        c->task = NULL;
        enum err_code rc = medium_check_open(stick(c), err);
        if (rc == ERR_OK)
                c->stage = CARRY_COUNTING;
        return rc;
}

/* A name that is no folder would become a file: on the disk of the laptop, if the stick is not there. */
static enum err_code check_folder(const struct carry *c, struct err *err)
{
        struct stat st;
        if (c->folder && (stat(c->folder, &st) != 0 || !S_ISDIR(st.st_mode)))
                return err_set(err, ERR_NOT_FOUND, _("No existe la carpeta «%.300s». Revise el nombre y que la memoria esté conectada."),
                               c->folder);
        return ERR_OK;
}

static enum err_code step_count(struct carry *c, struct err *err)
{
        struct export_options options = {.passphrase = c->passphrase, .back = c->back, .anyway = c->anyway};
        enum err_code rc = check_folder(c, err);
        if (rc == ERR_OK)
                rc = export_begin(c->app, &options, &c->job, err);
        if (rc == ERR_OK)
                c->parts = export_parts(c->job, &c->parts_done);
        if (rc == ERR_OK && !c->device)
                rc = export_aim(c->job, c->folder, err);
        if (rc == ERR_OK)
                c->stage = CARRY_WRITING;
        return rc;
}

static enum err_code aim_at_stick(struct carry *c, struct err *err)
{
        const struct medium *medium = stick(c);
        if (!medium || !medium->mount)
                return medium_check_open(NULL, err);
        if (medium->state == MEDIUM_READ_ONLY)
                return err_set(err, ERR_IO, _("«%.60s» está protegida contra escritura; quite el seguro de la memoria o use otra."),
                               medium->label);
        char *folder = xasprintf("%s/%s", medium->mount, folder_on_stick);
        enum err_code rc = export_aim_inside(c->job, folder, err);
        free(folder);
        return rc;
}

static enum err_code step_write(struct carry *c, struct err *err)
{
        enum err_code rc = export_write(c->job, err);
        c->parts = export_parts(c->job, &c->parts_done); /* it may have been cut again */
        if (rc == ERR_OK && c->device)
                rc = aim_at_stick(c, err);
        if (rc != ERR_OK)
                return rc;
        c->delivery = delivery_new(export_spool(c->job), export_path(c->job), c->device != NULL);
        c->stage = CARRY_COPYING;
        return ERR_OK;
}

static void settle(struct carry *c)
{
        const struct medium *medium = c->device ? stick(c) : NULL;
        c->copied = true;
        export_free(c->job);
        c->job = NULL;
        media_look(c->media);
        c->end = c->device || media_holding(c->media, c->result.path, false) ? CARRY_EJECT : CARRY_STAYS;
        c->task = medium ? media_eject_new(&c->roots, medium) : NULL;
        c->stage = c->task ? CARRY_EJECTING : CARRY_DONE;
}

/* A part is there, and whole. What comes now can no longer undo that. */
static enum err_code note_part(struct carry *c, struct err *err)
{
        bool more = false;
        enum err_code rc = export_note(c->job, &c->result, err);
        if (rc != ERR_OK)
                return err_wrap(err, _("El paquete quedó copiado y comprobado en %s, pero no se pudo anotar"), export_path(c->job));
        export_parts(c->job, &c->parts_done);
        delivery_free(c->delivery);
        c->delivery = NULL;
        rc = export_next(c->job, &more, err);
        if (rc == ERR_OK && more)
                c->stage = CARRY_WRITING;
        else if (rc == ERR_OK)
                settle(c);
        return rc;
}

static enum err_code step_deliver(struct carry *c, struct err *err)
{
        enum err_code rc = delivery_step(c->delivery, err);
        if (rc != ERR_OK)
                return rc;
        if (delivery_stage(c->delivery) == DELIVERY_VERIFYING)
                c->stage = CARRY_VERIFYING;
        return delivery_stage(c->delivery) == DELIVERY_DONE ? note_part(c, err) : ERR_OK;
}

static enum err_code step_eject(struct carry *c, struct err *err)
{
        enum media_outcome outcome = media_task_step(c->task, WAIT_MS);
        (void)err;
        if (outcome == MEDIA_BUSY)
                return ERR_OK;
        c->end = outcome == MEDIA_REMOVABLE ? CARRY_FREE : outcome == MEDIA_UNMOUNTED ? CARRY_UNMOUNTED : CARRY_EJECT;
        c->stage = CARRY_DONE;
        return ERR_OK;
}

enum err_code carry_step(struct carry *c, struct err *err)
{
        static enum err_code (*const steps[])(struct carry *, struct err *) = {
                [CARRY_OPENING] = step_open,
                [CARRY_COUNTING] = step_count,
                [CARRY_WRITING] = step_write,
                [CARRY_COPYING] = step_deliver,
                [CARRY_VERIFYING] = step_deliver,
                [CARRY_EJECTING] = step_eject,
        };
        enum err_code rc = c->stage == CARRY_DONE ? ERR_OK : steps[c->stage](c, err);
        return rc == ERR_OK || !c->job ? rc : export_failed(c->job, err);
}

/* ---- What it says ---- */

enum carry_stage carry_stage(const struct carry *c)
{
        return c->stage;
}

double carry_share(const struct carry *c)
{
        double now = c->delivery ? delivery_share(c->delivery) : 0;
        return c->copied ? 1 : c->parts > 0 ? (c->parts_done + now) / c->parts : 0;
}

int carry_parts(const struct carry *c, int *ret_done)
{
        *ret_done = c->parts_done;
        return c->parts;
}

const struct export_result *carry_result(const struct carry *c)
{
        return c->copied ? &c->result : NULL;
}

enum carry_end carry_end(const struct carry *c)
{
        return c->end;
}
