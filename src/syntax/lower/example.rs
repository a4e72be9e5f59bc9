//! Examples.

use super::*;

impl Lowering<'_> {
    /// `exempel …`, and `förlopp: …` by itself.
    pub(super) fn example(&mut self, pair: Pair<'_>) -> Lowered<Example> {
        let span = self.span(&pair);
        let mut example = Example {
            from_source: false,
            readings: Vec::new(),
            given: Given::Fields(Vec::new()),
            facts: Vec::new(),
            expected: Vec::new(),
            grounds: Grounds::default(),
            span,
        };
        for part in pair.into_inner() {
            match part.as_rule() {
                Rule::k_from_the_source => example.from_source = true,
                Rule::in_reading => self.add_readings(&mut example, part),
                Rule::fields => example.given = Given::Fields(self.assignments(part)?),
                Rule::course => {
                    for readings in
                        part.clone().into_inner().filter(|part| part.as_rule() == Rule::in_reading)
                    {
                        self.add_readings(&mut example, readings);
                    }
                    example.given = self.course(part)?;
                }
                Rule::with_fact => {
                    for fact in part.into_inner().filter(|fact| fact.as_rule() == Rule::fact_value) {
                        let mut parts = Parts::new(fact);
                        let named = parts.must(self, Rule::fact_ref)?;
                        let named = self.fact_ref(named)?;
                        example.facts.push((named, self.next_expression(&mut parts)?));
                    }
                }
                // After the facts it is the course's own, as it is before them.
                Rule::as_of_day => {
                    let day = self.as_of_day(part)?;
                    if let Given::Course { as_of, .. } = &mut example.given {
                        as_of.get_or_insert(day);
                    }
                }
                Rule::expected => example.expected = self.expected(part)?,
                Rule::grounds => self.add_grounds(&mut example.grounds, part)?,
                _ => {}
            }
        }
        Ok(example)
    }

    fn add_readings(&mut self, example: &mut Example, pair: Pair<'_>) {
        let mut names = self.names(pair).into_iter();
        while let (Some(question), Some(answer)) = (names.next(), names.next()) {
            example.readings.push((question, answer));
        }
    }

    fn assignments(&mut self, pair: Pair<'_>) -> Lowered<Vec<(Name, Expr)>> {
        let mut fields = Vec::new();
        for part in pair.into_inner() {
            let mut parts = Parts::new(part);
            let name = parts.must(self, Rule::field_name)?;
            let name = self.field_name(&name);
            fields.push((name, self.next_expression(&mut parts)?));
        }
        Ok(fields)
    }

    fn course(&mut self, pair: Pair<'_>) -> Lowered<Given> {
        let mut events = Vec::new();
        let mut as_of = None;
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::course_event => {
                    let mut parts = Parts::new(part);
                    let date = parts.must(self, Rule::day)?;
                    let date = self.day(&date)?;
                    let event = parts.must(self, Rule::name)?;
                    let event = self.name(&event);
                    let fields =
                        parts.take(Rule::fields).map(|fields| self.assignments(fields)).transpose()?;
                    events.push(CourseEvent { date, event, fields: fields.unwrap_or_default(), span });
                }
                Rule::as_of_day => as_of = Some(self.as_of_day(part)?),
                _ => {}
            }
        }
        Ok(Given::Course { events, as_of })
    }

    fn as_of_day(&mut self, pair: Pair<'_>) -> Lowered<DayLiteral> {
        let mut parts = Parts::new(pair);
        parts.next();
        let day = parts.must(self, Rule::day)?;
        self.day(&day)
    }

    fn expected(&mut self, pair: Pair<'_>) -> Lowered<Vec<Expected>> {
        let before = std::mem::replace(&mut self.in_expected, true);
        let mut expected = Vec::new();
        for part in pair.into_inner() {
            let span = self.span(&part);
            match part.as_rule() {
                Rule::k_and | Rule::k_nothing => {}
                Rule::k_undetermined => expected.push(Expected::Undetermined(span)),
                Rule::k_conflict => expected.push(Expected::Conflict(span)),
                Rule::status_expected => {
                    let mut parts = Parts::new(part);
                    let action = parts.must(self, Rule::name)?;
                    let action = self.name(&action);
                    parts.take(Rule::k_is);
                    let status = parts.must(self, Rule::status)?;
                    expected.push(Expected::DutyStatus { action, status: date::duty_state(&status), span });
                }
                _ => expected.push(Expected::Effect(self.expected_effect(part)?)),
            }
        }
        self.in_expected = before;
        Ok(expected)
    }
}
