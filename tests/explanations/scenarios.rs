//! The cases whose explanations are kept as snapshots.

/// A case of which some outcomes are explained.
pub struct Scenario {
    pub name: &'static str,
    pub ruleset: &'static str,
    pub events: &'static str,
    pub as_of: &'static str,
    pub which: Which,
}

/// Which of the case's outcomes is explained.
#[derive(Clone, Copy)]
pub enum Which {
    /// By its place, from 0.
    Place(usize),
    /// Of a rule, from 0.
    Rule(&'static str, usize),
}

const CONTRACT: &str = r#"{"case":"u","event":"avtal_tecknat","date":"2024-01-02"}
{"case":"u","event":"rapport","date":"2024-02-05","tid":"60 minuter"}
{"case":"u","event":"rapport","date":"2024-07-08","tid":"20 minuter"}
"#;

const NOTICE: &str = r#"{"case":"u","event":"avtal_tecknat","date":"2024-01-02"}
{"case":"u","event":"avtal_sagt_upp","date":"2024-07-10","upphör":"2024-08-01"}
"#;

const VISITS: &str = r#"{"case":"u","event":"besök","date":"2024-02-10","kund":"kund-1","personal":"Ada","tid":"30 minuter","gjort":"städ"}
{"case":"u","event":"besök","date":"2024-02-18","kund":"kund-1","personal":"Bo","tid":"45 minuter","gjort":"inköp"}
{"case":"u","event":"besök","date":"2024-02-20","kund":"kund-2","personal":"Ada","tid":"20 minuter","gjort":"tvätt"}
{"case":"u","event":"besök","date":"2024-02-27","kund":"kund-2","personal":"Cilla","tid":"15 minuter","gjort":"tvätt"}
{"case":"u","event":"besök","date":"2024-02-28","kund":"kund-3","personal":"Cilla","tid":"15 minuter","gjort":"tvätt"}
{"case":"u","event":"månadsslut","date":"2024-02-29","beställda":["städ"]}
"#;

const APPLICATION: &str = r#"{"case":"u","event":"avtal_tecknat","date":"2024-01-02"}
{"case":"u","event":"besök","date":"2024-02-27","kund":"kund-2","personal":"Cilla","tid":"15 minuter","gjort":"tvätt"}
{"case":"u","event":"ansökan","date":"2024-03-15","hemort":false,"antal_anställda":104,"starten":"2024-05-01"}
{"case":"u","event":"ansökan","date":"2024-03-16","hemort":true,"antal_anställda":4,"starten":"2024-06-01"}
{"case":"u","event":"rapport","date":"2024-03-25","tid":"20 minuter"}
"#;

const MEETINGS: &str = r#"{"event":"informationsmöte_hållet","date":"2022-05-31"}
{"event":"informationsmöte_hållet","date":"2022-07-01"}
{"event":"informationsmöte_hållet","date":"2022-08-24"}
"#;

const APPLICANT: &str = r#"{"case":"sok-002","event":"ansökan_granskad","date":"2024-02-05","inkom":"2024-01-08","tillstånd":"beviljat","tillstånd_från":"2024-02-05","registrerad":true,"ägare_redovisade":true,"erfarenhet_och_organisation":true,"brott_i_yrket":false,"tidigare_hävning":false,"ekonomisk_ställning":true,"skatter_och_avgifter":true,"kompetent_chef":true,"insatser":["omvårdnad","servicetjänster","mat_och_måltider","följeslagare","avlösning","trygghetslarm"],"dygnet_runt":true}
{"case":"sok-002","event":"möte_med_sökanden","date":"2024-02-19","närvarande":["ägare","styrelse","driftansvarig"],"ledningssystem_redovisat":true,"rutiner":["kontakt_med_dsk_läkare","delegering","dokumentation","trygghetslarm","den_enskilde_öppnar_inte","den_enskilde_är_inte_hemma","den_enskilde_är_svårt_sjuk","vård_i_livets_slutskede","dödsfall","synpunkter_och_klagomål","avvikelser","förändrade_behov","bemanning","rekrytering_och_introduktion","kompetens","tystnadsplikt","muta_gåvor_och_testamente","kontaktmannaskap","egna_medel","basala_hygienrutiner","egenkontroll_mat","undernäring","samverkan_och_samarbete"]}
"#;

pub const SCENARIOS: &[Scenario] = &[
    Scenario {
        name: "cap_notified_on_the_14th",
        ruleset: "ljungby",
        events: r#"{"case":"utf-017","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-017","event":"kapacitetstak_anmält","date":"2025-04-14","nytt_tak":"400 timmar","berörda_omval":0}
"#,
        as_of: "2025-04-30",
        which: Which::Place(2),
    },
    Scenario {
        name: "cap_notified_on_the_16th",
        ruleset: "ljungby",
        events: r#"{"case":"utf-018","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-018","event":"kapacitetstak_anmält","date":"2025-12-16","nytt_tak":"300 timmar"}
"#,
        as_of: "2025-12-31",
        which: Which::Place(2),
    },
    Scenario {
        name: "cap_lowered_too_far_is_denied",
        ruleset: "ljungby",
        events: r#"{"case":"utf-019","event":"avtal_tecknat","date":"2025-02-20","avtalsstart":"2025-03-01","kapacitetstak":"350 timmar"}
{"case":"utf-019","event":"kapacitetstak_anmält","date":"2025-09-10","nytt_tak":"300 timmar","berörda_omval":2}
"#,
        as_of: "2025-09-30",
        which: Which::Place(2),
    },
    Scenario {
        name: "cap_unknown_is_undetermined",
        ruleset: "ljungby",
        events: r#"{"case":"utf-020","event":"kapacitetstak_anmält","date":"2025-09-10","nytt_tak":"300 timmar","berörda_omval":2}
"#,
        as_of: "2025-09-30",
        which: Which::Place(0),
    },
    Scenario {
        name: "winding_down_three_months_to_the_day",
        ruleset: "ljungby",
        events: r#"{"case":"utf-021","event":"avveckling_anmäld","date":"2025-11-30","upphör":"2026-02-28"}
{"case":"utf-021","event":"valbarhet_borttagen","date":"2025-12-05"}
"#,
        as_of: "2026-01-31",
        which: Which::Place(2),
    },
    Scenario {
        name: "winding_down_told_too_late",
        ruleset: "ljungby",
        events: r#"{"case":"utf-022","event":"avveckling_anmäld","date":"2025-12-01","upphör":"2026-02-28"}
"#,
        as_of: "2025-12-31",
        which: Which::Place(1),
    },
    Scenario {
        name: "winding_down_not_in_writing",
        ruleset: "ljungby",
        events: r#"{"case":"utf-023","event":"avveckling_anmäld","date":"2025-09-15","upphör":"2026-03-31","skriftligt":false}
"#,
        as_of: "2025-12-31",
        which: Which::Place(0),
    },
    Scenario {
        name: "switch_done_late",
        ruleset: "ljungby",
        events: r#"{"case":"omt-001","event":"omval_registrerat","date":"2025-05-28","meddelat":"2025-05-30"}
{"case":"omt-001","event":"utförarbyte_genomfört","date":"2025-06-16"}
"#,
        as_of: "2025-06-30",
        which: Which::Place(0),
    },
    Scenario {
        name: "no_choice_in_three_days",
        ruleset: "ljungby",
        events: r#"{"case":"omt-002","event":"servicebeslut_meddelat","date":"2025-04-14"}
"#,
        as_of: "2025-04-30",
        which: Which::Place(1),
    },
    Scenario {
        name: "switch_by_the_20th_read_by_the_examples",
        ruleset: "norrkoping",
        events: r#"{"case":"htt-001","event":"byte_begärt","date":"2018-06-20"}
"#,
        as_of: "2018-07-01",
        which: Which::Place(0),
    },
    Scenario {
        name: "application_that_fails_twice",
        ruleset: "norrkoping",
        events: r#"{"case":"sok-001","event":"ansökan_inkommen","date":"2018-08-01","kanal":"annan","fullständig":true}
"#,
        as_of: "2018-08-31",
        which: Which::Place(0),
    },
    Scenario {
        name: "home_care_without_a_permit",
        ruleset: "norrkoping",
        events: r#"{"case":"utf-301","event":"hemtjänst_utförd","date":"2019-01-01","tillstånd":false}
"#,
        as_of: "2019-01-31",
        which: Which::Place(0),
    },
    Scenario {
        name: "contract_lapses_without_customers",
        ruleset: "stockholm",
        events: r#"{"case":"utf-401","event":"avtal_tecknat","date":"2024-02-10","avtalsstart":"2024-02-29"}
{"case":"utf-401","event":"kundantal","date":"2025-02-01","antal":0}
"#,
        as_of: "2025-03-31",
        which: Which::Place(3),
    },
    Scenario {
        name: "customers_never_reported",
        ruleset: "stockholm",
        events: r#"{"case":"utf-402","event":"avtal_tecknat","date":"2024-02-10","avtalsstart":"2024-03-01"}
"#,
        as_of: "2025-03-31",
        which: Which::Place(3),
    },
    Scenario {
        name: "few_customers_after_two_years",
        ruleset: "stockholm",
        events: r#"{"case":"utf-403","event":"avtal_tecknat","date":"2023-02-10","avtalsstart":"2023-03-01"}
{"case":"utf-403","event":"kundantal","date":"2024-02-01","antal":4}
"#,
        as_of: "2025-03-31",
        which: Which::Place(3),
    },
    Scenario {
        name: "second_notice_changes_nothing",
        ruleset: "stockholm",
        events: r#"{"case":"utf-404","event":"avtal_tecknat","date":"2023-02-10","avtalsstart":"2023-03-01"}
{"case":"utf-404","event":"uppsägning","date":"2023-08-31","av":"utförare"}
{"case":"utf-404","event":"uppsägning","date":"2023-09-15","av":"staden"}
"#,
        as_of: "2023-09-30",
        which: Which::Place(4),
    },
    Scenario {
        name: "missed_every_quarter",
        ruleset: "prov",
        events: CONTRACT,
        as_of: "2024-09-10",
        which: Which::Rule("rapporteringen", 0),
    },
    Scenario {
        name: "missed_weeks",
        ruleset: "prov",
        events: CONTRACT,
        as_of: "2024-04-10",
        which: Which::Rule("rapporterad_tid", 0),
    },
    Scenario {
        name: "due_after_the_latest",
        ruleset: "prov",
        events: CONTRACT,
        as_of: "2024-09-10",
        which: Which::Rule("besöken_av_staden", 0),
    },
    Scenario {
        name: "missed_month",
        ruleset: "stockholm",
        events: MEETINGS,
        as_of: "2022-09-10",
        which: Which::Rule("informationsmöte_varje_månad", 0),
    },
    Scenario {
        name: "lapsed_with_the_contract",
        ruleset: "prov",
        events: NOTICE,
        as_of: "2024-09-30",
        which: Which::Rule("uppsägningen_besvaras", 0),
    },
    Scenario {
        name: "rules_that_contradict",
        ruleset: "prov",
        events: NOTICE,
        as_of: "2024-09-30",
        which: Which::Rule("högre_nivå", 0),
    },
    Scenario {
        name: "permission_that_is_forbidden",
        ruleset: "prov",
        events: NOTICE,
        as_of: "2024-09-30",
        which: Which::Rule("får_höja", 0),
    },
    Scenario {
        name: "look_back_with_groups",
        ruleset: "prov",
        events: VISITS,
        as_of: "2024-03-01",
        which: Which::Rule("månadens_besök", 0),
    },
    Scenario {
        name: "look_back_share",
        ruleset: "prov",
        events: VISITS,
        as_of: "2024-03-01",
        which: Which::Rule("månadens_besök", 1),
    },
    Scenario {
        name: "look_back_sum_rounded",
        ruleset: "prov",
        events: VISITS,
        as_of: "2024-03-01",
        which: Which::Rule("månadens_besök", 2),
    },
    Scenario {
        name: "look_back_set",
        ruleset: "prov",
        events: VISITS,
        as_of: "2024-03-01",
        which: Which::Rule("månadens_besök", 3),
    },
    Scenario {
        name: "rows_that_contradict",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("zonen", 0),
    },
    Scenario {
        name: "row_that_fits",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("städtid", 1),
    },
    Scenario {
        name: "exception_that_withholds",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("inget_besök", 0),
    },
    Scenario {
        name: "nothing_found_looking_back",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("inget_besök", 1),
    },
    Scenario {
        name: "denied_by_two_rules",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("ansökan_prövas", 0),
    },
    Scenario {
        name: "negated_parts",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("ansökan_noteras", 1),
    },
    Scenario {
        name: "norm_done_late",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("svar_bör_ges", 0),
    },
    Scenario {
        name: "constant_not_yet_in_force",
        ruleset: "prov",
        events: APPLICATION,
        as_of: "2024-03-31",
        which: Which::Rule("höjningen", 0),
    },
    Scenario {
        name: "granted_by_two_rules",
        ruleset: "stockholm",
        events: APPLICANT,
        as_of: "2024-02-29",
        which: Which::Rule("hela_uppdraget", 0),
    },
    Scenario {
        name: "routines_missing",
        ruleset: "stockholm",
        events: APPLICANT,
        as_of: "2024-02-29",
        which: Which::Rule("ansökan_steg_2", 0),
    },
    Scenario {
        name: "permit_ends_at_once",
        ruleset: "stockholm",
        events: r#"{"case":"utf-9","event":"tillstånd_upphört","date":"2024-12-31"}
"#,
        as_of: "2025-01-31",
        which: Which::Rule("tillstånd_upphör", 0),
    },
];
