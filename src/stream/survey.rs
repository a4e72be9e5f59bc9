//! All inputs read once: every event as bytes, beside the others of its case; what is wrong; what the lines say of each other.

use std::collections::HashMap;
use std::io;

use super::block::{Block, Item, Marks, Passage, Read};
use super::grouping::Superseded;
use super::in_order::in_order;
use super::input::{AHEAD_BYTES, Input, Lines, NotUtf8, Unreadable, Walk};
use super::place::{HEADER, HERE, Located, Stretch, Told};
use super::reader::Reader;
use super::runs::{Incoming, RunWriter};
use super::scratch::Spool;
use super::told::{Part, Teller};
use super::{Failure, Options, Step, TooMuch};
use crate::diagnostics::{Diagnostic, events, files};
use crate::program::Program;
use crate::record::{EntryDays, Piece, Reading, Table, TextForm, array};
use crate::source::{SourceId, Span};
use crate::time::Day;
use std::cell::RefCell;

/// What a name costs besides its letters when it is kept.
const NAME_BYTES: usize = 128;

/// What the inputs hold.
#[derive(Debug)]
pub(super) struct Survey<'m> {
    pub runs: Incoming<'m>,
    pub superseded: Superseded,
    /// Where each id stands: that of the line it names, and its own.
    ids: HashMap<String, (u64, Located)>,
    id_bytes: usize,
    most_bytes: usize,
    entry_days: EntryDays,
    first_date: Option<Located>,
    first_correction: Option<Located>,
    strict: bool,
    /// The latest date among the lines that count, and among all that were read.
    pub latest: Option<Day>,
    pub latest_read: Option<Day>,
    pub lines: u64,
    pub bad_lines: u64,
}

/// What a survey works with.
pub(super) struct Ground<'g, 't> {
    pub program: &'g Program,
    pub options: &'g Options<'g>,
    pub inputs: &'g RefCell<Vec<Input>>,
    pub teller: &'g RefCell<Teller<'t>>,
}

