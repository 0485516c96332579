/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * For tests/stick/run.sh: `deliver SPOOL FILE` carries a file as an export does, its folder made if there is none;
 * `deliver` alone prints the sticks that this computer has: number, state, file system, folder.
 */
#include <stdio.h>

#include "sync/deliver.h"
#include "sync/media.h"

static int list(void)
{
        static const char *const states[] = {"ready", "read-only", "closed", "encrypted"};
        struct media *media = media_new(NULL);
        media_look(media);
        for (int i = 0; i < media_n(media); i++) {
                const struct medium *medium = media_at(media, i);
                printf("%d %s %s %s\n", medium->number, states[medium->state], medium->fs, medium->mount ? medium->mount : "-");
        }
        media_free(media);
        return 0;
}

int main(int argc, char **argv)
{
        struct err err;
        enum err_code rc = ERR_OK;
        if (argc != 3)
                return list();
        struct delivery *delivery = delivery_new(argv[1], argv[2], true);
        while (rc == ERR_OK && delivery_stage(delivery) != DELIVERY_DONE)
                rc = delivery_step(delivery, &err);
        delivery_free(delivery);
        if (rc != ERR_OK)
                fprintf(stderr, "%s\n", err.text);
        return rc == ERR_OK ? 0 : 1;
}
