//! Cases decided one after another: put together from their runs, run, written.

use std::io;
use std::sync::{Mutex, PoisonError};

use super::batches::Batches;
use super::grouping::Superseded;
use super::in_order::in_order;
use super::place::{HERE, Located, Told};
use super::runs::Runs;
use super::survey::Ground;
use super::told::Part;
use super::worker::Worker;
use super::{Failure, Form, Options, Step};
use crate::batch::LonePlans;
use crate::record::OutOfOrder;
use crate::run::{Case, Settings};
use crate::source::Span;
use crate::time::Day;
use crate::{Language, Ruleset};

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
pub(super) struct Shared<'w> {
    pub ruleset: &'w Ruleset,
    pub superseded: &'w Superseded,
    pub settings: Option<&'w Settings>,
    /// How cases of one event are decided where they need no run.
    pub lone: Option<LonePlans<'w>>,
    pub lines_told: bool,
    pub form: Form,
    pub language: Language,
    pub spare: Spare,
}

/// A buffer that holds more than this was filled by a case unlike others.
const SPARE_BYTES: usize = 1 << 20;

/// Buffers whose outcomes have been written, to be filled again: their memory is there already.
#[derive(Default)]
pub(super) struct Spare(Mutex<Vec<Vec<u8>>>);

impl Spare {
    /// An empty buffer.
    pub fn take(&self) -> Vec<u8> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default()
    }

    /// Takes a buffer back.
    fn give(&self, mut buffer: Vec<u8>) {
        if buffer.capacity() > SPARE_BYTES {
            return;
        }
        buffer.clear();
        self.0.lock().unwrap_or_else(PoisonError::into_inner).push(buffer);
    }
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
pub(super) struct Decided {
    pub total: Total,
    /// Outcomes as they are written.
    pub lines: Vec<u8>,
    pub told: Vec<(Part, Told)>,
    /// Lines that stand after lines of later days: how many, and the first with the one before it.
    pub disorder: (usize, Option<(Located, Located)>),
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
        spare: Spare::default(),
    };
    let mut sum = Decided::default();
    let reader = runs.read().map_err(Failure::Scratch)?;
    let mut batches = Batches::new(reader, work.options.memory);
    let mut take = |mut decided: Decided| {
        out.write_all(&decided.lines).map_err(Failure::Output)?;
        shared.spare.give(std::mem::take(&mut decided.lines));
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
        let decided = worker.done();
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
pub(super) fn earlier(
    one: Option<(Located, Located)>,
    other: Option<(Located, Located)>,
) -> Option<(Located, Located)> {
    match (one, other) {
        (Some(one), Some(other)) => Some(if other.0.place() < one.0.place() { other } else { one }),
        (one, other) => one.or(other),
    }
}
