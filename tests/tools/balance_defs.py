# SPDX-License-Identifier: GPL-3.0-or-later
"""
What each indicator of the Balance counts, told again in Python from its words
(label, numerator, denominator) and the questions of the forms: nothing here
reads the expressions of indicadores.yaml.

    one(key, form, who=…, when=…, num=…, den=…, part=…, by=…, day=…, side=…, every=…, now=…)

adds a source to an indicator.  Functions get a row R, in which R.x is the
answer x as text ("" when there is none) and R('x') the same.
"""

SOURCES = {}   # key → list of dicts
LOGRA = 3


def one(key, form, **source):
    SOURCES.setdefault(key, []).append(dict(source, form=form))


def level(text):
    """1 to 4; None for what was not observed or does not apply."""
    return int(text) if text in ("1", "2", "3", "4", "5") else None


def number(text):
    try:
        return float(text)
    except (TypeError, ValueError):
        return None


def at_least(text, least):
    value = number(text)
    return value is not None and value >= least


def attained(text):
    return level(text) is not None and level(text) >= LOGRA


def criterion(key, form, question, who):
    one(key, form, who=who, when=lambda R: level(R(question)) is not None, num=lambda R: attained(R(question)))


def answered(key, form, question, who, word, partly=None):
    one(key, form, who=who, when=lambda R: R(question) != "", num=lambda R: R(question) == word,
        part=(lambda R: R(question) == partly) if partly else None)


def all_of(key, form, questions, who):
    """A composite: only where all of them were observed."""
    one(key, form, who=who, when=lambda R: all(level(R(q)) is not None for q in questions),
        num=lambda R: all(attained(R(q)) for q in questions))


def mean(R, questions):
    levels = [level(R(q)) for q in questions if level(R(q)) is not None]
    return sum(levels) / len(levels) if levels else None


def mean_attained(key, form, questions, who):
    one(key, form, who=who, when=lambda R: mean(R, questions) is not None, num=lambda R: mean(R, questions) >= LOGRA)


def teacher(R): return R.docente
def head(R): return R.directivo
def school(R): return R.ie
def trainer(R): return R.formador
def made(R): return R.visita_lograda == "si"


# ---- Teachers ----

T, D = "simae_docente", "simae_directivo"
for key, question in {
        "doc_caracteriza": "caracteriza", "doc_propone_estrategias": "propone_estrategias",
        "doc_concreta_curriculo": "concreta_curriculo", "doc_info_competencias": "info_competencias",
        "doc_med_motivacion": "med_motivacion", "doc_med_situaciones": "med_situaciones", "doc_med_recursos": "med_recursos",
        "doc_med_acompanamiento": "med_acompanamiento", "doc_reto_situaciones": "reto_situaciones",
        "doc_deja_pensar": "deja_pensar", "doc_altas_expectativas": "altas_expectativas",
        "doc_atiende_diversidad": "atiende_diversidad", "doc_combina_competencias": "combina_competencias",
        "doc_trabajo_equipos": "trabajo_equipos", "doc_espacios": "espacios_escenarios", "doc_ef_criterios": "ef_criterios",
        "doc_ef_evidencias": "ef_evidencias", "doc_ef_pares": "ef_pares", "doc_ef_error": "ef_error",
        "doc_conclusiones_descriptivas": "ef_conclusiones", "doc_tic_recursos": "tic_recursos",
        "doc_tic_plataformas": "tic_plataformas", "doc_familia": "familia_estrategias", "doc_socioemocional": "socioemocional",
        "doc_rubrica_r1": "r1_involucra", "doc_rubrica_r2": "r2_tiempo", "doc_rubrica_r3": "r3_razonamiento",
        "doc_rubrica_r4": "r4_progreso", "doc_rubrica_r5": "r5_ambiente", "doc_rubrica_r6": "r6_regula"}.items():
    criterion(key, T, question, teacher)
all_of("doc_media_aprendizaje", T, ["med_motivacion", "med_situaciones", "med_recursos", "med_acompanamiento"], teacher)
all_of("doc_retos_compuesto", T, ["reto_situaciones", "deja_pensar", "altas_expectativas", "atiende_diversidad"], teacher)
FORMATIVE = ["ef_criterios", "ef_evidencias", "ef_pares", "ef_error"]
one("doc_evaluacion_formativa", T, who=teacher, when=lambda R: any(level(R(q)) is not None for q in FORMATIVE),
    num=lambda R: len([q for q in FORMATIVE if attained(R(q))]) >= 3)
