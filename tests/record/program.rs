//! A small program built by hand, with a field of every type.

use frist::Words;
use frist::program::*;
use frist::source::{SourceId, Span};
use frist::syntax::tree::CalendarUnit;
use frist::time::Day;
use frist::value::{ChoiceId, PerId, Pool, RateBase, Value};

/// How a field is left out.
pub enum Left {
    Required,
    Optional,
    Default(Value),
}
use Left::{Default, Optional, Required};

fn span() -> Span {
    Span::new(SourceId(0), 0, 0)
}

pub fn day(text: &str) -> Day {
    text.parse().unwrap()
}

pub fn named(name: &str, sv: &str, en: &str) -> Named {
    Named { name: name.into(), title: Words::new(sv, en), span: span() }
}

fn bare(name: &str) -> Named {
    named(name, name, name)
}

fn field(name: &str, ty: Type, left: Left) -> Field {
    let optional = matches!(left, Optional);
    let default = match left {
        Default(value) => Some(value),
        _ => None,
    };
    Field { named: bare(name), ty, optional, default }
}

fn event(name: &str, kinds: Kinds, fields: Vec<Field>) -> Event {
    Event { named: bare(name), kinds, fields, requirements: Vec::new(), grounds: Grounds::default() }
}

fn fact(name: &str, ty: Type, optional: bool, kinds: Kinds) -> Fact {
    Fact {
        named: bare(name),
        ty,
        optional,
        parameter: None,
        kinds,
        source: FactSource::Set(Value::Unknown),
        ends_with: None,
        grounds: Grounds::default(),
        rank: 0,
    }
}

fn rule(name: &str) -> Rule {
    Rule {
        named: bare(name),
        kinds: Kinds::ALL,
        in_force: None,
        in_force_span: None,
        exception: None,
        grounds: Grounds::default(),
        answers: Vec::new(),
        trigger: Trigger::Always,
        trigger_span: None,
        while_: None,
        requirements: None,
        lets: Vec::new(),
        locals: 0,
        always: Vec::new(),
        branches: Vec::new(),
        examples: Vec::new(),
        guarantees: Vec::new(),
        language: frist::Language::Swedish,
        span: span(),
    }
}

fn citation(section: &str, anchor: &str, number: Option<u32>) -> Citation {
    Citation {
        document: DocumentId(0),
        section: Some(section.into()),
        anchor: Some(anchor.into()),
        number,
        span: span(),
    }
}

/// The kinds of case.
pub const PROVIDER: KindId = KindId(0);
pub const CLIENT: KindId = KindId(1);
pub const MUNICIPALITY: KindId = KindId(2);

/// Every type that a field can have, by the name of its field in the event `allt`.
pub fn types() -> Vec<(&'static str, Type)> {
    vec![
        ("dag", Type::Date),
        ("tidpunkt", Type::Moment),
        ("klockan", Type::Clock),
        ("sant", Type::YesNo),
        ("antal", Type::Count),
        ("tal", Type::Number),
        ("belopp", Type::Amount),
        ("andel", Type::Share),
        ("tid", Type::Duration),
        ("period", Type::Period),
        ("fritext", Type::Text),
        ("rutin", Type::Choice(TypeId(1))),
        ("vem", Type::Role),
        ("per_vad", Type::Word),
        ("texter", Type::Set(Element::Text)),
        ("rutiner", Type::Set(Element::Choice(TypeId(1)))),
        ("dagar", Type::Set(Element::Date)),
        ("nummer", Type::Set(Element::Count)),
        ("vilka", Type::Set(Element::Role)),
        ("i_veckan", Type::Rate(RateBase::Duration, PerId::Unit(CalendarUnit::Week))),
        ("per_tillfälle", Type::Rate(RateBase::Duration, PerId::Word(0))),
        ("avgift", Type::Rate(RateBase::Amount, PerId::Unit(CalendarUnit::Month))),
        ("besök", Type::Rate(RateBase::Count, PerId::Unit(CalendarUnit::Day))),
        ("snitt", Type::Rate(RateBase::Number, PerId::Unit(CalendarUnit::Year))),
    ]
}

