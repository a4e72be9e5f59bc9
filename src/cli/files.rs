//! Files and standard input: read, told apart, and said to be unreadable in words.

use std::fs;
use std::io::{self, BufRead, BufReader, Cursor, Read, Seek, SeekFrom, Write};
use std::path::Path;

use frist::Words;
use frist::diagnostics::Diagnostic;
use frist::diagnostics::files;
use frist::documents::{Decoded, decode, decode_windows_1252};
use frist::program::Program;
use frist::record::ColumnFile;
use frist::source::{SourceId, Sources, Span};
use frist::stream::Text;
use unicode_normalization::UnicodeNormalization;

use super::arguments::Encoding;
use super::columns;

/// What standard input is called on the command line and in diagnostics.
pub(super) const STANDARD_INPUT: &str = "-";
/// The ending of text files.
const TEXT_ENDING: &str = "txt";
/// The ending of rule files.
const RULES_ENDING: &str = "frist";

/// What was read so far.
#[derive(Default)]
pub(super) struct Files {
    /// The texts.
    pub sources: Sources,
    input: Input,
}

impl Files {
    /// Reads a file, or standard input, into the sources. The diagnostic may point into them.
    pub fn read(&mut self, path: &str) -> Result<SourceId, Box<Diagnostic>> {
        let text = self.input.text(path, &mut self.sources)?;
        Ok(self.sources.add(path, &text))
    }

    /// Reads a file of events for some rulesets: text written in an encoding, or a file of columns, whose rows become
    /// lines.
    pub fn read_events(
        &mut self,
        path: &str,
        encoding: Encoding,
        programs: &[&Program],
    ) -> Result<SourceId, Box<Diagnostic>> {
        let bytes = self.input.bytes(path)?;
        let text = match columns::recognise(path, &bytes)? {
            Some(file) => {
                let mut lines = Vec::new();
                columns::write_lines(path, file, Box::new(Cursor::new(bytes)), programs, &mut lines)?;
                String::from_utf8_lossy(&lines).into_owned()
            }
            None if encoding == Encoding::Utf8 => decoded(path, &bytes, &mut self.sources)?,
            None => {
                let mut text = String::new();
                decode_windows_1252(&bytes, &mut text);
                text
            }
        };
        Ok(self.sources.add(path, &text))
    }

    /// Reads documents: those of a folder that are wanted, or the one file. When one that is wanted is not in the folder, the
    /// other text files there are read, too, so that one with a similar name can be suggested; so are all when none is
    /// named. Each comes with its path.
    pub fn documents(
        &mut self,
        path: &str,
        wanted: &[&str],
    ) -> Result<Vec<(String, Vec<u8>)>, Box<Diagnostic>> {
        if !Path::new(path).is_dir() {
            return self.input.bytes(path).map(|bytes| vec![(path.to_owned(), bytes)]);
        }
        let unreadable = |error: io::Error| Box::new(files::unreadable_file(path, &why(&error)));
        let names = names_in(path).map_err(unreadable)?;
        let is_wanted = |name: &String| {
            let name: String = name.nfc().collect();
            wanted.iter().any(|wanted| wanted.nfc().eq(name.chars()))
        };
        let mut found = Vec::new();
        for name in names.iter().filter(|name| is_wanted(name)) {
            let inside = join(path, name);
            found.push((inside.clone(), self.input.bytes(&inside)?));
        }
        if found.len() < wanted.len() || wanted.is_empty() {
            let text =
                |name: &&String| Path::new(name).extension().is_some_and(|ending| ending == TEXT_ENDING);
            for name in names.iter().filter(|name| !is_wanted(name)).filter(text) {
                let inside = join(path, name);
                found.extend(self.input.bytes(&inside).ok().map(|bytes| (inside, bytes)));
            }
        }
        Ok(found)
    }

    /// Reads rule files: those of a folder in the order of their names, or the one.
    pub fn read_rules(&mut self, path: &str) -> Result<Vec<SourceId>, Box<Diagnostic>> {
        rule_files(path)?.iter().map(|file| self.read(file)).collect()
    }

