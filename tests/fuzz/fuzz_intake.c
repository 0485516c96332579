/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes as a foreign table: reading ends, and every cell is text. */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/utf8.h"
#include "intake/intake.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_all(struct intake *intake)
{
        enum intake_step step;
        while ((step = intake_next(intake)) != INTAKE_END)
                for (int i = 0; step == INTAKE_ROW && i < intake_info(intake)->columns_n; i++) {
                        const char *cell = intake_cell(intake, i);
                        if (cell && !utf8_valid(cell, strlen(cell), NULL))
                                abort();
                }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        struct intake *intake;
        struct err err;
        char path[32];
        int file = memfd_create("fuzz", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", file);
        if (file < 0 || write(file, data, size) != (ssize_t)size)
                abort();
        if (intake_open(path, NULL, &intake, &err) == ERR_OK) {
                read_all(intake);
                intake_rewind(intake);
                read_all(intake);
                intake_close(intake);
        }
        close(file);
        return 0;
}
