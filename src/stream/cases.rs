//! Cases decided one after another: put together from their runs, run, written.

use std::io;

use super::Step;
use super::bytes::{Bytes, put_text};
use super::grouping::{Superseded, counts};
use super::in_order::in_order;
use super::kept;
use super::place::{HERE, Located, Told};
use super::runs::{Run, RunReader, Runs};
use super::survey::Ground;
use super::told::Part;
use super::{Failure, Form, Options, TooMuch};
use crate::batch::{Lone, LonePlans};
use crate::diagnostics::Diagnostic;
use crate::program::KindId;
use crate::record::{Heads, OutOfOrder, kind_of, together, write_outcome_row, write_with};
use crate::run::{Case, Happening, Settings, run_one};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};
use crate::{Language, Ruleset};

/// So many bytes of events are worth handing to a thread.
const BATCH_BYTES: usize = 1 << 15;

/// What is done with each case.
pub(super) struct Work<'w> {
    pub ruleset: &'w Ruleset,
    pub options: &'w Options<'w>,
    pub superseded: &'w Superseded,
    /// How cases are decided; without it they are only put together.
    pub settings: Option<&'w Settings>,
    /// Whether what is wrong with their lines has been said.
    pub lines_told: bool,
    /// How many events there are.
    pub of: u64,
}

/// What is shared with the threads: options hold what only the calling thread may use.
struct Shared<'w> {
    ruleset: &'w Ruleset,
    superseded: &'w Superseded,
    settings: Option<&'w Settings>,
    /// How cases of one event are decided where they need no run.
    lone: Option<LonePlans<'w>>,
    lines_told: bool,
    form: Form,
    language: Language,
}

/// What all cases came to.
#[derive(Debug, Default)]
pub(super) struct Total {
    pub cases: u64,
    pub events: u64,
    pub outcomes: u64,
    pub later_events: u64,
    /// Lines left out as events of another kind of case.
    pub left_out: u64,
    /// The latest date.
    pub latest: Option<Day>,
    /// Whether the municipality's own case was among them.
    pub municipal: bool,
    pub failed: bool,
}

/// What came of some cases.
#[derive(Default)]
struct Decided {
    total: Total,
    lines: Vec<u8>,
    told: Vec<(Part, Told)>,
    /// Lines that stand after lines of later days: how many, and the first with the one before it.
    disorder: (usize, Option<(Located, Located)>),
}

/// Goes through all cases in their order. Outcomes are written to `out`, what there is to say is told.
pub(super) fn each(
    work: &Work<'_>,
    runs: &mut Runs<'_>,
    ground: &Ground<'_, '_>,
    out: &mut dyn io::Write,
) -> Result<Total, Failure> {
    let shared = Shared {
        ruleset: work.ruleset,
        superseded: work.superseded,
        settings: work.settings,
        lone: work.settings.map(|settings| LonePlans::new(work.ruleset.program(), settings)),
        lines_told: work.lines_told,
        form: work.options.form,
        language: work.options.language,
    };
    let mut sum = Decided::default();
    let mut batches = Batches {
        reader: runs.read().map_err(Failure::Scratch)?,
        next: Vec::new(),
        most: work.options.memory,
    };
    let mut take = |decided: Decided| {
        out.write_all(&decided.lines).map_err(Failure::Output)?;
        sum.add(decided, ground)?;
        (work.options.progress)(Step::Decided { events: sum.total.events, of: work.of });
        Ok(())
    };
    in_order(
        work.options.threads,
        || batches.next(),
        || Worker::new(&shared),
        |worker: &mut Worker<'_>, batch: Vec<u8>| worker.batch(&batch),
        &mut take,
    )?;
    let program = work.ruleset.program();
    if let Some(kind) = program.municipality_kind().filter(|_| work.options.standing)
        && !sum.total.municipal
    {
        let mut worker = Worker::new(&shared);
        worker.decide(&Case::new(program.header.name.as_str(), kind, Vec::new()), &[]);
        let decided = std::mem::take(&mut worker.decided);
        out.write_all(&decided.lines).map_err(Failure::Output)?;
        sum.add(decided, ground)?;
    }
    if !work.lines_told {
        let (count, first) = sum.disorder;
        let (at, after) = (Span::new(HERE, 0, 0), Span::new(HERE, 1, 1));
        let disorder = OutOfOrder { count, first: first.map(|_| (at, after)) };
        if let (Some(said), Some((at, after))) = (disorder.said(), first) {
            let told = Told::new(said, |span| Some(if span.start == 0 { at } else { after }));
            tell(ground, Part::Lines, told)?;
        }
    }
    Ok(sum.total)
}

