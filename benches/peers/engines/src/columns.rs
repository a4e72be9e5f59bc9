//! Events and what Frist says of them, as files of plain columns for other programs to read.

use std::fs::File;
use std::io::{self, BufRead, BufWriter, Write};
use std::path::Path;

use crate::events::{Which, events};
use crate::generator::alone::Event;
use crate::{by_frist, turns};

/// Writes the columns, little-endian numbers without anything around them, and then decides the events again for each line
/// of standard input, saying how many seconds it took.
pub fn serve(folder: &Path, count: usize) -> io::Result<()> {
    let events = events(Which::Mixed, count);
    let ruleset = by_frist::ruleset();
    let plans = by_frist::plans(ruleset.program());
    let mut ways = [by_frist::columns(ruleset.program(), &plans, &events)];
    turns::take(&mut ways, events.len(), 1);
    column(folder, "what.u8", &events, |event| [event.what as u8])?;
    column(folder, "date.i32", &events, |event| event.date.to_le_bytes())?;
    column(folder, "start.i32", &events, |event| event.start.to_le_bytes())?;
    column(folder, "customers.i64", &events, |event| event.customers.to_le_bytes())?;
    column(folder, "by_city.u8", &events, |event| [u8::from(event.by_city)])?;
    let mut file = BufWriter::new(File::create(folder.join("code.u64"))?);
    for code in ways[0].out().iter() {
        file.write_all(&code.to_le_bytes())?;
    }
    file.flush()?;
    println!("ready");
    for line in io::stdin().lock().lines() {
        line?;
        turns::take(&mut ways, events.len(), 1);
        println!("{}", ways[0].times[ways[0].times.len() - 1]);
    }
    Ok(())
}

fn column<const N: usize>(
    folder: &Path,
    name: &str,
    events: &[Event],
    bytes: impl Fn(&Event) -> [u8; N],
) -> io::Result<()> {
    let mut file = BufWriter::new(File::create(folder.join(name))?);
    for event in events {
        file.write_all(&bytes(event))?;
    }
    file.flush()
}
