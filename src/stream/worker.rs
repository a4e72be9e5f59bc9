//! One thread's work: cases put together from their runs, decided and written.

use super::Form;
use super::bytes::Bytes;
use super::cases::{Decided, Shared, earlier};
use super::grouping::counts;
use super::kept;
use super::place::{HERE, Located, Told};
use super::runs::Run;
use super::told::Part;
use crate::batch::Lone;
use crate::diagnostics::Diagnostic;
use crate::program::KindId;
use crate::record::{Blanks, Heads, OutOfOrder, kind_of, together, write_outcome_row};
use crate::run::{Case, run_one};
use crate::source::Span;
use crate::value::{Pool, Value};

/// An event of the case at hand.
struct Event<'b> {
    /// Where the line stands that it corrects.
    corrects: Option<u64>,
    bytes: Bytes<'b>,
}

impl Event<'_> {
    /// Where it counts as standing, and where it stands.
    fn place(&self) -> (u64, Located) {
        let own = kept::place(self.bytes);
        (self.corrects.unwrap_or_else(|| own.place()), own)
    }
}

/// Puts cases together and decides them.
pub(super) struct Worker<'w> {
    shared: &'w Shared<'w>,
    /// The texts and sets of the program, and of the case at hand.
    pool: Pool,
    own: (usize, usize),
    decided: Decided,
    /// Outcomes to be written as rows.
    json: Vec<u8>,
    heads: Heads,
    /// How cases of one event are decided and written, where they need no run.
    lone: Option<(Lone<'w, 'w>, Blanks<'w>)>,
    /// The fields of such an event.
    fields: Vec<Value>,
}

