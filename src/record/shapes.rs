//! The shapes of lines that were read, and the next line read by the one that it has.

use super::shape::{Extent, Filled, Shape};
use super::typed::Types;
use crate::program::{EventId, Kinds};
use crate::source::Span;
use crate::time::Day;
use crate::value::{Pool, Value};

/// So many shapes of lines are remembered: a file has few, and each is tried on a line that is like none.
const MOST_SHAPES: usize = 16;

/// The shapes of lines, those that begin alike side by side.
#[derive(Debug, Default)]
pub(super) struct Shapes {
    /// Each with the number of values that it has in common with the one before it.
    shapes: Vec<(usize, Shape)>,
    /// What was read of the line at hand.
    read: Vec<Filled>,
}

/// What a line of a known shape says. Its spans count from its own beginning.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Alike<'l> {
    /// How many bytes it takes.
    pub extent: Extent,
    /// The case it names: letters without marks.
    pub case: &'l [u8],
    /// The kinds of case it can stand in.
    pub kinds: Kinds,
    /// What happened.
    pub event: EventId,
    /// When.
    pub date: Day,
    /// Where its event is named.
    pub event_span: Span,
    /// Where its date stands.
    pub date_span: Span,
    /// Its fields.
    pub fields: &'l [Value],
    /// Where they stand.
    pub field_spans: &'l [Option<Span>],
    /// The texts and sets that its fields name.
    pub pool: &'l Pool,
}

impl Shapes {
    /// Whether no more shapes are remembered.
    pub fn is_full(&self) -> bool {
        self.shapes.len() >= MOST_SHAPES
    }

    /// Remembers a shape, after those with which it has most in common.
    pub fn remember(&mut self, shape: Shape) {
        if self.shapes.iter().any(|(_, known)| known.is_like(&shape)) {
            return;
        }
        let shared = |(_, known): &(usize, Shape)| known.shared(&shape);
        let most = self.shapes.iter().map(shared).max().unwrap_or(0);
        let last = self.shapes.iter().rposition(|known| shared(known) == most);
        let place = last.map_or(0, |place| place.saturating_add(1));
        if let Some((common, next)) = self.shapes.get_mut(place) {
            *common = next.shared(&shape);
        }
        self.shapes.insert(place, (most, shape));
    }

    /// What the line says that a text begins with, when it is of a known shape.
    pub fn read<'l>(&'l mut self, text: &'l [u8], types: &'l mut Types<'_>) -> Option<Alike<'l>> {
        let read = &mut self.read;
        read.clear();
        let found = self.shapes.iter_mut().find_map(|(common, shape)| {
            // With more in common, it has what the one before it failed at.
            if *common > read.len() {
                return None;
            }
            read.truncate(*common);
            Some((shape.read(text, types, read)?, shape))
        });
        let (extent, shape) = found?;
        shape.fill(read)?;
        let (case, date) = (read.get(shape.case)?, read.get(shape.date)?);
        Some(Alike {
            extent,
            case: text.get(case.start.wrapping_add(1)..case.end.wrapping_sub(1))?,
            kinds: shape.kinds,
            event: shape.event,
            date: date.value.as_day()?,
            event_span: shape.event_span(read)?,
            date_span: date.span(),
            fields: &shape.fields,
            field_spans: &shape.field_spans,
            pool: &types.pool,
        })
    }
}