    /// Opens a file of events, or standard input, to be read bit by bit from any place. What cannot be read so, such as a
    /// pipe, is copied into a temporary file first; so are the rows of a file of columns, as lines.
    pub fn open(
        &mut self,
        path: &str,
        encoding: Encoding,
        programs: &[&Program],
    ) -> Result<Box<dyn Text>, Box<Diagnostic>> {
        let unreadable = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound => Box::new(not_found(path)),
            _ => Box::new(files::unreadable_file(path, &why(&error))),
        };
        let mut text = self.opened(path).map_err(unreadable)?.ok_or_else(files::input_twice)?;
        let mut beginning = Vec::new();
        let most = ColumnFile::BEGINNING as u64;
        (&mut *text).take(most).read_to_end(&mut beginning).map_err(unreadable)?;
        text.seek(SeekFrom::Start(0)).map_err(unreadable)?;
        if let Some(file) = columns::recognise(path, &beginning)? {
            let mut lines = tempfile::tempfile().map_err(unreadable)?;
            columns::write_lines(path, file, text, programs, &mut lines)?;
            return Ok(Box::new(lines));
        }
        match encoding {
            Encoding::Utf8 => Ok(text),
            Encoding::Windows1252 => in_utf8(&mut text).map_err(unreadable),
        }
    }

    /// The bytes of a file, or of standard input unless it was taken before.
    fn opened(&mut self, path: &str) -> io::Result<Option<Box<dyn Text>>> {
        if path == STANDARD_INPUT {
            if std::mem::replace(&mut self.input.taken, true) {
                return Ok(None);
            }
            return copied(&mut io::stdin().lock()).map(Some);
        }
        let mut file = fs::File::open(path)?;
        let kind = file.metadata()?;
        if kind.is_dir() {
            return Err(io::ErrorKind::IsADirectory.into());
        }
        if kind.is_file() { Ok(Some(Box::new(file))) } else { copied(&mut file).map(Some) }
    }

    /// Reads a text for somebody who has taken the sources.
    pub fn text(&mut self, path: &str, sources: &mut Sources) -> Result<String, Box<Diagnostic>> {
        self.input.text(path, sources)
    }
}

/// Standard input, which can be read once.
#[derive(Default)]
struct Input {
    taken: bool,
}

impl Input {
    fn text(&mut self, path: &str, sources: &mut Sources) -> Result<String, Box<Diagnostic>> {
        decoded(path, &self.bytes(path)?, sources)
    }

    fn bytes(&mut self, path: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
        if path == STANDARD_INPUT {
            if std::mem::replace(&mut self.taken, true) {
                return Err(Box::new(files::input_twice()));
            }
            let mut bytes = Vec::new();
            let read = io::stdin().lock().read_to_end(&mut bytes);
            return read.map(|_| bytes).map_err(|error| Box::new(files::unreadable_file(path, &why(&error))));
        }
        #[expect(clippy::disallowed_methods, reason = "the command line is the one room that reads files")]
        fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => Box::new(not_found(path)),
            _ => Box::new(files::unreadable_file(path, &why(&error))),
        })
    }
}