impl<'w> Worker<'w> {
    /// A worker who has done nothing yet.
    pub fn new(shared: &'w Shared<'w>) -> Worker<'w> {
        let program = shared.ruleset.program();
        let pool = program.pool.clone();
        let lone = shared
            .lone
            .as_ref()
            .map(|plans| (Lone::new(plans), Blanks::new(program, shared.language, plans.patterns())));
        Worker {
            shared,
            own: pool.size(),
            pool,
            decided: Decided::default(),
            json: Vec::new(),
            heads: Heads::default(),
            lone,
            fields: Vec::new(),
        }
    }

    /// Decides the cases of a batch.
    pub fn batch(&mut self, batch: &[u8]) -> Decided {
        self.decided.lines = self.shared.spare.take();
        let mut bytes = Bytes(batch);
        let mut events: Vec<Event<'_>> = Vec::new();
        let mut case: &[u8] = &[];
        while !bytes.0.is_empty() {
            let mut run = Run::of(bytes.text());
            if run.case != case {
                self.case(case, &mut events);
                case = run.case;
            }
            let (superseded, corrects) = (self.shared.superseded, run.corrects);
            while let Some(bytes) = run.next_event() {
                let event = Event { corrects, bytes };
                let stands = || {
                    let (place, own) = event.place();
                    counts(place, own.place(), superseded)
                };
                if superseded.is_empty() || stands() {
                    events.push(event);
                }
            }
        }
        self.case(case, &mut events);
        self.done()
    }

    /// What has been decided since this was last asked.
    pub fn done(&mut self) -> Decided {
        std::mem::take(&mut self.decided)
    }

    /// Puts a case together and decides it.
    fn case(&mut self, name: &[u8], events: &mut Vec<Event<'_>>) {
        if events.is_empty() {
            return;
        }
        if let [event] = events.as_slice()
            && self.alone(name, event.bytes).is_some()
        {
            events.clear();
            return;
        }
        // Lines have places in the order in which they stand; with corrections that is not the order that counts.
        let corrected = !self.shared.superseded.is_empty();
        if corrected {
            events.sort_by_cached_key(|event| event.place().1.place());
        }
        let mut lines: Vec<(u32, Located)> = Vec::with_capacity(events.len());
        let mut base = 0_u32;
        let mut kept = Vec::with_capacity(events.len());
        for event in events.iter() {
            let (place, own) = event.place();
            lines.push((base, own));
            kept.push((place, kept::get(event.bytes, base, &mut self.pool)));
            let length = own.end.saturating_sub(own.start);
            base = base.saturating_add(length).saturating_add(1);
        }
        events.clear();
        if corrected {
            kept.sort_by_key(|(place, _)| *place);
        }
        let kept = kept.into_iter().map(|(_, kept)| kept).collect();
        let (mut diagnostics, mut out_of_order) = (Vec::new(), OutOfOrder::default());
        let program = self.shared.ruleset.program();
        let name = String::from_utf8_lossy(name).into_owned();
        let (case, left_out) = together(program, name, kept, &mut diagnostics, &mut out_of_order);
        if !self.shared.lines_told {
            self.decided.disorder.0 = self.decided.disorder.0.saturating_add(out_of_order.count);
            let first = out_of_order
                .first
                .and_then(|(at, after)| Some((locate(&lines, at)?, locate(&lines, after)?)));
            self.decided.disorder.1 = earlier(self.decided.disorder.1, first);
            self.tell(Part::Lines, diagnostics, &lines);
        }
        let total = &mut self.decided.total;
        total.left_out = total.left_out.saturating_add(left_out as u64);
        let Some(case) = case else { return };
        total.latest = total.latest.max(case.events.last().map(|event| event.date));
        self.decide(&case, &lines);
        self.pool.shrink(self.own);
    }

    /// Decides a case of one event without a run, and writes what it brought; nothing when it needs a run.
    fn alone(&mut self, name: &[u8], event: Bytes<'_>) -> Option<()> {
        let kept::Bare { line, kinds, event, date } = kept::bare(event, &mut self.pool, &mut self.fields);
        let lone = self.lone.as_mut();
        let decided = lone.and_then(|(lone, blanks)| {
            Some((lone.decide(event, kind_of(kinds), date, &self.fields)?, blanks))
        });
        let done = decided.is_some();
        if let Some((filled, blanks)) = decided {
            let Decided { total, lines, .. } = &mut self.decided;
            total.cases = total.cases.saturating_add(1);
            total.events = total.events.saturating_add(1);
            total.outcomes = total.outcomes.saturating_add(filled.len() as u64);
            total.latest = total.latest.max(Some(date));
            let out = if self.shared.form == Form::Csv { &mut self.json } else { lines };
            blanks.turn_to(name, date, line);
            for (pattern, filling) in filled {
                blanks.write(*pattern, filling, &self.pool, out);
            }
        }
        self.end_rows();
        self.pool.shrink(self.own);
        done.then_some(())
    }

    /// Writes rows of a table of what stands as JSON.
    fn end_rows(&mut self) {
        for line in self.json.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()) {
            write_outcome_row(std::str::from_utf8(line).unwrap_or(""), &mut self.decided.lines);
        }
        self.json.clear();
    }

    /// Decides a case, and writes what it brought.
    pub fn decide(&mut self, case: &Case, lines: &[(u32, Located)]) {
        let ruleset = self.shared.ruleset;
        let program = ruleset.program();
        let total = &mut self.decided.total;
        total.cases = total.cases.saturating_add(1);
        total.events = total.events.saturating_add(case.events.len() as u64);
        total.municipal |= program.municipality_kind() == Some::<KindId>(case.kind);
        let Some(settings) = self.shared.settings else { return };
        let outcomes = run_one(program, settings, case, &mut self.pool, None);
        total.outcomes = total.outcomes.saturating_add(outcomes.outcomes.len() as u64);
        total.later_events = total.later_events.saturating_add(outcomes.later_events as u64);
        total.failed |= outcomes.diagnostics.iter().any(Diagnostic::is_error);
        if !outcomes.early_lines.is_empty() {
            self.tell(Part::Early, ruleset.early(case, &outcomes), lines);
        }
        let odd = ruleset.anomalies_in(case, &outcomes, &self.pool);
        self.tell(Part::Odd, odd, lines);
        let Shared { language, form, .. } = *self.shared;
        let out = if form == Form::Csv { &mut self.json } else { &mut self.decided.lines };
        let heads = &mut self.heads;
        ruleset.write_case(heads, case, settings, &outcomes.outcomes, &mut self.pool, language, out);
        self.end_rows();
        self.tell(Part::Failed, outcomes.diagnostics, lines);
    }

    fn tell(&mut self, part: Part, diagnostics: Vec<Diagnostic>, lines: &[(u32, Located)]) {
        let told = diagnostics.into_iter().map(|one| (part, Told::new(one, |span| locate(lines, span))));
        self.decided.told.extend(told);
    }
}

/// Where words of a case stand: its events, each with where it begins when all are laid end to end.
fn locate(lines: &[(u32, Located)], span: Span) -> Option<Located> {
    if span.source != HERE {
        return None;
    }
    let number = lines.partition_point(|(base, _)| *base <= span.start).checked_sub(1)?;
    let (base, own) = lines.get(number)?;
    let on_line = |byte: u32| byte.saturating_sub(*base).saturating_add(own.start);
    Some(Located { at: own.at, start: on_line(span.start), end: on_line(span.end) })
}
