#!/bin/sh
# strings.sh: every sentence shown to a person is marked with _(), so that it can be found and, one day,
# translated.  Then plants three that are not, which must be found.
found=$(find src -name '*.c' | LC_ALL=C sort | xargs env LC_ALL=C awk -f tests/check/strings.awk)
status=0
[ -z "$found" ] || { echo "$found"; status=1; }
planted=$(LC_ALL=C awk -f tests/check/strings.awk <<'END' | wc -l
        return err_set(err, ERR_IO, "no se puede abrir %s", path);
        ui_say(ui, STYLE_OK, _("Guardado"));  /* printf("not this one") */
        fprintf(stderr, "%s: aviso\n", name);
        printf("%-20s %s\n", name, _("bien"));
        table_add_column(&table, "ficha", "Ficha", CELL_TEXT);
        json_pack("{s:s}", "codigo", code);
END
)
[ "$planted" -eq 3 ] || { echo "strings.sh finds $planted of the 3 planted sentences"; status=1; }
exit $status
