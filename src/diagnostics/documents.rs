//! Diagnostics `F0804`–`F0819`: documents, and whether the cited sentences are in them.

use super::Diagnostic;
use super::codes::codes;
use super::files::Encoding;
use crate::Words;
use crate::source::Span;

codes! {
    CHANGED_SENTENCE = "0804" "changed-sentence" Error;
    GONE_SENTENCE = "0805" "gone-sentence" Error;
    AMBIGUOUS_ANCHOR = "0806" "ambiguous-anchor" Error;
    MISSING_DOCUMENT = "0807" "missing-document" Error;
    DOCUMENT_ENCODING = "0808" "document-encoding" Error;
    OTHER_FILE = "0809" "other-file" Warning;
    MOVED_SENTENCE = "0810" "moved-sentence" Warning;
    UNKNOWN_SECTION = "0811" "unknown-section" Warning;
    UNCITED_DEADLINE = "0812" "uncited-deadline" Warning;
    NO_SUCH_SENTENCE = "0813" "no-such-sentence" Error;
    SOURCE_WITHOUT_FILE = "0814" "source-without-file" Warning;
    MISSING_NEWER_DOCUMENT = "0815" "missing-newer-document" Error;
}

/// Who rests on a sentence, in words: `regeln `tak``, `3 regler`, `ett ”utelämnat”`.
#[derive(Clone, Debug)]
pub struct Resting {
    /// In words.
    pub who: Words,
    /// Where its anchor stands in the rules.
    pub at: Span,
}

/// A place in a document where the words are other than they were.
#[derive(Clone, Debug)]
pub struct Altered {
    /// The words there now; when words were taken out, the one before or after them.
    pub at: Span,
    /// The words that stood there; nothing when words were put in.
    pub was: String,
    /// Words stand there that did not.
    pub is_new: bool,
}

/// `F0804`: a cited sentence reads otherwise. `altered` are the places, none when it cannot be told what stood there; then
/// `now` is the sentence. `anchor` is that of the sentence as it reads now.
pub fn changed_sentence(resting: &Resting, altered: &[Altered], now: Span, anchor: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        CHANGED_SENTENCE,
        format!("meningen som {} vilar på är ändrad", resting.who.sv),
        format!("the sentence that {} rests on has changed", resting.who.en),
    )
    .at(resting.at, "ankaret till meningen som den var", "the anchor of the sentence as it was");
    for one in altered {
        let (sv, en) = match (one.was.is_empty(), one.is_new) {
            (true, _) => (String::from("tillagt"), String::from("added")),
            (false, true) => (format!("stod: {}", one.was), format!("was: {}", one.was)),
            (false, false) => (format!("här stod: {}", one.was), format!("taken out here: {}", one.was)),
        };
        diagnostic = diagnostic.at(one.at, sv, en);
    }
    if altered.is_empty() {
        diagnostic = diagnostic.at(now, "så lyder den troligen nu", "it probably reads so now");
        return diagnostic.help(
            format!("läs regeln mot meningen; stämmer den är ankaret nu `{anchor}`. Vad som ändrats visar `--sources` med det äldre dokumentet och `--against` med detta"),
            format!("read the rule against the sentence; if it is right, the anchor is now `{anchor}`. What has changed is shown by `--sources` with the older document and `--against` with this one"),
        );
    }
    diagnostic.help(
        format!("läs regeln mot meningen; stämmer den är ankaret nu `{anchor}`"),
        format!("read the rule against the sentence; if it is right, the anchor is now `{anchor}`"),
    )
}

/// `F0805`: a cited sentence is not in its document. `nearest` is the one that is nearest to the rule, `alike` how many
/// others have its anchor.
pub fn gone_sentence(resting: &Resting, document: &str, nearest: Option<Span>, alike: usize) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        GONE_SENTENCE,
        format!("meningen som {} vilar på finns inte i `{document}`", resting.who.sv),
        format!("the sentence that {} rests on is not in `{document}`", resting.who.en),
    );
    diagnostic = match alike {
        0 => diagnostic.at(resting.at, "ingen mening har detta ankare", "no sentence has this anchor"),
        1 => diagnostic.at(
            resting.at,
            "bara 1 mening har detta ankare, och en annan hänvisning gäller den",
            "only 1 sentence has this anchor, and another citation means it",
        ),
        _ => diagnostic.at(
            resting.at,
            format!("bara {alike} meningar har detta ankare, och andra hänvisningar gäller dem"),
            format!("only {alike} sentences have this anchor, and other citations mean them"),
        ),
    };
    if let Some(nearest) = nearest {
        diagnostic = diagnostic.at(nearest, "närmast i samma avsnitt", "the nearest in the same section");
    }
    diagnostic.help(
        "är kravet borttaget, så ge regeln ett slut (`gäller … till och med …`); står det på annat håll, så tar `frist sources anchor` fram hänvisningen",
        "if the requirement was removed, give the rule an end (`in force … through …`); if it stands elsewhere, `frist sources anchor` finds the citation",
    )
}

