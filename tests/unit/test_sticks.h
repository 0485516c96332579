/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests of screens that look for sticks: folders that invented trees of
 * /proc and /sys say are mounted, udisksctl as a script, and the interface
 * without a terminal.
 */
#ifndef SIMAE_TEST_STICKS_H
#define SIMAE_TEST_STICKS_H

#include "test_app.h"

#include "ui/screens.h"

static struct ui ui;
static char trees[96], proc[128], sys[128], runs[128], bin[256], stick_folder[128];
static struct media_roots roots;
static char *path_before;

HELPER int set_up(void **state)
{
        if (world_filled(state))
                return -1;
        struct world *w = *state;
        OK(keyring_accept(w->data, office_text(), "UGEL de prueba", &w->err));
        snprintf(trees, sizeof trees, "%s/equipo", w->dir);
        snprintf(proc, sizeof proc, "%s/proc", trees);
        snprintf(sys, sizeof sys, "%s/sys", trees);
        snprintf(runs, sizeof runs, "%s/run", trees);
        snprintf(stick_folder, sizeof stick_folder, "%s/MI USB", trees);
        roots = (struct media_roots){.proc = proc, .sys = sys, .run = runs};
        path_before = xstrdup(getenv("PATH"));
        snprintf(bin, sizeof bin, "%s/bin:/usr/bin:/bin", trees);
        setenv("PATH", bin, 1);
        if (shell("mkdir -p '%s' && cd '%s' && mkdir -p proc sys/dev/block sys/class/block run/udev/data bin && "
                  ": > proc/mountinfo && printf '#!/bin/sh\\nexit 1\\n' > bin/udisksctl && chmod +x bin/udisksctl", trees, trees))
                return -1;
        make_visit(w, NULL);
        ui_init(&ui, w->app, 24, 80);
        return 0;
}

HELPER int take_down(void **state)
{
        ui_release(&ui);
        setenv("PATH", path_before, 1);
        free(path_before);
        return world_free(state);
}

/* A stick sdb, with the label «MI USB», mounted or not. */
HELPER void plug(bool mounted)
{
        assert_int_equal(shell("cd '%s' && d=sys/devices/pci0/usb1/1-2/block/sdb && mkdir -p $d 'MI USB' && echo 8:16 > $d/dev && "
                               "echo 1 > $d/removable && echo 60000 > $d/size && ln -srf $d sys/dev/block/8:16 && "
                               "ln -srf $d sys/class/block/sdb && "
                               "printf 'E:ID_FS_USAGE=filesystem\\nE:ID_FS_TYPE=vfat\\nE:ID_FS_LABEL_ENC=MI\\\\x20USB\\n' > run/udev/data/b8:16",
                               trees), 0);
        assert_int_equal(shell("cd '%s' && printf '%%s\\n' '30 1 8:16 / %s/MI\\040USB rw - vfat /dev/sdb rw' > line && %s", trees, trees,
                               mounted ? "cp line proc/mountinfo" : "true"), 0);
}

HELPER void pull(void)
{
        assert_int_equal(shell("cd '%s' && : > proc/mountinfo && rm -f sys/class/block/sdb sys/dev/block/8:16", trees), 0);
}

/* Does what it is asked, on the invented tree. */
HELPER void let_udisksctl_work(void)
{
        assert_int_equal(shell("cd '%s' && printf '#!/bin/sh\\ncd \"%s\"\\ncase $1 in\\nmount) cp line proc/mountinfo;;\\n"
                               "unmount) : > proc/mountinfo;;\\nesac\\n' > bin/udisksctl", trees, trees), 0);
}

HELPER bool stick_is_empty(void)
{
        return shell("cd '%s' && test -z \"$(find . -type f)\"", stick_folder) == 0;
}

HELPER int bundles_on_stick(void)
{
        return shell("cd '%s/SIMAE' 2>/dev/null && test $(ls | wc -l) = 1 && ls | grep -q '^SIMAE-[A-Z0-9-]*\\.simae$'", stick_folder) == 0;
}

/* ---- The screen without a terminal ---- */

HELPER const char *picture(void)
{
        static struct str text = STR_INIT;
        str_clear(&text);
        ui_draw(&ui);
        canvas_dump(&ui.canvas, &text);
        return text.text;
}

/* One key, and the work that follows. */
HELPER void press(uint32_t code)
{
        struct key key = code < 0x7F && code >= ' ' ? (struct key){.kind = KEY_KIND_CHAR, .code = code} : key_of_code(code);
        struct key idle = {.kind = KEY_KIND_IDLE};
        ui_key(&ui, &key);
        while (ui_patience(&ui) == 0) {
                picture();
                ui_key(&ui, &idle);
        }
}

HELPER void type(const char *text)
{
        for (; *text; text++)
                press((unsigned char)*text);
}

/* The second in which nothing is typed. */
HELPER void wait_a_second(void)
{
        struct key idle = {.kind = KEY_KIND_IDLE};
        picture();
        assert_int_equal(ui_patience(&ui), 1000);
        ui_key(&ui, &idle);
}

#endif