fn tell(ground: &Ground<'_, '_>, part: Part, told: Told) -> Result<(), Failure> {
    let mut inputs = ground.inputs.borrow_mut();
    ground.teller.borrow_mut().tell(part, told, &mut inputs).map_err(Failure::Scratch)
}

impl Decided {
    /// Adds what came of further cases, and tells what there is to say of them.
    fn add(&mut self, other: Decided, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        let (total, more) = (&mut self.total, other.total);
        for (sum, count) in [
            (&mut total.cases, more.cases),
            (&mut total.events, more.events),
            (&mut total.outcomes, more.outcomes),
            (&mut total.later_events, more.later_events),
            (&mut total.left_out, more.left_out),
        ] {
            *sum = sum.saturating_add(count);
        }
        total.latest = total.latest.max(more.latest);
        total.municipal |= more.municipal;
        total.failed |= more.failed;
        self.disorder.0 = self.disorder.0.saturating_add(other.disorder.0);
        self.disorder.1 = earlier(self.disorder.1, other.disorder.1);
        for (part, told) in other.told {
            tell(ground, part, told)?;
        }
        Ok(())
    }
}

/// The one whose first place comes earlier.
fn earlier(one: Option<(Located, Located)>, other: Option<(Located, Located)>) -> Option<(Located, Located)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0.place() < one.0.place() { other } else { one }),
        (one, other) => one.or(other),
    }
}

/// Takes runs together, so many that a thread has something to do; a case is never parted.
struct Batches<'r, 'm> {
    reader: RunReader<'r, 'm>,
    next: Vec<u8>,
    most: usize,
}

impl Batches<'_, '_> {
    fn next(&mut self) -> Result<Option<Vec<u8>>, Failure> {
        let mut batch = Vec::with_capacity(BATCH_BYTES.saturating_mul(2));
        let mut case: Vec<u8> = Vec::new();
        let mut of_case = 0_usize;
        loop {
            if self.next.is_empty() && !self.reader.next(&mut self.next).map_err(Failure::Scratch)? {
                break;
            }
            let run = Run::of(&self.next);
            if batch.len() >= BATCH_BYTES && run.case != case {
                break;
            }
            if run.case != case {
                case.clear();
                case.extend_from_slice(run.case);
                of_case = 0;
            }
            of_case = of_case.saturating_add(self.next.len());
            if of_case > self.most.max(BATCH_BYTES) {
                let case = String::from_utf8_lossy(&case).into_owned();
                return Err(Failure::TooMuch(TooMuch::Case(case)));
            }
            put_text(&mut batch, &self.next);
            self.next.clear();
        }
        Ok((!batch.is_empty()).then_some(batch))
    }
}

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
struct Worker<'w> {
    shared: &'w Shared<'w>,
    /// The texts and sets of the program, and of the case at hand.
    pool: Pool,
    own: (usize, usize),
    decided: Decided,
    /// Outcomes to be written as rows.
    json: Vec<u8>,
    heads: Heads,
    lone: Option<Lone<'w, 'w>>,
    /// The case of one event that is being decided, and the fields of its event.
    alone: Case,
    fields: Vec<Value>,
}

impl<'w> Worker<'w> {
    fn new(shared: &'w Shared<'w>) -> Worker<'w> {
        let pool = shared.ruleset.program().pool.clone();
        Worker {
            shared,
            own: pool.size(),
            pool,
            decided: Decided::default(),
            json: Vec::new(),
            heads: Heads::default(),
            lone: shared.lone.as_ref().map(Lone::new),
            alone: Case::new("", KindId(0), Vec::new()),
            fields: Vec::new(),
        }
    }

    fn batch(&mut self, batch: &[u8]) -> Decided {
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
        let kind = kind_of(kinds);
        let decided = self.lone.as_mut().and_then(|lone| lone.decide(event, kind, date, &self.fields));
        if let Some(outcomes) = decided {
            self.alone.id.clear();
            self.alone.id.push_str(std::str::from_utf8(name).unwrap_or(""));
            self.alone.kind = kind;
            self.alone.events.clear();
            self.alone.events.push(Happening::bare(event, date, line));
            let Shared { ruleset, language, form, .. } = *self.shared;
            let Decided { total, lines, .. } = &mut self.decided;
            total.cases = total.cases.saturating_add(1);
            total.events = total.events.saturating_add(1);
            total.outcomes = total.outcomes.saturating_add(outcomes.len() as u64);
            total.latest = total.latest.max(Some(date));
            let out = if form == Form::Csv { &mut self.json } else { lines };
            for outcome in outcomes {
                let (heads, program) = (&mut self.heads, ruleset.program());
                write_with(heads, program, &self.alone, outcome, &self.pool, &[], language, out);
            }
        }
        let done = decided.is_some();
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
    fn decide(&mut self, case: &Case, lines: &[(u32, Located)]) {
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
