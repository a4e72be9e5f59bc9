//! Titles and texts, and which of them stands untagged in the language that is printed.

use super::line::Line;
use crate::Language;
use crate::syntax::tree::{Name, Template, TemplatePart, Title};
use crate::syntax::words;

/// How the tree writes the field `datum`, whatever the file's language.
const DATE: &str = "datum";

/// The language that a file was written in and the one that it is printed in.
#[derive(Clone, Copy)]
pub(super) struct Speech {
    /// Of the file: its untagged titles are in it.
    pub(super) own: Language,
    /// Of the print.
    pub(super) printed: Language,
}

impl Speech {
    /// How a field's name is printed: the event's own day is called by a word.
    pub(super) fn field(self, name: &Name) -> &str {
        if name.text == DATE { words::word("k_date", self.printed) } else { &name.text }
    }

    /// Which of two texts stands untagged and which one tagged.
    ///
    /// The untagged text of a file is in the file's own language, so the two change places when the other language
    /// is printed, and a lone one gets or loses its tag. A tag is believed: beside a text that is tagged with the
    /// file's own language, the untagged one must be in the other.
    fn arrange<T>(self, own: Option<T>, tagged: Option<(Language, T)>) -> (Option<T>, Option<(Language, T)>) {
        let (untagged, tagged) = match (own, tagged) {
            (None, None) => return (None, None),
            (Some(own), None) => (Some((self.own, own)), None),
            (None, Some(tagged)) => (Some(tagged), None),
            (Some(own), Some((language, text))) => (Some((language.other(), own)), Some((language, text))),
        };
        let (here, there) = match untagged {
            Some((language, text)) if language == self.printed => (Some(text), tagged),
            other => (tagged.map(|(_, text)| text), other),
        };
        (here, there)
    }
}

impl Line {
    /// Adds a title, if there is one.
    pub(super) fn title(&mut self, title: &Title) {
        let tagged = title.tagged.as_ref().map(|(language, text)| (*language, text));
        let (untagged, tagged) = self.speech.arrange(title.own.as_ref(), tagged);
        if let Some(text) = untagged {
            self.quoted(text);
        }
        if let Some((language, text)) = tagged {
            self.may_break();
            self.text(language.code());
            self.quoted(text);
        }
    }

    /// Adds a text with holes.
    pub(super) fn template(&mut self, template: &Template) {
        self.touch(template.span);
        let tagged = template.tagged.as_ref().map(|(language, parts)| (*language, parts.as_slice()));
        let own = Some(template.parts.as_slice()).filter(|parts| !parts.is_empty() || tagged.is_none());
        let (untagged, tagged) = self.speech.arrange(own, tagged);
        if let Some(parts) = untagged {
            self.text(&self.parts(parts));
        }
        if let Some((language, parts)) = tagged {
            self.may_break();
            self.text(language.code());
            self.text(&self.parts(parts));
        }
    }

    fn parts(&self, parts: &[TemplatePart]) -> String {
        let mut text = String::from("\"");
        for part in parts {
            match part {
                TemplatePart::Literal(letters) => {
                    text.push_str(&letters.replace('{', "{{").replace('}', "}}"));
                }
                TemplatePart::Hole(expr) => {
                    let mut hole = Line::new(self.speech);
                    hole.expr(expr);
                    let hole = hole.flat();
                    // `{{` would be a brace that is shown.
                    text.push_str(if hole.starts_with('{') { "{ " } else { "{" });
                    text.push_str(&hole);
                    text.push('}');
                }
            }
        }
        text.push('"');
        text
    }
}