answered("doc_ef_no_precisa", T, "ef_precisa_procesos", teacher, "no", "parcial")
answered("doc_sin_comunidad_virtual", T, "tic_comunidad_virtual", teacher, "no")
answered("doc_cree_tic_ayuda", T, "tic_cree_ayudaria", teacher, "si")


def formative(R): return R.retro_tipo in ("descriptiva", "reflexiva")


def feedback(key, num, part=None):
    one(key, T, who=teacher, when=lambda R: R.retro_tipo != "", num=num, part=part)


feedback("doc_retro_oportuna", lambda R: R.retro_oportuna == "si" and R.retro_consistente == "si" and formative(R))
feedback("doc_retro_es_oportuna", lambda R: R.retro_oportuna == "si", lambda R: R.retro_oportuna == "parcial")
feedback("doc_retro_es_consistente", lambda R: R.retro_consistente == "si", lambda R: R.retro_consistente == "parcial")
feedback("doc_retro_es_formativa", formative)
ETHICS = ["etica_asistencia", "etica_trato", "etica_recursos"]
one("doc_etica_observada", T, when=lambda R: made(R) and any(R(q) not in ("", "no_verificado") for q in ETHICS),
    num=lambda R: any(R(q) == "con_observaciones" for q in ETHICS))
RUBRICS = ["r1_involucra", "r2_tiempo", "r3_razonamiento", "r4_progreso", "r5_ambiente", "r6_regula"]
one("doc_rubrica_iii_iv", T, who=teacher, when=lambda R: any(level(R(q)) in (1, 2, 3, 4) for q in RUBRICS),
    num=lambda R: all(attained(R(q)) for q in RUBRICS if level(R(q)) is not None))
one("doc_marcas", T, when=lambda R: "si" in (R.r5_marca, R.r6_marca))

# ---- Heads and schools ----

criterion("articula_familia_comunidad", T, "articula_comunidad", teacher)
criterion("articula_familia_comunidad", D, "gestion_articulada", head)
one("ie_desvinculada", D, who=school, when=lambda R: level(R.gestion_articulada) is not None,
    num=lambda R: level(R.gestion_articulada) <= 2)
for key, question in {"dir_pat_actores": "pat_actores", "dir_proyectos_talento": "proyectos_talento",
                      "dir_monitorea_curriculo": "monitorea_curriculo", "dir_convivencia": "convivencia_arte_deporte",
                      "dir_cge1_informacion": "cge1_informacion", "dir_cge1_seguimiento": "cge1_seguimiento",
                      "dir_cge2": "cge2_estrategias", "dir_cge3_calendarizacion": "cge3_calendarizacion",
                      "dir_cge3_condiciones": "cge3_condiciones", "dir_cge3_recursos_uso": "cge3_recursos_uso",
                      "dir_planificacion_colegiada": "planificacion_colegiada", "dir_cge5_bienestar": "cge5_bienestar",
                      "dir_liderazgo": "liderazgo_distributivo"}.items():
    criterion(key, D, question, head)
criterion("ie_analiza_entorno", D, "analiza_entorno", school)
answered("ie_participa_ser", D, "participa_ser", school, "institucional")
answered("dir_material_ser", D, "material_ser", head, "si", "parcial")
answered("ie_iniciativas", D, "iniciativa_cneb_deco", school, "si")
answered("dir_mejoras_ser", D, "mejoras_ser", head, "si")
answered("ie_iigg_participativos", D, "iigg_participacion", school, "si", "parcial")
answered("ie_siseve_listo", D, "cge5_protocolos", school, "si", "parcial")
mean_attained("dir_cge1", D, ["cge1_informacion", "cge1_seguimiento"], head)
mean_attained("dir_cge3", D, ["cge3_calendarizacion", "cge3_condiciones", "cge3_recursos_uso"], head)
mean_attained("dir_cge4", D, ["monitorea_curriculo", "planificacion_colegiada"], head)
mean_attained("dir_cge5", D, ["convivencia_arte_deporte", "cge5_bienestar"], head)
one("dir_cobertura_monitoreo", D, who=school, when=lambda R: at_least(R.monitoreo_n_visitas, 0) and at_least(R.n_docentes, 1),
    num=lambda R: min(number(R.monitoreo_n_visitas), number(R.n_docentes)), den=lambda R: number(R.n_docentes))
