//! Record batches out: what rules bring, a row for each outcome.

use std::sync::{Arc, LazyLock};

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, Date32Array, Decimal128Array, DictionaryArray, Int32Array, RecordBatch, StringArray,
    UInt16Array, UInt32Array,
};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};

use super::super::columns::Columns;
use super::super::outcome::{Group, OutcomeColumns};
use super::super::plan::What;
use crate::Language;
use crate::program::{Named, Program, RuleId};
use crate::record::{AMOUNT, millionths, outcome_cells, write_outcome};
use crate::run::{Case, Happening, KindName, Outcome};
use crate::time::Day;
use crate::value::{RateBase, Value, scale};
use crate::words;

static SCHEMA: LazyLock<SchemaRef> = LazyLock::new(|| {
    let named = || DataType::Dictionary(Box::new(DataType::Int32), Box::new(DataType::Utf8));
    let needs = DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true)));
    Arc::new(Schema::new(vec![
        Field::new("row", DataType::UInt32, false),
        Field::new("rule", named(), false),
        Field::new("branch", DataType::UInt16, false),
        Field::new("effect", DataType::UInt16, true),
        Field::new("kind", named(), false),
        Field::new("subject", named(), true),
        Field::new("of", DataType::Utf8, true),
        Field::new("role", named(), true),
        Field::new("action", named(), true),
        Field::new("value", DataType::Utf8, true),
        Field::new("amount", DataType::Decimal128(AMOUNT.0, AMOUNT.1), true),
        Field::new("unit", named(), true),
        Field::new("fired", DataType::Date32, true),
        Field::new("from", DataType::Date32, true),
        Field::new("through", DataType::Date32, true),
        Field::new("needs", needs, true),
        Field::new("outcome", DataType::Utf8, true),
    ]))
});

impl OutcomeColumns {
    /// The columns of [`to_record_batch`](OutcomeColumns::to_record_batch), always the same.
    pub fn schema() -> SchemaRef {
        Arc::clone(&SCHEMA)
    }

    /// What the rules bring as one record batch: a row for each outcome, in the order of the groups, then the others.
    /// `columns` are those that were decided.
    ///
    /// | column | type | what |
    /// | --- | --- | --- |
    /// | `row` | `UInt32` | the row of the event, from 0: what an input is joined by |
    /// | `rule` | names | the rule |
    /// | `branch` | `UInt16` | 0 for an effect that always applies, then the branch's number |
    /// | `effect` | `UInt16` | which effect of the branch, from 0; null for the others |
    /// | `kind` | names | as in the outcomes of a run: `begins`, `ends`, `becomes`, `duty`, `may`, `must_not`, `finding`, `note`, `value`; of the others also `undetermined`, `conflict`, … |
    /// | `subject` | names | the fact, or the value handed out |
    /// | `of` | `Utf8` | the value that the fact is for |
    /// | `role`, `action` | names | of a duty, a permission, a prohibition |
    /// | `value` | `Utf8` | the value in words; names of enumerations as declared |
    /// | `amount` | `Decimal128(25, 6)` | the value as a number |
    /// | `unit` | names | of the amount: `SEK`, `minutes`, `days`, `months`, `percent` |
    /// | `fired` | `Date32` | the day the rule fired |
    /// | `from` | `Date32` | the first day; of what ends the first day without it |
    /// | `through` | `Date32` | the last day, included; of a duty the last day in time |
    /// | `needs` | `List<Utf8>` | of an undetermined one, what is missing |
    /// | `outcome` | `Utf8` | of the others, the whole outcome as a line of JSON |
    ///
    /// Names are `Dictionary(Int32, Utf8)`. The others are what [`run`](crate::run) says of rows that do not tell.
    ///
    /// # Errors
    /// When there are more outcomes than an array of texts can hold, two gigabytes of letters.
    pub fn to_record_batch(
        &self,
        program: &Program,
        columns: &Columns,
        language: Language,
    ) -> Result<RecordBatch, ArrowError> {
        let mut rows = Rows::new(program, self, columns, language);
        for group in &self.groups {
            rows.group(group);
        }
        for (row, outcome) in &self.others {
            rows.other(*row, outcome);
        }
        rows.finish()
    }
}

/// The name of what an effect brings.
fn kind(what: What) -> KindName {
    match what {
        What::Begins(_) => KindName::Begins,
        What::Ends(_) => KindName::Ends,
        What::Becomes(_) => KindName::Becomes,
        What::Duty(..) => KindName::Duty,
        What::May(..) => KindName::May,
        What::MustNot(..) => KindName::MustNot,
        What::Finding => KindName::Finding,
        What::Note => KindName::Note,
        What::Value(_) => KindName::Value,
    }
}

/// Names, each held once.
#[derive(Default)]
struct Names {
    names: Vec<String>,
    keys: Vec<Option<i32>>,
}

