/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The guide of the folder of forms.  Its mistakes are for who writes it: `simae formularios verificar` tells
 * them, and a reader gets the articles that are sound. */
#include "app_priv.h"

#include <stdlib.h>

const struct guide *app_guide(struct app *app)
{
        struct err_list mistakes = {0};
        if (!app->guide_read)
                guide_load(app->forms_dir, &app->guide, &mistakes);
        app->guide_read = true;
        err_list_release(&mistakes);
        return &app->guide;
}

void app_guide_load(const char *forms_dir, struct guide *ret, struct err_list *mistakes)
{
        char *dir = app_find_forms_dir(forms_dir);
        guide_load(dir, ret, mistakes);
        free(dir);
}