SKILLS = ["comp_planifica", "comp_clima", "comp_condiciones", "comp_evalua", "comp_docentes", "comp_pedagogico"]
one("dir_competencias", D, who=head, when=lambda R: mean(R, SKILLS) is not None, num=lambda R: mean(R, SKILLS))
one("dir_pat_avance", D, who=school, when=lambda R: at_least(R.pat_avance, 0), num=lambda R: number(R.pat_avance))
one("dir_varios_niveles", D, who=head, when=lambda R: R.niveles_a_cargo != "" or R.aula_a_cargo != "",
    num=lambda R: len(R.niveles_a_cargo.split()) >= 2 or R.aula_a_cargo == "si")
PLANS = ["pei", "pat", "pci", "ri"]
one("ie_iigg_vigentes", D, who=school, when=lambda R: any(R(q) for q in PLANS + ["doc_gestion"]),
    num=lambda R: R.doc_gestion == "vigente" or all(R(q) == "vigente" for q in PLANS))
one("ie_comites", D, who=school, when=lambda R: R.comites != "",
    num=lambda R: {"operativas", "pedagogica", "bienestar"} <= set(R.comites.split()))

# ---- Students and conditions ----

one("est_no_retornados", D, who=school, when=lambda R: at_least(R.est_no_volvieron, 0), num=lambda R: number(R.est_no_volvieron))
one("est_retirados", D, who=school, when=lambda R: at_least(R.est_retirados, 0), num=lambda R: number(R.est_retirados))
for key, stage in {"est_promocion_guiada_pri": "B0", "est_promocion_guiada_sec": "F0"}.items():
    one(key, D, who=school, num=lambda R: number(R.est_promocion_guiada), den=lambda R: number(R.matricula_total),
        when=lambda R, stage=stage: R.nivel == stage and at_least(R.est_promocion_guiada, 0) and at_least(R.matricula_total, 1))
one("est_asistencia", T, when=lambda R: made(R) and at_least(R.asistentes, 0) and at_least(R.matriculados, 1),
    num=lambda R: number(R.asistentes), den=lambda R: number(R.matriculados))
one("est_asistencia", D, when=lambda R: made(R) and at_least(R.asistencia_total, 0) and at_least(R.matricula_total, 1),
    num=lambda R: number(R.asistencia_total), den=lambda R: number(R.matricula_total))
one("ie_asistencia_docente", D, when=lambda R: at_least(R.n_docentes_asisten, 0) and at_least(R.n_docentes, 1),
    num=lambda R: number(R.n_docentes_asisten), den=lambda R: number(R.n_docentes))
for key, question, partly in (("ie_sin_internet", "internet_acceso", None), ("ie_sin_equipamiento", "equipamiento_adecuado", "parcial")):
    for form in ("ie_condiciones", D):
        one(key, form, who=school, num=lambda R, q=question: R(q) == "no",
            part=(lambda R, q=question: R(q) == "parcial") if partly else None,
            when=lambda R, q=question, form=form: R(q) != "" and (form == "ie_condiciones" or R.gestion.startswith("publica")))

# ---- Visits: coverage and timeliness ----

for form in (T, D, "pser_formador"):
    one("mae_registro_oportuno", form, num=lambda R: R.in_time(48))
    one("mae_retro_oportuna", form, when=None if form == "pser_formador" else made,
        num=lambda R: R.retro_realizada == "si" and R.retro_fecha == R.day)
    one("cob_visitas_monitor", form, when=None if form == "pser_formador" else made, by=lambda R: [R.monitor])
for form in (T, D):
    one("cob_ie_visitada", form, side="num", who=school, when=made)
    one("cob_ruta", form, side="num", who=school, when=made)
    one("cob_visitas_no_logradas", form, when=lambda R: R.visita_lograda != "", num=lambda R: R.visita_lograda == "no",
        by=lambda R: [R.motivo_no])
one("cob_ie_visitada", "institucion", side="den", now=True, who=lambda R: R.registro, when=lambda R: R.estado != "inactiva")
one("cob_ruta", "ie_condiciones", side="den", now=True, who=school, when=lambda R: at_least(R.tiempo_ugel_min, 0),
    den=lambda R: number(R.tiempo_ugel_min) > 180)