impl Names {
    fn push(&mut self, name: Option<&str>, times: usize) {
        let key = name.map(|name| {
            let place = self.names.iter().position(|known| known == name).unwrap_or_else(|| {
                self.names.push(name.to_owned());
                self.names.len().saturating_sub(1)
            });
            i32::try_from(place).unwrap_or(i32::MAX)
        });
        self.keys.extend(std::iter::repeat_n(key, times));
    }

    fn finish(self) -> Result<ArrayRef, ArrowError> {
        let (keys, names) = (Int32Array::from(self.keys), StringArray::from(self.names));
        Ok(Arc::new(DictionaryArray::<Int32Type>::try_new(keys, Arc::new(names))?))
    }
}

/// The rows that are being put together.
struct Rows<'a> {
    program: &'a Program,
    outcomes: &'a OutcomeColumns,
    columns: &'a Columns,
    language: Language,
    row: Vec<u32>,
    rule: Names,
    branch: Vec<u16>,
    effect: Vec<Option<u16>>,
    kind: Names,
    subject: Names,
    of: StringBuilder,
    role: Names,
    action: Names,
    value: StringBuilder,
    amount: Vec<Option<i128>>,
    unit: Names,
    fired: Vec<Option<i32>>,
    from: Vec<Option<i32>>,
    through: Vec<Option<i32>>,
    needs: ListBuilder<StringBuilder>,
    outcome: StringBuilder,
}

impl<'a> Rows<'a> {
    fn new(
        program: &'a Program,
        outcomes: &'a OutcomeColumns,
        columns: &'a Columns,
        language: Language,
    ) -> Rows<'a> {
        Rows {
            program,
            outcomes,
            columns,
            language,
            row: Vec::new(),
            rule: Names::default(),
            branch: Vec::new(),
            effect: Vec::new(),
            kind: Names::default(),
            subject: Names::default(),
            of: StringBuilder::new(),
            role: Names::default(),
            action: Names::default(),
            value: StringBuilder::new(),
            amount: Vec::new(),
            unit: Names::default(),
            fired: Vec::new(),
            from: Vec::new(),
            through: Vec::new(),
            needs: ListBuilder::new(StringBuilder::new()),
            outcome: StringBuilder::new(),
        }
    }

    fn rule(&self, rule: Option<RuleId>) -> &'a str {
        let rule = rule.and_then(|rule| self.program.rules.get(rule.index()));
        rule.map_or("", |rule| rule.named.name.as_str())
    }

    fn say(&self, value: Value) -> String {
        words::value_by_name(self.program, &self.outcomes.pool, value, self.language)
    }

    fn group(&mut self, group: &Group) {
        let program = self.program;
        let count = group.rows.len();
        let name = |names: &'a [Named], place: usize| names.get(place).map(|named| named.name.as_str());
        let (subject, role, action) = match group.what {
            What::Begins(fact) | What::Ends(fact) | What::Becomes(fact) => {
                (program.facts.get(fact.index()).map(|fact| fact.named.name.as_str()), None, None)
            }
            What::Duty(_, role, action) | What::May(role, action) | What::MustNot(role, action) => {
                (None, name(&program.roles, role.index()), name(&program.actions, action.index()))
            }
            What::Value(result) => (name(&program.results, result.index()), None, None),
            What::Finding | What::Note => (None, None, None),
        };
        self.rule.push(Some(self.rule(Some(group.rule))), count);
        self.kind.push(Some(kind(group.what).as_str()), count);
        self.subject.push(subject, count);
        self.role.push(role, count);
        self.action.push(action, count);
        self.branch.extend(std::iter::repeat_n(group.branch, count));
        self.effect.extend(std::iter::repeat_n(Some(group.effect), count));
        let day =
            |days: &Option<Vec<i32>>, place: usize| days.as_ref().and_then(|days| days.get(place).copied());
        for (place, row) in group.rows.iter().enumerate() {
            self.row.push(*row);
            let own = || self.columns.dates.get(*row as usize).copied();
            self.fired.push(day(&group.fired, place).or_else(own));
            self.from.push(day(&group.from, place));
            self.through.push(day(&group.through, place));
            let value =
                |values: &Option<super::super::Values>| values.as_ref().and_then(|all| all.get(place));
            let of = value(&group.of).map(|of| self.say(of));
            self.of.append_option(of);
            self.value(value(&group.values));
            self.needs.append_null();
            self.outcome.append_null();
        }
    }

    /// A value in words and as an amount.
    fn value(&mut self, value: Option<Value>) {
        let said = value.map(|value| self.say(value));
        self.value.append_option(said);
        let (amount, unit) =
            value.and_then(measure).map_or((None, None), |(amount, unit)| (Some(amount), unit));
        self.amount.push(amount);
        self.unit.push(unit, 1);
    }

    /// An outcome of a run, whose line of JSON holds it whole.
    fn other(&mut self, row: u32, outcome: &Outcome) {
        let mut line = Vec::new();
        let case = self.case(row);
        write_outcome(self.program, &case, outcome, &self.outcomes.pool, &[], self.language, &mut line);
        let line = String::from_utf8_lossy(line.trim_ascii_end()).into_owned();
        let cells = outcome_cells(&line);
        let cell = |name: &str| cells.iter().find(|(own, _)| own == name).map(|(_, text)| &**text);
        let day = |names: &[&str]| {
            let day = names.iter().find_map(|name| cell(name)?.parse::<Day>().ok());
            day.map(Day::number)
        };
        let kind = outcome.kind.name();
        self.row.push(row);
        self.rule.push(Some(self.rule(outcome.rule)), 1);
        self.branch.push(outcome.branch);
        self.effect.push(None);
        self.kind.push(Some(kind.as_str()), 1);
        self.subject.push(cell("subject"), 1);
        self.of.append_option(cell("of"));
        self.role.push(cell("role"), 1);
        self.action.push(cell("action"), 1);
        self.value.append_option(cell("value"));
        self.amount.push(cell("amount").and_then(millionths));
        self.unit.push(cell("unit"), 1);
        self.fired.push(day(&["fired"]));
        self.from.push(match kind {
            KindName::Ends => day(&["on"]),
            _ => day(&["from", "not_before"]),
        });
        self.through.push(match kind {
            KindName::Duty => day(&["by", "on"]),
            _ => day(&["until", "by"]),
        });
        let needs: Option<Vec<String>> = cell("needs").and_then(|list| serde_json::from_str(list).ok());
        match needs {
            Some(needs) => self.needs.append_value(needs.into_iter().map(Some)),
            None => self.needs.append_null(),
        }
        self.outcome.append_value(&line);
    }

    /// The case of a row: its event and nothing else.
    fn case(&self, row: u32) -> Case {
        let date = self.columns.dates.get(row as usize).copied().and_then(Day::from_number);
        let mut fields = Vec::new();
        self.columns.row(row as usize, &mut fields);
        let event = Happening {
            event: self.outcomes.event,
            date: date.unwrap_or(Day::MIN),
            fields: fields.into(),
            line: row.saturating_add(1),
            span: None,
            field_spans: Box::default(),
            date_span: None,
        };
        Case::new("", crate::program::KindId(0), vec![event])
    }

    fn finish(mut self) -> Result<RecordBatch, ArrowError> {
        let amount = Decimal128Array::from(self.amount).with_precision_and_scale(AMOUNT.0, AMOUNT.1)?;
        let days = |days: Vec<Option<i32>>| Arc::new(Date32Array::from(days)) as ArrayRef;
        let columns: Vec<ArrayRef> = vec![
            Arc::new(UInt32Array::from(self.row)),
            self.rule.finish()?,
            Arc::new(UInt16Array::from(self.branch)),
            Arc::new(UInt16Array::from(self.effect)),
            self.kind.finish()?,
            self.subject.finish()?,
            Arc::new(self.of.finish()),
            self.role.finish()?,
            self.action.finish()?,
            Arc::new(self.value.finish()),
            Arc::new(amount),
            self.unit.finish()?,
            days(self.fired),
            days(self.from),
            days(self.through),
            Arc::new(self.needs.finish()),
            Arc::new(self.outcome.finish()),
        ];
        RecordBatch::try_new(OutcomeColumns::schema(), columns)
    }
}