impl<'m> Survey<'m> {
    /// Nothing read yet; `runs` is where events go.
    pub fn new(runs: Spool<'m>, options: &Options<'_>) -> Survey<'m> {
        Survey {
            runs: Incoming::new(runs),
            superseded: HashMap::new(),
            ids: HashMap::new(),
            id_bytes: 0,
            most_bytes: options.memory,
            entry_days: EntryDays::default(),
            first_date: None,
            first_correction: None,
            strict: options.read.strict,
            latest: None,
            latest_read: None,
            lines: 0,
            bad_lines: 0,
        }
    }

    /// Reads all inputs. Those that are no text are told, all of them, in place of anything else.
    pub fn read(&mut self, ground: &Ground<'_, '_>) -> Result<(), Failure> {
        let count = ground.inputs.borrow().len();
        let mut unreadable = Vec::new();
        for file in 0..count {
            let file = u16::try_from(file).unwrap_or(u16::MAX);
            let read = if unreadable.is_empty() { self.input(ground, file) } else { sift(ground, file) };
            match read {
                Ok(()) => {}
                Err(Stop::Unreadable(fault)) => unreadable.push(not_utf8(ground, file, *fault)?),
                Err(Stop::Failed(failure)) => return Err(failure),
            }
        }
        if !unreadable.is_empty() {
            return Err(Failure::Unreadable(unreadable));
        }
        if ground.options.read.known_by.is_some()
            && let Some(diagnostic) = self.entry_days.said()
        {
            let (date, correction) = (self.first_date, self.first_correction);
            let told = Told::new(diagnostic, |span| if span.start == 0 { date } else { correction });
            self.tell(ground, told)?;
        }
        Ok(())
    }

    fn goes_on(&self) -> bool {
        !(self.strict && self.bad_lines > 0)
    }

    /// Reads an input by its form.
    fn input(&mut self, ground: &Ground<'_, '_>, file: u16) -> Result<(), Stop> {
        let mut walk = with_input(ground, file, |input| {
            let mut walk = Walk::begin(input)?;
            walk.see(input, 1)?;
            Ok(walk)
        })?;
        let name = ground
            .inputs
            .borrow()
            .get(usize::from(file))
            .map_or_else(String::new, |input| input.name.clone());
        match TextForm::of(&name, walk.text()) {
            TextForm::Lines => self.json_lines(ground, file, &mut walk),
            TextForm::Table => self.table(ground, file, &mut walk),
            TextForm::Array => self.array(ground, file, &mut walk),
        }
    }

    fn json_lines(&mut self, ground: &Ground<'_, '_>, file: u16, walk: &mut Walk) -> Result<(), Stop> {
        let threads = if walk.ended { 1 } else { ground.options.threads };
        let (program, options) = (ground.program, ground.options.read);
        let survey = RefCell::new(self);
        let next = || {
            if !survey.borrow().goes_on() {
                return Ok(None);
            }
            let lines = with_input(ground, file, |input| walk.lines(input))?;
            let progress = Step::Read { file: usize::from(file), bytes: walk.position };
            (ground.options.progress)(progress);
            Ok(lines)
        };
        in_order(
            threads,
            next,
            || Reader::new(program, options),
            |reader, read: Lines| reader.block(file, &read),
            |read| survey.borrow_mut().take(ground, read.map_err(Stop::Unreadable)?),
        )
    }

    fn array(&mut self, ground: &Ground<'_, '_>, file: u16, walk: &mut Walk) -> Result<(), Stop> {
        loop {
            if walk.text().len() > ground.options.memory {
                return Err(Stop::Failed(Failure::TooMuch(TooMuch::Array(usize::from(file)))));
            }
            if walk.ended {
                break;
            }
            with_input(ground, file, |input| walk.see_more(input))?;
        }
        let mut reading = Reading::new(ground.program, ground.options.read);
        let stretch = Stretch { file, position: 0, line: 1, text: walk.text().as_bytes() };
        let mut block = Block::new(&mut reading, stretch, None);
        array(&mut block, Piece { source: HERE, start: 0, text: walk.text() });
        let read = block.end();
        self.take(ground, read)
    }

    fn table(&mut self, ground: &Ground<'_, '_>, file: u16, walk: &mut Walk) -> Result<(), Stop> {
        with_input(ground, file, |input| walk.see(input, AHEAD_BYTES))?;
        let mut reading = Reading::new(ground.program, ground.options.read);
        let head = walk.text().to_owned();
        let stretch = Stretch { file, position: 0, line: 1, text: head.as_bytes() };
        let mut block = Block::new(&mut reading, stretch, Some(stretch));
        let (table, after) = Table::headed(&mut block, Piece { source: HEADER, start: 0, text: &head });
        let read = block.end();
        self.take(ground, read)?;
        let Some(table) = table else { return Ok(()) };
        let header = head.get(..after).unwrap_or("").to_owned();
        drop(head);
        let header = Stretch { file, position: 0, line: 1, text: header.as_bytes() };
        walk.pass(after);
        let mut reader = Reader::new(ground.program, ground.options.read);
        while self.goes_on() {
            with_input(ground, file, |input| walk.see(input, AHEAD_BYTES.saturating_mul(2)))?;
            let text = walk.text();
            if text.is_empty() {
                break;
            }
            // What follows a row decides whether a quote in it is ever closed.
            let before = if walk.ended { text.len() } else { text.len().saturating_sub(AHEAD_BYTES) };
            let stretch = Stretch { file, position: walk.position, line: walk.line, text: text.as_bytes() };
            let mut block = Block::new(&mut reader.reading, stretch, Some(header));
            let rows = Piece { source: HERE, start: 0, text };
            let passed = table.rows(&mut block, rows, walk.line, before);
            let cut = !walk.ended && passed >= text.len() && !text.ends_with('\n');
            let read = block.end();
            reader.forget();
            self.take(ground, read)?;
            walk.pass(passed);
            if cut {
                with_input(ground, file, |input| walk.pass_line(input))?;
            }
            (ground.options.progress)(Step::Read { file: usize::from(file), bytes: walk.position });
        }
        Ok(())
    }

    /// Takes in what was read of a block.
    fn take(&mut self, ground: &Ground<'_, '_>, read: Read) -> Result<(), Stop> {
        let Read { runs, items, rest, bytes, header } = read;
        for told in header {
            self.tell(ground, told)?;
        }
        for mut item in items {
            self.pass(&item.before, &runs)?;
            if !self.goes_on() {
                return Ok(());
            }
            self.lines = self.lines.saturating_add(1);
            if item.counts {
                self.latest_read = self.latest_read.max(item.date);
            }
            let mut told = std::mem::take(&mut item.told);
            let corrects = match item.marks.take() {
                Some(marks) => self.heed(*marks, item.place, &mut told)?,
                None => None,
            };
            if item.bad || !told.is_empty() {
                self.bad_lines = self.bad_lines.saturating_add(1);
                for told in told {
                    self.tell(ground, told)?;
                }
            } else if item.counts {
                self.keep(&item, corrects, &bytes)?;
            }
        }
        self.pass(&rest, &runs)
    }

    /// Takes in lines of which there is nothing to be said.
    fn pass(&mut self, passage: &Passage, runs: &RunWriter) -> Result<(), Stop> {
        if !self.goes_on() {
            return Ok(());
        }
        self.lines = self.lines.saturating_add(passage.lines);
        self.latest = self.latest.max(passage.latest);
        self.latest_read = self.latest_read.max(passage.latest);
        let part = |(from, to): (usize, usize)| runs.bytes.get(from..to).unwrap_or_default();
        self.runs.append(part(passage.runs), part(passage.last_case), runs.ascending).map_err(scratch)
    }

    /// Keeps the event of a line, in place of the one that it corrects.
    fn keep(&mut self, item: &Item, corrects: Option<u64>, bytes: &[u8]) -> Result<(), Stop> {
        let (from, to) = item.event;
        let part = |(from, to): (usize, usize)| bytes.get(from..to).unwrap_or_default();
        if let Some(place) = corrects {
            self.superseded.insert(place, (from < to).then_some(item.place));
        }
        if from < to {
            self.latest = self.latest.max(item.date);
            self.runs.add(part(item.case), corrects, part(item.event)).map_err(scratch)?;
        }
        Ok(())
    }

    /// Finds the line that a line replaces, and gives it its name. Says where the line it replaces counts as standing.
    fn heed(&mut self, marks: Marks, place: u64, told: &mut Vec<Told>) -> Result<Option<u64>, Stop> {
        let Marks { id, replaces, date, known_stated } = marks;
        self.first_date = self.first_date.or(Some(date));
        let replaced = replaces.as_ref().map(|_| span(1));
        if !known_stated && let Some((_, at)) = &replaces {
            self.first_correction = self.first_correction.or(Some(*at));
        }
        self.entry_days.heard(span(0), known_stated, replaced);
        let mut stands = None;
        if let Some((name, at)) = &replaces {
            match self.ids.get(name) {
                Some((known, _)) => stands = Some(*known),
                None => {
                    let mut known: Vec<&str> = self.ids.keys().map(String::as_str).collect();
                    known.sort_unstable();
                    let at = Some(*at);
                    told.push(Told::new(events::unknown_id(name, span(0), known), |_| at));
                }
            }
        }
        if let Some((name, at)) = id {
            let own = stands.unwrap_or(place);
            match self.ids.get(&name) {
                Some((taken, first)) if *taken != own => {
                    let first = Some(*first);
                    let taken = events::id_taken(&name, span(0), span(1));
                    told.push(Told::new(taken, |span| if span.start == 0 { Some(at) } else { first }));
                }
                _ => {
                    self.id_bytes = self.id_bytes.saturating_add(name.len()).saturating_add(NAME_BYTES);
                    if self.id_bytes > self.most_bytes {
                        return Err(Stop::Failed(Failure::TooMuch(TooMuch::Ids(self.ids.len()))));
                    }
                    self.ids.insert(name, (own, at));
                }
            }
        }
        Ok(stands)
    }

    fn tell(&self, ground: &Ground<'_, '_>, told: Told) -> Result<(), Failure> {
        let mut inputs = ground.inputs.borrow_mut();
        ground.teller.borrow_mut().tell(Part::Lines, told, &mut inputs).map_err(Failure::Scratch)
    }
}