one("cob_docente_2visitas", T, side="num", who=teacher, when=made, every=True)
one("cob_docente_2visitas", "plan_visitas", side="den", who=lambda R: R.persona, day=lambda R: R.fecha_programada[:4] + "-01-01",
    when=lambda R: R.tipo_ficha == T and R.estado_visita != "anulada")

# ---- Commitments and alerts ----

def deadline(R): return R.nueva_fecha or R.fecha_limite


def commitments(key, which):
    one(key, "compromiso", day=deadline, when=lambda R: which(R) and R.estado != "anulado", num=lambda R: R.estado == "cumplido",
        part=lambda R: R.estado == "cumplido_parcial")


commitments("com_cumplidos", lambda R: True)
commitments("cap_acuerdos_cumplidos", lambda R: R.tipo_compromiso == "cap_acuerdo")
one("com_vencidos", "compromiso", now=True,
    when=lambda R: deadline(R) < R.today and R.estado not in ("cumplido", "no_cumplido", "anulado"))
one("com_por_criterio", "compromiso", when=lambda R: R.estado != "anulado", by=lambda R: [R.criterio_vinculado])
RESERVED = ("etica_adm", "violencia", "salud")
CLOSED = ("resuelta", "cerrada")
one("ale_abiertas", "alerta", now=True, when=lambda R: R.estado not in CLOSED and R.rama and R.rama not in RESERVED, by=lambda R: [R.rama])
one("ale_resueltas", "alerta", day=lambda R: R.plazo, when=lambda R: R.plazo != "" and R.rama and R.rama not in RESERVED,
    num=lambda R: R.estado in CLOSED and (R.fecha_cierre == "" or R.fecha_cierre <= R.plazo))
one("ale_criticas", "alerta", when=lambda R: R.nivel_severidad == "critica")
one("ale_etica", "alerta", when=lambda R: R.rama == "etica_adm")
one("ale_violencia", "alerta", when=lambda R: R.rama == "violencia")
one("ale_siseve_plazo", "alerta", when=lambda R: R.rama == "violencia",
    num=lambda R: R.siseve_reportado == "si" and R.siseve_fecha != "" and R.days("siseve_fecha") - R.days("fecha_conocimiento") <= 1
    and R.acta_ugel != "no" and R.denuncia != "no")

# ---- Programa SER ----

def team(R): return " ".join((R.ugel, R.modulo, R.edicion))
def enrolment(R): return " ".join((R.persona, R.modulo, R.edicion))
def module(R): return [R.modulo]


one("ser_formadores", "pser_reporte_modulo", who=team, when=lambda R: at_least(R.formadores_activos, 0),
    num=lambda R: number(R.formadores_activos), by=module)
one("ser_certificados", "pser_participante", who=enrolment, when=lambda R: R.estado == "certificado", by=module,
    day=lambda R: R.certificado_fecha or R.fecha_inscripcion)
one("ser_en_proceso", "pser_participante", now=True, who=enrolment, by=module,
    when=lambda R: R.estado in ("inscrito", "activo", "en_riesgo"))
one("ser_tasa_certificacion", "pser_participante", who=enrolment, by=module, num=lambda R: R.estado == "certificado",
    when=lambda R: R.estado in ("certificado", "no_certificado", "retirado"))
one("ser_permanencia", "pser_formador", who=lambda R: " ".join((R.formador, R.modulo, R.edicion)),
    when=lambda R: at_least(R.activos, 0) and at_least(R.inscritos, 1), num=lambda R: number(R.activos), den=lambda R: number(R.inscritos))
one("ser_asistencia", "pser_formador", when=lambda R: at_least(R.asistentes_sesion, 0) and at_least(R.inscritos, 1),
    num=lambda R: number(R.asistentes_sesion), den=lambda R: number(R.inscritos))
one("ser_avance", "pser_reporte_modulo", who=team, when=lambda R: at_least(R.sesiones_realizadas, 0) and at_least(R.sesiones_previstas, 1),
    num=lambda R: number(R.sesiones_realizadas), den=lambda R: number(R.sesiones_previstas))
one("ser_productos", "pser_participante", who=enrolment, when=lambda R: at_least(R.n_productos, 1), num=lambda R: number(R.n_productos))
mean_attained("ser_formador_desempeno", "pser_formador",
              ["actitud_cambio", "innova_colabora", "discernimiento", "horizonte", "ebc_practica", "modelo_rat", "syllabus",
               "evalua_productos", "retro_participantes"], trainer)
