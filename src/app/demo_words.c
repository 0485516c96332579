/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Words of the invented UGEL: surnames are plants, so that nobody takes them for real people. */
#include "demo_priv.h"

#define PICK(array, i) (array)[(unsigned)(i) % ARRAY_LEN(array)]

const char *demo_surname(int i)
{
        static const char *const words[] = {
                "Molle", "Quinual", "Aliso", "Retama", "Taya", "Chirimoya", "Lanche", "Pauco", "Romero del Monte",
                "Zarza", "Berro", "Culantrillo", "Eucalipto", "Hinojo", "Ichu", "Lúcumo", "Maguey", "Nogal",
                "Olluco", "Penca", "Quishuar", "Ruda", "Sauco", "Tuna", "Uña de Gato", "Verbena", "Yacón", "Capulí"};
        return PICK(words, i);
}

const char *demo_given_name(int i)
{
        static const char *const words[] = {
                "Alba", "Brisa", "Cielo", "Delfín", "Estrella", "Fénix", "Gaviota", "Halcón", "Iris", "Jazmín",
                "Lucero", "Mar", "Nieve", "Ópalo", "Perla", "Rocío", "Sol", "Trueno", "Violeta", "Zafiro"};
        return PICK(words, i);
}

const char *demo_school_name(int i)
{
        static const char *const words[] = {
                "Los Alisos", "El Quinual", "Flor de Retama", "La Chirimoya", "Cerro Peñón", "Agua Clara",
                "Pampa Larga", "El Ocaso", "Loma Azul", "Piedra Parada", "Río Hondo", "Tres Lagunas", "Cruz de Piedra",
                "El Mirador", "Nuevo Amanecer", "La Quebrada", "Santa Niebla", "Cañón Verde", "El Algarrobo", "Puente Viejo"};
        return PICK(words, i);
}

/* Schools with the same number modulo six are of the same network, and so of the same district. */
const char *demo_network(int i)
{
        static const char *const words[] = {
                "RER Retama Alta", "RER Orillas del Quinual", "RER Chirimoyo Norte",
                "RER Retama Baja", "RER Puerto Quinual", "RER Chirimoyo Sur"};
        return PICK(words, i);
}

const char *demo_district(int school)
{
        static const char *const words[] = {"Villa Retama", "Puerto Quinual", "Alto Chirimoyo"};
        return PICK(words, school);
}

const char *demo_sentence(int i)
{
        static const char *const words[] = {
                "Los estudiantes resuelven en parejas el problema de la pizarra y explican cómo lo hicieron.",
                "La docente pregunta «¿cómo lo saben?» y espera la respuesta de varios grupos.",
                "Se usan semillas y chapas para contar; cada grupo anota sus resultados en un papelote.",
                "Cuatro niños del fondo no participan hasta que se les acerca el docente.",
                "Revisa los cuadernos y escribe qué falta mejorar en cada uno.",
                "El registro auxiliar está al día y tiene notas de cada estudiante.",
                "Las familias enviaron relatos de la comunidad y se leyeron en el aula.",
                "Acordamos preparar retos distintos para cada grado y probarlos la próxima semana.",
                "Reconoce que da la respuesta muy pronto y quiere dejar pensar más a sus estudiantes.",
                "Elaborar con sus colegas una lista de criterios de evaluación y explicarla a los estudiantes.",
                "Revisar los trabajos durante la clase y anotar una recomendación para cada equipo.",
                "Aplicar una actividad en el huerto escolar que integre matemática y ciencia.",
                "Organizar con las familias una feria de saberes de la comunidad."};
        return PICK(words, i);
}

const char *demo_phrase(int i)
{
        static const char *const words[] = {
                "Registro auxiliar del aula", "Cuaderno de campo", "Papelote del grupo", "Acta de la reunión",
                "Lista de cotejo", "Producto de los estudiantes", "Plan de la semana", "Fotografía de la pizarra",
                "Relato leído en clase", "Ficha de observación"};
        return PICK(words, i);
}
