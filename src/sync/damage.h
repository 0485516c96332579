/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentences of a bundle that does not hold, in one place so that they stay the same. */
#ifndef SIMAE_SYNC_DAMAGE_H
#define SIMAE_SYNC_DAMAGE_H

#include "base/err.h"

/* ERR_CORRUPT: "el paquete está incompleto o dañado en <where>; pida que lo copien otra vez". */
static inline enum err_code damaged(struct err *err, const char *where)
{
        return err_set(err, ERR_CORRUPT,
                       _("el paquete está incompleto o dañado en %s; pida que lo copien otra vez"), where);
}

/* ERR_LIMIT: no program of ours writes anything this large. */
static inline enum err_code oversized(struct err *err, const char *where)
{
        return err_set(err, ERR_LIMIT,
                       _("el paquete declara en %s un tamaño que simae no admite; no lo use y avise a quien "
                         "se lo dio"),
                       where);
}

#endif