answered("ser_formador_formado", "pser_formador", "participo_ff", trainer, "si")
UP_TO_DATE = ["directorio_al_dia", "asistencia_al_dia", "evaluacion_al_dia", "repositorio"]
one("ser_formador_gestion", "pser_formador", who=trainer, when=lambda R: all(R(q) for q in UP_TO_DATE),
    num=lambda R: all(R(q) == "si" for q in UP_TO_DATE))
for key, question in zip(("ser_directorio_al_dia", "ser_asistencia_al_dia", "ser_evaluacion_al_dia", "ser_repositorio_al_dia"), UP_TO_DATE):
    answered(key, "pser_formador", question, trainer, "si", "parcial")
one("ser_reemplazos", "pser_reemplazo", by=lambda R: [R.motivo])
one("ser_directores_formadores", "pser_formador", who=trainer, when=lambda R: R.formador_cargo == "directivo")
one("ser_directores_formadores", D, who=head, when=lambda R: R.directivo_formador == "si")
one("ser_psicologos", "persona", now=True, who=lambda R: R.registro, when=lambda R: R.cargo == "psicologo" and R.activo != "no")
one("ser_especialistas_gcef", "asignacion", now=True, who=lambda R: R.persona,
    when=lambda R: R.modulo.startswith("gcef") and R.hasta == "" and R.rol != "formador")
one("ser_comunidades_externas", "comunidad_externa", now=True)
SPECIAL = ("ser_equipos_modulo", "reu_semanales", "dif_alcance", "cap_regularidad")

# ---- Demand, allies, events ----

def survey(R): return R.mecanismo == "encuesta"


for key, question in {"dir_percibe_escaso_compromiso": "dir_afirma_escaso_compromiso", "dir_percibe_actitud": "dir_afirma_actitud"}.items():
    one(key, "demanda_formativa", when=lambda R, q=question: survey(R) and at_least(R(q), 1), num=lambda R, q=question: at_least(R(q), 3))
one("dir_percibe_limitaciones", "demanda_formativa", when=lambda R: survey(R) and at_least(R.dir_afirma_limitaciones, 0),
    num=lambda R: number(R.dir_afirma_limitaciones))
one("dem_encuestas_dir", "demanda_formativa", when=survey)
one("dem_participantes_gf", "demanda_formativa", when=lambda R: R.mecanismo == "grupo_focal" and at_least(R.n_participantes, 0),
    num=lambda R: number(R.n_participantes))
one("dem_temas", "demanda_formativa", when=lambda R: R.enc_demanda != "", by=lambda R: R.enc_demanda.split())
one("rec_inversion", "aliado_aporte", when=lambda R: (number(R.monto) or 0) > 0, num=lambda R: number(R.monto), by=lambda R: [R.fuerza])
one("ali_escuelas_equipadas", "ie_condiciones", who=school, when=lambda R: R.equipado_por_aliado != "")
one("ali_personas", "aliado_aporte", when=lambda R: "profesionales" in R.concepto.split() and (number(R.cantidad) or 0) > 0,
    num=lambda R: number(R.cantidad))
for key, form in (("ata_asistencia_pct", "ata_asistencia"), ("cap_asistencia", "cap_sesion")):
    one(key, form, when=lambda R: at_least(R.convocados, 1), num=lambda R: min(number(R.asistentes) or 0, number(R.convocados)),
        den=lambda R: number(R.convocados))
SATISFACTION = ["s_utilidad", "s_dominio", "s_metodologia", "s_materiales", "s_tiempo", "s_global"]
one("ata_satisfaccion", "ata_satisfaccion", when=lambda R: any(at_least(R(q), 1) for q in SATISFACTION),
    num=lambda R: len([q for q in SATISFACTION if at_least(R(q), 4)]), den=lambda R: len([q for q in SATISFACTION if at_least(R(q), 1)]))
answered("ata_objetivo", "ata_satisfaccion", "objetivo_logrado", None, "si", "parcial")

# ---- CAP ----

one("cap_sesiones", "cap_sesion")
one("cap_ie_activa", D, who=school, when=lambda R: R.funciona_cap != "", num=lambda R: R.funciona_cap != "ninguna")
one("cap_ie_activa", "mgea_checklist", who=school, when=lambda R: R.tipo_comunidad != "", num=lambda R: R.tipo_comunidad != "ninguna")
one("cap_con_evidencias", "cap_sesion", num=lambda R: at_least(R.n_evidencias, 1))
one("cap_con_proposito", "cap_sesion", num=lambda R: R.proposito != "")
one("cap_con_agenda", "cap_sesion", num=lambda R: at_least(R.n_momentos, 3))
one("cap_directivos_alcanzados", "cap_sesion/participantes", side="num", who=lambda R: R.part_persona,
    when=lambda R: R.part_rol == "directivo" and R.part_asistio == "si")
