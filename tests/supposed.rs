//! What a rule's expressions come to under suppositions: each thing that is supposed shows, and nothing else does.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test stops at the first surprise"
)]

mod support;

use frist::program::{ExprId, GuaranteeKind, Program, ReadingId, Trigger};
use frist::run::{Case, Settings, Trial, sets_off};
use frist::syntax::tree::{CalendarUnit, DutyState};
use frist::time::Day;
use frist::value::{Pool, Value};
use support::{day, load_texts};

const RULES: &str = r#"regelverk prov "Prov" en "Trials"
  gäller från 2025-01-01
  månader räknas enligt SFS 1930:173
roll nämnden "nämnden" en "the board"
åtgärd svara "svara" en "answer"
tolkning fråga "Hur räknas det?" en "How is it counted?"
  vald snävt "snävt" en "narrowly" skäl "så har det gjorts" en "it has been done so"
  annan vitt "vitt" en "widely"
händelse anmält
  antal_kunder: antal
händelse svarat
uppgift tak: ja/nej från början nej
regel ska_svara
  när anmält
  nämnden ska svara senast 10 dagar efter datum uppfylls av svarat
  garanti: sista_dagen är senast 2025-06-30
regel om_tidigare
  när anmält
  medan finns svarat
  tak gäller från dagen efter datum
  garanti: ikraftträdande är efter datum
regel om_försenat
  när anmält
  medan svara är försenad
  notering "försenat" en "overdue"
regel om_tak
  när anmält
  medan tak
  notering "tak" en "a cap"
regel om_fält
  när anmält
  medan antal_kunder = 3
  notering "tre" en "three"
regel om_dag
  när anmält
  medan händelsens datum är senast 2025-05-01 och datum är senast 2025-05-02
  notering "tidigt" en "early"
regel om_bytt
  när tak ändras
  medan föregående tak
  notering "bytt" en "changed"
regel om_namn
  när anmält
  låt fler = antal_kunder + 1
  om fler = 4
    notering "fyra" en "four"
  annars inget
"#;

struct Prov {
    program: Program,
    case: Case,
}

impl Prov {
    fn new() -> Prov {
        let program = load_texts([("prov.frist", RULES)]).program;
        let kind = frist::program::KindId(0);
        Prov { program, case: Case::new("a", kind, Vec::new()) }
    }

    /// What narrows a rule.
    fn condition(&self, rule: &str) -> ExprId {
        let rule = self.program.rules.iter().find(|known| known.named.name == rule).unwrap();
        rule.while_.or(rule.branches.first().and_then(|branch| branch.condition)).unwrap()
    }

    /// What a rule promises.
    fn promise(&self, rule: &str) -> ExprId {
        let rule = self.program.rules.iter().find(|known| known.named.name == rule).unwrap();
        let GuaranteeKind::Holds { condition, .. } = rule.guarantees[0].kind else { panic!("a condition") };
        condition
    }