/// `F0806`: an anchor that several sentences have, without a number. `places` are where they stand.
pub fn ambiguous_anchor(anchor: &str, at: Span, places: &[Span]) -> Diagnostic {
    let count = places.len();
    let mut diagnostic = Diagnostic::new(
        AMBIGUOUS_ANCHOR,
        format!("{count} meningar har ankaret `{anchor}`"),
        format!("{count} sentences have the anchor `{anchor}`"),
    )
    .at(at, "vilken av dem?", "which of them?");
    for (number, place) in (1..).zip(places.iter().take(MOST_PLACES)) {
        diagnostic = diagnostic.at(*place, format!("nr {number}"), format!("number {number}"));
    }
    diagnostic.help(
        "skriv `nr 1`, `nr 2` … efter ankaret; numret räknas i hela dokumentet",
        "write `number 1`, `number 2` … after the anchor; they are counted in the whole document",
    )
}

/// So many alike sentences are shown.
const MOST_PLACES: usize = 6;

/// `F0807`: a document that is cited and not at hand. `at` is where the rules name it, `citations` how many are not searched for,
/// `near` the nearest name among those at hand.
pub fn missing_document(file: &str, at: Span, citations: usize, near: Option<&str>) -> Diagnostic {
    let (sv, en) = match citations {
        1 => (String::from("1 hänvisning är inte sökt"), String::from("1 citation was not searched for")),
        _ => (
            format!("{citations} hänvisningar är inte sökta"),
            format!("{citations} citations were not searched for"),
        ),
    };
    let diagnostic = Diagnostic::new(
        MISSING_DOCUMENT,
        format!("dokumentet `{file}` är inte med: {sv}"),
        format!("the document `{file}` is not at hand: {en}"),
    )
    .at(at, "nämnt här", "named here");
    match near {
        Some(near) => diagnostic.help(
            format!("det finns en `{near}`; heter filen så nu, ändra namnet efter `fil`"),
            format!("there is a `{near}`; if that is its name now, change the name after `file`"),
        ),
        None => diagnostic.help(
            "lägg filen i mappen efter `--sources`; undermappar räknas inte med",
            "put the file into the folder after `--sources`; folders inside it do not count",
        ),
    }
}

/// `F0808`: a document that is not UTF-8; `at` is the first letter that is not, `byte` its place in the file from 0.
pub fn document_encoding(file: &str, at: Span, byte: usize, value: u8, encoding: Encoding) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        DOCUMENT_ENCODING,
        format!("dokumentet `{file}` är inte skrivet i UTF-8"),
        format!("the document `{file}` is not written in UTF-8"),
    )
    .at(
        at,
        format!("byte {byte} är {value:#04X} och ingår inte i UTF-8 här"),
        format!("byte {byte} is {value:#04X} and not UTF-8 here"),
    );
    match encoding {
        Encoding::Windows1252 => diagnostic.help(
            "det är läst som Windows-1252 (ANSI); spara det som UTF-8, så är det säkert",
            "it was read as Windows-1252 (ANSI); save it as UTF-8 to be sure",
        ),
        Encoding::Utf16 => diagnostic.help(
            "det är läst som UTF-16 (Unicode); spara det som UTF-8",
            "it was read as UTF-16 (Unicode); save it as UTF-8",
        ),
        Encoding::Unknown => diagnostic.help(
            "filen ser inte ut att vara text och är inte genomsökt; spara dokumentet som ren text (UTF-8)",
            "the file does not look like text and was not searched; save the document as plain text (UTF-8)",
        ),
    }
}

/// `F0809`: a document whose checksum is not the one declared. `at` is where the rules name it, `sum` that of the file.
pub fn other_file(file: &str, at: Span, sum: &str) -> Diagnostic {
    Diagnostic::new(
        OTHER_FILE,
        format!("`{file}` är inte den fil som kontrollsumman gäller"),
        format!("`{file}` is not the file that the checksum is of"),
    )
    .at(at, "kontrollsumman hör till denna källa", "the checksum belongs to this source")
    .help(
        format!("är alla meningar funna kan den nya summan stå i stället: sha256 \"{sum}\""),
        format!("if every sentence is found, the new sum may replace it: sha256 \"{sum}\""),
    )
}

