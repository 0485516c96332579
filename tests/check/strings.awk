# strings.awk: prints every string literal with words in it that is handed to a function that shows its
# argument to a person, and is not marked with _().  Reads C; comments, characters and directives are skipped.
BEGIN {
        n = split("ui_say err_set err_set_at err_wrap err_set_errno cli_misused printf fprintf fputs puts " \
                  "dialog_ask dialog_line dialog_text_view dialog_calendar canvas_text canvas_text_cut canvas_box " \
                  "canvas_wrap table_add_column term_set_crash_note", name, " ")
        for (i = 1; i <= n; i++)
                shows[name[i]] = 1
}
FNR == 1 { depth = 0; in_comment = 0; word = "" }
/^[ \t]*#/ { next }
{
        line = $0
        len = length(line)
        for (i = 1; i <= len; i++) {
                c = substr(line, i, 1)
                if (in_comment) {
                        if (c == "*" && substr(line, i + 1, 1) == "/") {
                                in_comment = 0
                                i++
                        }
                } else if (c == "/" && substr(line, i + 1, 1) == "*") {
                        in_comment = 1
                        i++
                } else if (c == "/" && substr(line, i + 1, 1) == "/") {
                        break
                } else if (c == "'") {
                        i += substr(line, i + 1, 1) == "\\" ? 2 : 1
                        while (i < len && substr(line, i, 1) != "'")
                                i++
                } else if (c == "\"") {
                        text = ""
                        for (i++; i <= len && (d = substr(line, i, 1)) != "\""; i++) {
                                if (d == "\\")
                                        d = substr(line, i, 1) substr(line, ++i, 1)
                                text = text d
                        }
                        literal(text)
                        word = ""
                } else if (c ~ /[A-Za-z0-9_]/) {
                        word = word c
                } else {
                        if (c == "(") {
                                call[++depth] = word
                                argument[depth] = 0
                        } else if (c == ")" && depth > 0) {
                                depth--
                        } else if (c == "," && depth > 0) {
                                argument[depth]++
                        } else if (c == ";" || c == "{") {
                                if (c == ";" && !(depth > 0 && call[1] == "for"))
                                        depth = 0
                        }
                        if (c !~ /[ \t]/ || word ~ /^(return|sizeof)$/)
                                word = ""
                }
        }
}
function literal(text,    words, level) {
        words = text
        gsub(/\\x[0-9A-Fa-f]+|\\[a-z0-9]|%[-+ #0-9.*]*[a-zA-Z]+|simae/, " ", words)
        if (words !~ /[A-Za-z][A-Za-z]|[\200-\377][\200-\377][A-Za-z]/)
                return
        level = depth
        while (level > 0 && call[level] == "")
                level--
        if (level > 0 && call[level] in shows) {
                # The stable name of a table's column and the name of a command are no words for people.
                if (call[level] == "table_add_column" && argument[level] == 1)
                        return
                if (call[level] == "cli_misused" && argument[level] == 0)
                        return
                print FILENAME ":" FNR ": not marked with _(): \"" text "\""
        }
}