/// The program.
pub fn program() -> Program {
    let provider = Kinds::one(PROVIDER);
    let yes = Value::YesNo(true);
    let events = vec![
        event(
            "ingående_läge",
            Kinds::default(),
            vec![
                field("avtal", Type::YesNo, Optional),
                field("kapacitetstak", Type::Duration, Optional),
                field("ickeval", Type::YesNo, Optional),
            ],
        ),
        event(
            "kapacitetstak_anmält",
            provider,
            vec![
                field("nytt_tak", Type::Duration, Required),
                field("berörda_omval", Type::Count, Default(Value::Count(0))),
            ],
        ),
        event(
            "uppsägning",
            provider,
            vec![
                field("av", Type::Choice(TypeId(0)), Required),
                field("skriftligt", Type::YesNo, Default(yes)),
            ],
        ),
        event("allt", provider, types().into_iter().map(|(name, ty)| field(name, ty, Optional)).collect()),
        event("servicebeslut_meddelat", Kinds::one(CLIENT), vec![]),
        event("utförare_vald", Kinds::one(CLIENT), vec![field("utförare", Type::Text, Optional)]),
        event("budget_beslutad", Kinds::one(MUNICIPALITY), vec![field("belopp", Type::Amount, Required)]),
        event("samtal", provider.or(Kinds::one(CLIENT)), vec![field("längd", Type::Duration, Optional)]),
    ];
    let facts = vec![
        fact("avtal", Type::YesNo, false, provider),
        fact("kapacitetstak", Type::Duration, true, provider),
        fact("ickeval", Type::YesNo, false, Kinds::one(CLIENT)),
    ];
    let types = vec![
        Enumeration { named: bare("av"), values: vec![bare("kommunen"), bare("utförare")] },
        Enumeration {
            named: bare("rutin"),
            values: vec![
                named("lex_sarah", "Lex Sarah", "Lex Sarah"),
                named("brandskydd", "brandskydd", "fire safety"),
            ],
        },
    ];
    let answers = vec![
        Answer { named: bare("mottagen_dag"), reason: None, text_only: false },
        Answer { named: bare("avsänd_dag"), reason: None, text_only: false },
    ];
    let rules: Vec<Rule> = ["höja_eller_sänka_tak", "undantaget", "säga_upp"].map(rule).into();
    let opening = (0..facts.len())
        .map(|fact| OpeningField { fact: FactId::at(fact), of: None, optional: facts[fact].optional })
        .collect();
    let mut program = Program {
        header: Header {
            name: "ljungby".into(),
            title: Words::new("Kundval i hemtjänst", "Customer choice in home care"),
            municipality: None,
            in_force: DayRange { from: day("2025-02-17"), through: None },
            in_force_span: None,
            version: Some("5".into()),
            revise_by: None,
            months: None,
            move_last_days: None,
            weekday: None,
            span: span(),
        },
        kinds: vec![bare("utförare"), bare("omsorgstagare"), bare("kommunen")],
        roles: vec![named("utförare", "utföraren", "the provider"), bare("arbetsgrupp_LOV")],
        actions: vec![bare("ta_bort_valbarhet")],
        counting_words: vec![named("tillfälle", "tillfälle", "occasion"), bare("barn")],
        types,
        events,
        opening_state: EventId(0),
        opening,
        facts,
        constants: vec![],
        calendars: vec![],
        tables: vec![],
        functions: vec![],
        questions: Vec::new(),
        readings: vec![Reading {
            named: bare("räkna_från"),
            answers,
            chosen: 0,
            grounds: Grounds::default(),
        }],
        documents: vec![Document { named: bare("rutin"), publisher: None, file: None, sha256: None }],
        citations: vec![
            citation("Kapacitetstak", "7c1e09aa", None),
            citation("Uppsägning", "11aa02be", Some(2)),
        ],
        results: vec![bare("schablontid")],
        rules,
        duties: vec![],
        left_out: vec![],
        guarantees: vec![],
        code: code::Code::default(),
        pool: Pool::default(),
        index: Index::default(),
    };
    program.index = Index::of(&program);
    program
}

/// A value of the enumeration `rutin`.
pub fn routine(value: u16) -> Value {
    Value::Choice(ChoiceId { of: 1, value })
}