/// `F0810`: a cited sentence stands in another section than the one cited.
pub fn moved_sentence(resting: &Resting, cited: &str, section: Option<&str>, now: Span) -> Diagnostic {
    let (sv, en) = match section {
        Some(section) => (format!("i avsnittet ”{section}”"), format!("in the section “{section}”")),
        None => (String::from("före alla rubriker"), String::from("before all headings")),
    };
    Diagnostic::new(
        MOVED_SENTENCE,
        format!("meningen som {} vilar på står {sv}, inte i ”{cited}”", resting.who.sv),
        format!("the sentence that {} rests on stands {en}, not in “{cited}”", resting.who.en),
    )
    .at(resting.at, format!("avsnittet ”{cited}”"), format!("the section “{cited}”"))
    .at(now, "här står den", "it stands here")
    .help(
        "se efter om flytten ändrar vad meningen gäller, och ändra sedan avsnittet",
        "see whether the move changes what the sentence is about, and then change the section",
    )
}

/// `F0811`: a section that its document does not have; `citations` name it.
pub fn unknown_section(section: &str, document: &str, at: Span, citations: usize) -> Diagnostic {
    let diagnostic = Diagnostic::new(
        UNKNOWN_SECTION,
        format!("`{document}` har inget avsnitt ”{section}”"),
        format!("`{document}` has no section “{section}”"),
    );
    let diagnostic = match citations {
        1 => diagnostic.at(at, "ingen rubrik lyder så", "no heading reads so"),
        _ => diagnostic.at(
            at,
            format!("ingen rubrik lyder så; {citations} hänvisningar nämner den"),
            format!("no heading reads so; {citations} citations name it"),
        ),
    };
    diagnostic.help(
        "skriv rubriken som den står i dokumentet; en underrubrik skrivs efter ett snedstreck",
        "write the heading as it stands in the document; one beneath another is written after a slash",
    )
}

/// `F0812`: a sentence that looks like a deadline and that nobody cites; `wordings` are the words that make it look so,
/// `line` is the citation to paste.
pub fn uncited_deadline(wordings: &[(Span, Words)], line: &str) -> Diagnostic {
    let mut diagnostic = Diagnostic::new(
        UNCITED_DEADLINE,
        "en mening ser ut som en frist, men ingen regel hänvisar till den",
        "a sentence looks like a deadline, but no rule cites it",
    );
    for (at, words) in wordings {
        diagnostic = diagnostic.at(*at, words.sv.clone(), words.en.clone());
    }
    diagnostic.help(
        format!("skriv en regel med `{line}`, eller `utelämnat {line} skäl \"…\"`"),
        format!("write a rule with `{line}`, or `utelämnat {line} skäl \"…\"`"),
    )
}

/// `F0813`: words that no sentence of a document has.
pub fn no_such_sentence(words: &str, document: &str) -> Diagnostic {
    Diagnostic::new(
        NO_SUCH_SENTENCE,
        format!("ingen mening i `{document}` har orden ”{words}”"),
        format!("no sentence of `{document}` has the words “{words}”"),
    )
    .help(
        "skriv några ord ur meningen, så som de är böjda där; en mening som är delad på flera rader räknas som en",
        "write some words of the sentence as they are inflected there; a sentence broken over lines counts as one",
    )
}

/// `F0814`: a source that is cited and names no file.
pub fn source_without_file(name: &str, at: Span, citations: usize) -> Diagnostic {
    Diagnostic::new(
        SOURCE_WITHOUT_FILE,
        format!("källan `{name}` säger inte vilken fil dokumentet finns i"),
        format!("the source `{name}` does not say which file the document is in"),
    )
    .at(
        at,
        format!("{citations} hänvisningar till den är inte sökta"),
        format!("{citations} citations of it were not searched for"),
    )
    .help("lägg till `fil \"namn.txt\"`", "add `file \"name.txt\"`")
}

/// `F0815`: a document of which there is no newer one to compare with.
pub fn missing_newer_document(file: &str, at: Span, newer: &str) -> Diagnostic {
    Diagnostic::new(
        MISSING_NEWER_DOCUMENT,
        format!("`{newer}` har ingen nyare `{file}`"),
        format!("`{newer}` has no newer `{file}`"),
    )
    .at(at, "dokumentet som skulle jämföras", "the document to be compared")
    .help(
        "i en mapp ska den nyare filen heta som den äldre; en enda fil kan anges direkt efter `--against`",
        "in a folder the newer file has the name of the older; a single file can be given after `--against` itself",
    )
}
