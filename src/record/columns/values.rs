//! Cells of an Arrow array read as values of a field's type, as the same JSON in an event would be.

use arrow_array::Array;

use super::super::line::Given;
use super::super::typed::Types;
use super::cell::{entry, write_cell};
use crate::program::{Program, Type};
use crate::source::{SourceId, Span};
use crate::value::{Pool, Value};

/// Reads arrays as values; texts and sets go into its pool.
pub(crate) struct CellValues<'p> {
    types: Types<'p>,
    json: Vec<u8>,
}

/// What was found in a cell: a value, or nothing.
pub(crate) type Found = Option<Value>;

impl<'p> CellValues<'p> {
    /// Reads values of a program's types.
    pub fn new(program: &'p Program) -> CellValues<'p> {
        CellValues { types: Types { program, pool: program.pool.clone() }, json: Vec::new() }
    }

    /// The texts and sets that the values name.
    pub fn into_pool(self) -> Pool {
        self.types.pool
    }

    /// The values of an array, row by row.
    ///
    /// # Errors
    /// The row that does not fit, from 0, and what it says.
    pub fn column(&mut self, array: &dyn Array, ty: Type) -> Result<Vec<Found>, (usize, String)> {
        let mut known: Vec<Option<Found>> = Vec::new();
        let mut found = Vec::with_capacity(array.len());
        for row in 0..array.len() {
            // What a dictionary holds many times is read once.
            let key = entry(array, row).map(|(_, key)| key);
            let value = match key.and_then(|key| *known.get(key)?) {
                Some(value) => value,
                None => self.cell(array, row, ty).map_err(|said| (row, said))?,
            };
            if let Some(key) = key {
                if known.len() <= key {
                    known.resize(key.saturating_add(1), None);
                }
                if let Some(own) = known.get_mut(key) {
                    *own = Some(value);
                }
            }
            found.push(value);
        }
        Ok(found)
    }

    fn cell(&mut self, array: &dyn Array, row: usize, ty: Type) -> Result<Found, String> {
        self.json.clear();
        if !write_cell(array, row, Some(ty), &mut self.json) {
            return Ok(None);
        }
        let json = std::str::from_utf8(&self.json).unwrap_or("null");
        // Nobody points into it.
        let span = Span::new(SourceId(0), 0, 0);
        self.types.read(ty, &Given::Json(json), span).map(Some).map_err(|_| json.to_owned())
    }
}
