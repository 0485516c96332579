/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every screen, dialog and editor, and how to get there on the laptop of flow_seed() (contract in flow.h). */
#include "flow.h"

/* To the draft of the visit, and to one of its questions by its label. */
#define DRAFT "Enter "
#define GO(words) DRAFT "F5 \"" words "\" Enter "

const struct flow_spot flow_spots[] = {
        {"", "Quedó una ficha sin concluir", NULL},
        {"Esc", "F2 Nueva", NULL},
        {"Esc F1", "Ayuda", NULL},
        /* Lists */
        {"Esc F2", "Nueva ficha: elija cuál", NULL},
        {"Esc F2 \"cap\"", "Buscar: cap", NULL},
        {"Esc F2 \"monitoreo a doc\" Enter", "Ya hay una sin concluir", NULL},
        {"Esc F3", "Fichas sin concluir", NULL},
        {"Esc F3 F8", "¿Borrar lo escrito?", NULL},
        {"Esc F4", "Registros: todas", NULL},
        {"Esc F4 \"zzz\"", "Nada coincide", NULL},
        {"Esc F4 Enter", "concluido", NULL},
        {"Esc F4 Enter F3", "Historia de la ficha", NULL},
        {"Esc F4 Enter F3 Enter", "Primera versión", NULL},
        {"Esc F4 Enter F8", "¿Por qué se anula?", NULL},
        {"Esc F4 Enter F8 \"Está repetida\" Enter", "¿Anular esta ficha?", NULL},
        {"Esc F5", "Directorio: Inst", NULL},
        {"Esc F5 F4 \"vasq\"", "Medina Vásquez, Luz", NULL},
        {"Esc F5 Enter", "concluido", NULL},
        {"Esc F6", "¿A qué memoria", NULL},
        {"Esc F6 \"/media/no hay\" Enter", "Frase de contraseña para exportar", NULL},
        {"Esc F6 \"/media/no hay\" Enter \"una frase\" Enter", "La frase es muy corta", NULL},
        {"Esc F6 \"/media/no hay\" Enter \"una frase larga\" Enter", "Escríbala otra vez", NULL},
        {"Esc F6 \"/media/no hay\" Enter \"una frase larga\" Enter \"una frase larga\" Enter", "No existe la carpeta", NULL},
        {"Esc \"l\"", "Sus palabras, para comparar", NULL},
        {"Esc \"l\" F2", "¿Hacer la clave de una oficina?", NULL},
        {"Esc \"l\" F4", "Memoria, carpeta o archivo", NULL},
        {"Esc \"i\"", "¿De qué memoria, carpeta o archivo?", NULL},
        {"Esc \"i\" F3", "Nada está en espera", NULL},
        {"Esc \"i\" \"/media/no hay\" Enter", "no se puede leer", NULL},
        /* Boards */
        {"Esc \"a\"", "Agenda", NULL},
        {"Esc \"a\" F1", "Ayuda", NULL},
        {"Esc \"t\"", "Cobertura por UGEL", NULL},
        {"Esc \"t\" \"calend\" Enter", "Bloque lectivo 4", NULL},
        {"Esc \"t\" \"los abiertos\" Enter F4 F5", "compromisos abiertos", NULL},
        {"Esc \"t\" \"reservadas\" Enter F7", "¿Mostrar los registros reservados?", NULL},
        {"Esc \"t\" \"calend\" Enter F6", "Guardar el tablero", NULL},
        {"Esc \"t\" \"lo hecho en una\" Enter", "elija cuál", NULL},
        {"Esc F5 F6", "hechas este año", NULL},
        /* A form just begun, with nothing in it */
        {"Esc F2 \"mgea\" Enter", "IE sin indicar", NULL},
        {"Esc F5 F2", "Nombre o número", NULL},
        {"Esc F7", "Apellidos", NULL},
        /* A draft: its screens and its dialogs */
        {DRAFT, "Monitoreo a docente › ", NULL},
        {DRAFT "F1", "Ayuda", NULL},
        {DRAFT "F5", "Ir a", NULL},
        {DRAFT "^P", "Falta", NULL},
        {DRAFT "F7", "Revisar: ", NULL},
        {DRAFT "F7 F2", "Todavía no se puede", NULL},
        {DRAFT "F7 Enter", "▌", NULL},
        {GO("fecha de la visita") "F4", "abril", NULL},
        {GO("especialista que") "\"vasq\"", "Alva Vásquez, Luz", NULL},
        {GO("compromisos del"), "+ Agregar: Compromiso", NULL},
        {GO("compromisos del") "\"+\"", "Compromiso (qué hará)", NULL},
        {GO("compromisos del") "\"+\" F1", "Ayuda", NULL},
        /* A correction, opened and left */
        {"Esc F4 Enter F2", "Monitoreo a docente › ", NULL},
        /* Editors in mid-word */
        {GO("título de la ses") "\"Los números que fl\"", "Los números que fl", "Los números que fl"},
        {GO("fortalezas") "\"Dos lín\" Enter \"eas a med\"", "eas a med", "Dos lín\\neas a med"},
        {GO("matriculados") "\"27\"", "27", "matriculados"},
        {GO("hora de inicio") "\"8:3\"", "8:3", "hora_inicio"},
        {GO("compromisos del") "\"+\" \"Elaborar las\"", "Elaborar las", "Elaborar las"},
        {GO("compromisos del") "\"+\" \"Elaborar las\" Tab F7", "Elaborar las", "Elaborar las"},
        {"Esc F2 \"mgea\" Enter F5 \"soñar: cambios en gestión i\" Enter \"Más diál\"", "Más diál", "Más diál"},
        {"Esc F5 F2 \"Colegio a med\"", "Colegio a med", "Colegio a med"},
        {"Esc F5 F2 \"Colegio\" Enter \"01\"", "01", "Colegio"},
        {"Esc F4 Enter F2 F5 \"detalle\" Enter End \" y la vía\"", "y la vía", "puente y la vía"},
        /* Somebody new, from a reference */
        {GO("especialista que") "\"Nuevo Ap\" Enter", "Nueva ficha: Persona", ""},
        {GO("especialista que") "\"Nuevo Ap\" Enter Enter \"Nombre a m\"", "Nombre a m", "Nombre a m"},
        {GO("especialista que") "\"Nuevo Ap\" Enter Enter \"Jos\" Enter", "Cargo", "Jos"},
        /* Rows of a repeat */
        {"Esc F2 \"sesi\" Enter F5 \"participantes\" Enter \"+\"", "Persona", ""},
        {"Esc F2 \"sesi\" Enter F5 \"participantes\" Enter \"+\" \"chavez\" Enter", "Chávez Vásquez", "part_persona@"},
        {"Esc F2 \"sesi\" Enter F5 \"agenda\" Enter \"+\" \"1\" Enter \"Diálog\"", "Diálog", "Diálog"},
        {"Esc F2 \"sesi\" Enter F5 \"agenda\" Enter \"+\" \"1\" Enter \"Uno\" Enter Esc Up Delete", "¿Quitar la fila?", "Uno"},
};

const int flow_spots_n = (int)(sizeof flow_spots / sizeof *flow_spots);