    /// The value of an expression, and that of the last of its parts, which is the same.
    fn value(&self, expr: ExprId, suppose: impl Fn(&mut Trial<'_>)) -> Value {
        self.value_with(&Settings::as_of(day("2025-12-31")), expr, suppose)
    }

    fn value_with(&self, settings: &Settings, expr: ExprId, suppose: impl Fn(&mut Trial<'_>)) -> Value {
        let mut pool = Pool::default();
        let mut trial = Trial::new(&self.program, settings, &self.case, &mut pool);
        trial.set_off_by(self.program.event_named("anmält").unwrap(), None);
        trial.on(day("2025-05-01"), day("2025-05-02"));
        suppose(&mut trial);
        let value = trial.value(expr);
        let mut parts = Vec::new();
        trial.parts(expr, &mut parts);
        assert_eq!(parts.last(), Some(&value));
        value
    }
}

const YES: Value = Value::YesNo(true);
const NO: Value = Value::YesNo(false);

#[test]
fn looking_back_gives_what_is_supposed() {
    let prov = Prov::new();
    let condition = prov.condition("om_tidigare");
    assert_eq!(prov.value(condition, |_| {}), NO, "no event has happened");
    assert_eq!(prov.value(condition, |trial| trial.look_back(0, YES)), YES);
    assert_eq!(prov.value(condition, |trial| trial.look_back(0, Value::Unknown)), Value::Unknown);
    assert_eq!(prov.value(condition, |trial| trial.look_back(9, YES)), NO, "there is no such look back");
}

#[test]
fn a_duty_has_the_status_that_is_supposed() {
    let prov = Prov::new();
    let condition = prov.condition("om_försenat");
    let answer = prov.program.duties[0].action;
    assert_eq!(prov.value(condition, |_| {}), NO, "there is no duty");
    assert_eq!(prov.value(condition, |trial| trial.duty(answer, DutyState::Overdue, true)), YES);
    assert_eq!(prov.value(condition, |trial| trial.duty(answer, DutyState::Open, true)), NO);
    assert_eq!(prov.value(condition, |trial| trial.duty(answer, DutyState::Overdue, false)), NO);
}

#[test]
fn facts_are_as_supposed_today_and_the_day_before() {
    let prov = Prov::new();
    let cap = prov.program.facts.iter().position(|fact| fact.named.name == "tak").unwrap();
    let cap = frist::program::FactId::at(cap);
    let (now, before) = (prov.condition("om_tak"), prov.condition("om_bytt"));
    assert_eq!(prov.value(now, |_| {}), NO, "as from the start");
    assert_eq!(prov.value(now, |trial| trial.fact(cap, YES)), YES);
    assert_eq!(prov.value(before, |_| {}), NO);
    assert_eq!(prov.value(before, |trial| trial.fact_yesterday(cap, YES)), YES);
    assert_eq!(prov.value(now, |trial| trial.fact_yesterday(cap, YES)), NO, "yesterday is not today");
}

#[test]
fn the_event_has_the_days_and_fields_that_are_supposed() {
    let prov = Prov::new();
    let fields = prov.condition("om_fält");
    assert_eq!(prov.value(fields, |_| {}), Value::Unknown, "nobody has said");
    assert_eq!(prov.value(fields, |trial| trial.field(0, Value::Count(3))), YES);
    assert_eq!(prov.value(fields, |trial| trial.field(0, Value::Count(4))), NO);
    let days = prov.condition("om_dag");
    assert_eq!(prov.value(days, |_| {}), YES, "the event's day and the day it fires");
    let (first, second, third): (Day, Day, Day) = (day("2025-05-01"), day("2025-05-02"), day("2025-05-03"));
    assert_eq!(prov.value(days, |trial| trial.on(second, second)), NO, "the event's day is too late");
    assert_eq!(prov.value(days, |trial| trial.on(first, third)), NO, "it fires too late");
}

#[test]
fn a_promise_speaks_of_the_day_that_is_supposed() {
    let prov = Prov::new();
    let effect = prov.promise("om_tidigare");
    assert_eq!(prov.value(effect, |_| {}), Value::Unknown);
    assert_eq!(prov.value(effect, |trial| trial.effective(Some(day("2025-05-03")))), YES);
    assert_eq!(prov.value(effect, |trial| trial.effective(Some(day("2025-05-02")))), NO);
    let last = prov.promise("ska_svara");
    assert_eq!(prov.value(last, |_| {}), Value::Unknown);
    assert_eq!(prov.value(last, |trial| trial.last_day(Some(day("2025-06-30")))), YES);
    assert_eq!(prov.value(last, |trial| trial.last_day(Some(day("2025-07-01")))), NO);
}

#[test]
fn names_stand_for_what_is_supposed() {
    let prov = Prov::new();
    let condition = prov.condition("om_namn");
    let name = |trial: &mut Trial<'_>, value| {
        trial.locals(1);
        trial.local(0, Value::Count(value));
    };
    assert_eq!(prov.value(condition, |trial| name(trial, 4)), YES);
    assert_eq!(prov.value(condition, |trial| name(trial, 5)), NO);
    let forgotten = |trial: &mut Trial<'_>| {
        name(trial, 4);
        trial.locals(1);
    };
    assert_eq!(prov.value(condition, forgotten), Value::Unknown, "room for names holds none");
}

#[test]
fn other_readings_are_told() {
    let prov = Prov::new();
    let mut settings = Settings::as_of(day("2025-12-31"));
    let told = |settings: &Settings| {
        let mut pool = Pool::default();
        Trial::new(&prov.program, settings, &prov.case, &mut pool).readings()
    };
    assert_eq!(told(&settings), []);
    settings.readings.insert(ReadingId(0), 1);
    assert_eq!(told(&settings), [(ReadingId(0), 1)]);
}

#[test]
fn fields_are_found_where_the_rule_finds_them() {
    let prov = Prov::new();
    let condition = prov.condition("om_fält");
    let reported = prov.program.event_named("anmält").unwrap();
    let elsewhere = |trial: &mut Trial<'_>| {
        // A rule on several events of which this one lacks the field.
        trial.set_off_by(reported, Some(&[]));
        trial.field(0, Value::Count(3));
    };
    assert_eq!(prov.value(condition, elsewhere), Value::Unknown);
}

#[test]
fn texts_are_those_that_were_lent() {
    let prov = Prov::new();
    let mut pool = Pool::default();
    let name = pool.text("Ljungby");
    let settings = Settings::as_of(day("2025-12-31"));
    assert_eq!(Trial::new(&prov.program, &settings, &prov.case, &mut pool).texts().letters(name), "Ljungby");
}

#[test]
fn time_sets_a_rule_off_on_its_days_alone() {
    let first = day("2025-03-15");
    let on = |trigger: &Trigger, date: &str| sets_off(trigger, day(date), first);
    let monthly = Trigger::PeriodOver(CalendarUnit::Month);
    assert!(on(&monthly, "2025-04-30") && !on(&monthly, "2025-04-29") && !on(&monthly, "2025-03-15"));
    let yearly = Trigger::EveryYear { month: 2, day: 29 };
    assert!(on(&yearly, "2028-02-29") && on(&yearly, "2027-02-28") && !on(&yearly, "2028-02-28"));
    let once = Trigger::OnDay(day("2025-04-01"));
    assert!(on(&once, "2025-04-01") && !on(&once, "2025-04-02"));
    assert!(on(&Trigger::Always, "2025-03-15") && !on(&Trigger::Always, "2025-03-16"));
    let event = Trigger::Events { events: Vec::new(), where_: None };
    assert!(on(&event, "2025-03-15") && on(&event, "2025-04-29"), "an event comes any day");
}
