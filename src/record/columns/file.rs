//! What a file of columns is, by its first bytes and its name.

/// A file that holds columns instead of lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnFile {
    /// Parquet.
    Parquet,
    /// Parquet whose footer is encrypted.
    EncryptedParquet,
    /// The file format of Arrow IPC, which is also the second version of Feather.
    Arrow,
    /// The stream format of Arrow IPC, which cannot be read from any place.
    ArrowStream,
    /// The first version of Feather.
    FirstFeather,
}

impl ColumnFile {
    /// As many first bytes as it takes to tell.
    pub const BEGINNING: usize = 8;

    /// What begins so; nothing for text.
    ///
    /// ```
    /// use frist::record::ColumnFile;
    /// assert_eq!(ColumnFile::of(b"PAR1\x15\x04"), Some(ColumnFile::Parquet));
    /// assert_eq!(ColumnFile::of(b"ARROW1\0\0"), Some(ColumnFile::Arrow));
    /// assert_eq!(ColumnFile::of(b"{\"case\":\"1\"}"), None);
    /// ```
    pub fn of(beginning: &[u8]) -> Option<ColumnFile> {
        let marks: [(&[u8], ColumnFile); 5] = [
            (b"PAR1", ColumnFile::Parquet),
            (b"PARE", ColumnFile::EncryptedParquet),
            (b"ARROW1", ColumnFile::Arrow),
            (b"FEA1", ColumnFile::FirstFeather),
            // No text in UTF-8 has such a byte.
            (&[0xff; 4], ColumnFile::ArrowStream),
        ];
        marks.into_iter().find(|(mark, _)| beginning.starts_with(mark)).map(|(_, file)| file)
    }

    /// What a file should be by its name: `.parquet`, `.arrow` or `.feather`.
    pub fn named(name: &str) -> Option<ColumnFile> {
        let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
        if ending.eq_ignore_ascii_case("parquet") {
            Some(ColumnFile::Parquet)
        } else if ending.eq_ignore_ascii_case("arrow") || ending.eq_ignore_ascii_case("feather") {
            Some(ColumnFile::Arrow)
        } else {
            None
        }
    }

    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            ColumnFile::Parquet | ColumnFile::EncryptedParquet => "Parquet",
            ColumnFile::Arrow | ColumnFile::ArrowStream => "Arrow IPC",
            ColumnFile::FirstFeather => "Feather",
        }
    }
}