/// A span that stands for a place known otherwise.
fn span(number: u32) -> Span {
    Span::new(HERE, number, number)
}

/// Why reading an input stops.
enum Stop {
    Unreadable(Box<NotUtf8>),
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Stop {
        Stop::Failed(failure)
    }
}

fn scratch(error: io::Error) -> Stop {
    Stop::Failed(Failure::Scratch(error))
}

fn with_input<T>(
    ground: &Ground<'_, '_>,
    file: u16,
    read: impl FnOnce(&mut Input) -> Result<T, Unreadable>,
) -> Result<T, Stop> {
    let mut inputs = ground.inputs.borrow_mut();
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    let failed = |error| Stop::Failed(Failure::Input(usize::from(file), error));
    let input = inputs.get_mut(usize::from(file)).ok_or_else(|| failed(missing()))?;
    read(input).map_err(|error| match error {
        Unreadable::Io(error) => failed(error),
        Unreadable::NotUtf8(fault) => Stop::Unreadable(fault),
    })
}

/// Reads an input only to see whether it is text.
fn sift(ground: &Ground<'_, '_>, file: u16) -> Result<(), Stop> {
    with_input(ground, file, |input| {
        let mut walk = Walk::begin(input)?;
        while let Some(lines) = walk.lines(input)? {
            lines.text(0, lines.bytes.len()).map_err(Unreadable::NotUtf8)?;
        }
        Ok(())
    })
}

/// The diagnostic of an input that is not UTF-8, as text.
fn not_utf8(ground: &Ground<'_, '_>, file: u16, fault: NotUtf8) -> Result<String, Failure> {
    let NotUtf8 { before, decoded } = fault;
    let name =
        ground.inputs.borrow().get(usize::from(file)).map_or_else(String::new, |input| input.name.clone());
    let Some(fault) = decoded.fault else { return Ok(String::new()) };
    let length = decoded.text.get(fault.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let small = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let diagnose = |id: SourceId| -> Diagnostic {
        let span = Span::new(id, small(fault.at), small(fault.at.saturating_add(length)));
        files::not_utf8(&name, span, before.1.saturating_add(fault.byte), fault.value, fault.encoding)
    };
    Ok(ground.teller.borrow_mut().text_of_part(&name, &decoded.text, before, diagnose))
}
