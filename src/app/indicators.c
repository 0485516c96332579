/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The indicators of the folder of forms, for whoever has no catalog of it at hand. */
#include "app_priv.h"

#include <stdlib.h>

struct indicators *app_indicators_load(const char *forms_dir, struct err_list *mistakes)
{
        char *dir = app_find_forms_dir(forms_dir);
        struct indicators *indicators = indicators_load(dir, mistakes);
        free(dir);
        return indicators;
}
