/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The catalogue of programmes that one indicator sums: the list programa_dif of the folder of forms. */
#include "indicators_priv.h"

#include "expr/value.h"
#include "library.h"

void indicators_sum_catalogue(const char *dir, double *ret, int *ret_n)
{
        struct library library;
        struct mistakes mistakes = {0}; /* the catalog of forms tells those of lists */
        *ret = *ret_n = 0;
        library_init(&library, dir);
        const struct shared_list *list = library_list(&library, "programa_dif", &mistakes);
        const struct ynode *choices = list ? list->key->value : NULL;
        for (const struct ynode *one = choices && choices->kind == Y_SEQ ? choices->first : NULL; one; one = one->next) {
                const struct ynode *reach = one->kind == Y_MAP ? yaml_key(one, "alcance") : NULL;
                double value = reach && reach->value->kind == Y_SCALAR ? value_parse_number(reach->value->text) : 0;
                if (value > 0) {
                        *ret += value;
                        ++*ret_n;
                }
        }
        mistakes_release(&mistakes);
        library_release(&library);
}