/// Bytes as text. What is no UTF-8 comes into the sources as far as it is legible, to be shown.
fn decoded(path: &str, bytes: &[u8], sources: &mut Sources) -> Result<String, Box<Diagnostic>> {
    let Decoded { text, fault } = decode(bytes);
    let Some(fault) = fault else { return Ok(text) };
    let length = text.get(fault.at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
    let id = sources.add(path, &text);
    let span = Span::new(id, number(fault.at), number(fault.at.saturating_add(length)));
    Err(Box::new(files::not_utf8(path, span, fault.byte, fault.value, fault.encoding)))
}

/// A copy in a file that has no name and is gone when nobody holds it.
fn copied(from: &mut impl Read) -> io::Result<Box<dyn Text>> {
    let mut copy = tempfile::tempfile()?;
    io::copy(from, &mut copy)?;
    copy.seek(SeekFrom::Start(0))?;
    Ok(Box::new(copy))
}

/// A copy in UTF-8 of a text in Windows-1252, in such a file.
fn in_utf8(from: &mut impl Read) -> io::Result<Box<dyn Text>> {
    let mut copy = tempfile::tempfile()?;
    let mut from = BufReader::with_capacity(1 << 17, from);
    let mut text = String::new();
    loop {
        let bytes = from.fill_buf()?;
        let count = bytes.len();
        if count == 0 {
            break;
        }
        text.clear();
        decode_windows_1252(bytes, &mut text);
        copy.write_all(text.as_bytes())?;
        from.consume(count);
    }
    Ok(Box::new(copy))
}

/// The rule files that a path means: those of a folder in the order of their names, but for folders in it, or the one.
pub(super) fn rule_files(path: &str) -> Result<Vec<String>, Box<Diagnostic>> {
    if path == STANDARD_INPUT || !Path::new(path).is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let unreadable = |error: io::Error| Box::new(files::unreadable_file(path, &why(&error)));
    let mut found = Vec::new();
    let mut below = Vec::new();
    for name in names_in(path).map_err(unreadable)? {
        let inside = join(path, &name);
        if Path::new(&inside).is_dir() {
            below.push(inside);
        } else if Path::new(&name).extension().is_some_and(|ending| ending == RULES_ENDING) {
            found.push(inside);
        }
    }
    if found.is_empty() {
        let has_rules = |folder: &String| {
            let ending =
                |name: &String| Path::new(name).extension().is_some_and(|ending| ending == RULES_ENDING);
            names_in(folder).is_ok_and(|names| names.iter().any(ending))
        };
        below.retain(has_rules);
        return Err(Box::new(files::no_rule_files(path, &below)));
    }
    Ok(found)
}

/// Writes a file anew.
#[expect(clippy::disallowed_methods, reason = "the command line is the one room that writes files")]
pub(super) fn write(path: &str, text: &str) -> Result<(), Box<Diagnostic>> {
    fs::write(path, text).map_err(|error| Box::new(files::unwritable_file(path, &why(&error))))
}

/// The path of a file that stands in the folder of another; nothing when its name leads elsewhere, since a rule file
/// is no reason to read just any file of the machine.
pub(super) fn beside(file: &str, name: &str) -> Option<String> {
    let plain = !name.is_empty() && !name.contains(['/', '\\', ':']) && name != "." && name != "..";
    let folder =
        Path::new(file).parent().map_or(String::new(), |folder| folder.to_string_lossy().into_owned());
    plain.then(|| if folder.is_empty() { name.to_owned() } else { join(&folder, name) })
}

/// Whether there is such a file.
pub(super) fn exists(path: &str) -> bool {
    Path::new(path).is_file()
}

/// The names in a folder, in order. A name that is not Unicode cannot be asked for and is passed over.
#[expect(clippy::disallowed_methods, reason = "the command line is the one room that reads folders")]
fn names_in(folder: &str) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        if let Ok(name) = entry?.file_name().into_string() {
            names.push(name);
        }
    }
    names.sort();
    Ok(names)
}

fn join(folder: &str, name: &str) -> String {
    if folder == "." {
        return name.to_owned();
    }
    Path::new(folder).join(name).to_string_lossy().into_owned()
}

/// A missing file, with what stands beside it for comparison.
fn not_found(path: &str) -> Diagnostic {
    let folder =
        Path::new(path).parent().map_or(String::new(), |folder| folder.to_string_lossy().into_owned());
    let siblings = names_in(if folder.is_empty() { "." } else { &folder }).unwrap_or_default();
    let siblings: Vec<String> = siblings
        .iter()
        .map(|name| if folder.is_empty() { name.clone() } else { join(&folder, name) })
        .collect();
    files::no_such_file(path, siblings.iter().map(String::as_str))
}

pub(super) fn why(error: &io::Error) -> Words {
    match error.kind() {
        io::ErrorKind::PermissionDenied => Words::new("behörighet saknas", "permission is missing"),
        io::ErrorKind::IsADirectory => Words::new("det är en mapp", "it is a folder"),
        io::ErrorKind::StorageFull => Words::new("disken är full", "the disk is full"),
        io::ErrorKind::ReadOnlyFilesystem => Words::new("disken är skrivskyddad", "the disk is read-only"),
        _ => Words::new(error.to_string(), error.to_string()),
    }
}

fn number(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}