one("cap_directivos_alcanzados", "ata_asistencia/participantes", side="num", who=lambda R: R.part_persona,
    when=lambda R: R.of.programa == "cap_dif" and R.part_asistio == "si" and R.part_cargo in ("director", "subdirector", "directivo"))
def plan(R): return R.ugel + " " + R.anio


one("cap_directivos_alcanzados", "cap_plan", side="den", who=plan, when=lambda R: at_least(R.q07_meta_directivos, 1),
    den=lambda R: number(R.q07_meta_directivos))
def milestone(R): return R.programa == "cap_dif" and R.hito_ruta != ""


one("cap_ruta_avance", "ata_asistencia", side="num", who=lambda R: " ".join((R.ugel, R.day[:4], R.hito_ruta)), when=milestone)
one("cap_ruta_avance", "ata_asistencia", side="den", who=lambda R: R.ugel + " " + R.day[:4], when=milestone, den=lambda R: 13)
one("cap_plan_completo", "cap_plan", who=plan, when=lambda R: at_least(R.respondidas_n, 0), num=lambda R: number(R.respondidas_n))
one("cap_avance_plan", "cap_plan", who=plan, when=lambda R: len(R.rows("q17_cronograma")) > 0, den=lambda R: len(R.rows("q17_cronograma")),
    num=lambda R: sum(number(row.act_hecha) or 0 for row in R.rows("q17_cronograma")))

# ---- MGEA ----

PRINCIPLES = {"aut": 2, "col": 6, "inn": 3, "cda": 3, "exi": 5, "mej": 2, "ter": 4}
PRACTICES = [f"{name}_{i + 1}" for name, n in PRINCIPLES.items() for i in range(n)]


def states(R, practices): return [R(p + "_estado") for p in practices]


def practices(key, which):
    one(key, "mgea_checklist", who=school, num=lambda R: states(R, which).count("logrado"),
        part=lambda R: states(R, which).count("en_proceso"),
        den=lambda R: len([s for s in states(R, which) if s not in ("", "na")]))


practices("mgea_practicas_logradas", PRACTICES)
for name, n in PRINCIPLES.items():
    practices("mgea_principio_" + name, [f"{name}_{i + 1}" for i in range(n)])
one("mgea_ie_por_fase", "mgea_checklist", who=school, when=lambda R: R.fase_actual != "", by=lambda R: [R.fase_actual])
one("mgea_con_evidencia", "mgea_checklist", who=school, den=lambda R: states(R, PRACTICES).count("logrado"),
    num=lambda R: len([p for p in PRACTICES if R(p + "_estado") == "logrado" and (R(p + "_evidencia") or R(p + "_evidencia_tipo"))]))


def begun(R): return [p for p in PRACTICES if R(p + "_estado") in ("en_proceso", "logrado")]


one("mgea_participacion", "mgea_checklist", who=school, den=lambda R: len(begun(R)),
    num=lambda R: len([p for p in begun(R) if len(R(p + "_actores").split()) >= 3]))
answered("mgea_compromiso", "mgea_checklist", "compromiso_firmado", school, "si")

# ---- ILUMINAR ----

ENCOUNTER = ("encuentro", "sistematizada", "publicada")
one("ilu_practicas", "iluminar", when=lambda R: R.estado_practica in ENCOUNTER[1:])
one("ilu_escuelas_encuentro", "iluminar", who=school, when=lambda R: R.ie != "" and R.estado_practica in ENCOUNTER)
one("ilu_escuelas_sistematizadas", "iluminar", who=school, when=lambda R: R.ie != "" and R.estado_practica in ENCOUNTER[1:])
one("ilu_identificadas", "iluminar", when=lambda R: R.estado_practica != "descartada")
one("ilu_escuelas", "iluminar", who=school, when=lambda R: R.ie != "" and R.estado_practica != "descartada")
one("ilu_puntaje", "iluminar", when=lambda R: number(R.puntaje) is not None, num=lambda R: number(R.puntaje))
one("est_estimulos", "estimulo")