/// A value as a number of millionths and its unit, the ones that outcomes have as `amount` and `unit`.
fn measure(value: Value) -> Option<(i128, Option<&'static str>)> {
    let times = |number: i64, parts: i64| {
        let millionths = i128::from(number).saturating_mul(i128::from(scale::NUMBER));
        millionths.checked_div(i128::from(parts)).unwrap_or(0)
    };
    Some(match value {
        Value::Count(number) => (times(number, 1), None),
        Value::Number(number) => (i128::from(number), None),
        Value::Amount(ore) => (times(ore, scale::KRONA), Some("SEK")),
        Value::Duration(seconds) => (times(seconds, scale::MINUTE), Some("minutes")),
        Value::Period(period) => match (period.months, period.days) {
            (0, days) => (times(i64::from(days), 1), Some("days")),
            (months, 0) => (times(i64::from(months), 1), Some("months")),
            _ => return None,
        },
        Value::Share { part, whole } => {
            if whole == 0 {
                return None;
            }
            let percent = words::rounded_percent(part, whole, i128::from(scale::NUMBER));
            (i128::from(percent), Some("percent"))
        }
        Value::Rate { base: RateBase::Count, amount, .. } => (times(amount, 1), None),
        Value::Rate { base: RateBase::Number, amount, .. } => (i128::from(amount), None),
        Value::Rate { base: RateBase::Amount, amount, .. } => (times(amount, scale::KRONA), Some("SEK")),
        Value::Rate { base: RateBase::Duration, amount, .. } => {
            (times(amount, scale::MINUTE), Some("minutes"))
        }
        _ => return None,
    })
}
