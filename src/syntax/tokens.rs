//! Words, numbers, texts and signs: what the search for the cause of an error looks at.
//!
//! The grammar needs no tokens. A reader of an error does: what matters is the words around the place where reading
//! stopped.

/// What a token is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Letters: a name or a word of the language.
    Word,
    /// What begins with a digit, through its last digit: `3`, `2.25`, `2025-01-01`, `15`.
    Number,
    /// `"…"`.
    Text,
    /// `"…` without an end.
    OpenText,
    /// One sign.
    Sign,
}

/// A token and its bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token<'t> {
    pub(crate) kind: Kind,
    pub(crate) text: &'t str,
    pub(crate) start: usize,
    /// Whether it is the first one of its line.
    pub(crate) first: bool,
}

impl Token<'_> {
    pub(crate) fn end(&self) -> usize {
        self.start.saturating_add(self.text.len())
    }

    pub(crate) fn is(&self, kind: Kind) -> bool {
        self.kind == kind
    }
}

/// The tokens of a text; white space and comments are left out.
pub(crate) fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut at: usize = 0;
    let mut first = true;
    while let Some(rest) = text.get(at..)
        && let Some(sign) = rest.chars().next()
    {
        if sign.is_whitespace() {
            first |= sign == '\n';
            at = at.saturating_add(sign.len_utf8());
            continue;
        }
        if sign == '#' {
            at = at.saturating_add(rest.find('\n').unwrap_or(rest.len()));
            continue;
        }
        let (kind, length) = measure(rest, sign);
        let taken = rest.get(..length).unwrap_or(rest);
        tokens.push(Token { kind, text: taken, start: at, first });
        first = false;
        at = at.saturating_add(taken.len().max(1));
    }
    tokens
}

fn measure(rest: &str, sign: char) -> (Kind, usize) {
    let until = |stop: fn(char) -> bool| rest.find(stop).unwrap_or(rest.len());
    if sign == '"' {
        let line = until(|c| c == '\n' || c == '\r');
        let inside = rest.get(1..line).unwrap_or("");
        return match inside.find('"') {
            Some(end) => (Kind::Text, end.saturating_add(2)),
            None => (Kind::OpenText, rest.get(..line).unwrap_or(rest).trim_end().len()),
        };
    }
    if sign.is_ascii_digit() {
        return (Kind::Number, number_length(rest));
    }
    if is_letter(sign) {
        return (Kind::Word, until(|c| !is_letter(c) && !c.is_numeric()));
    }
    (Kind::Sign, sign.len_utf8())
}

/// Digits, and single `.`, `-`, `:` or `T` between digits.
fn number_length(rest: &str) -> usize {
    let mut end: usize = 0;
    let mut signs = rest.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let joins =
            matches!(sign, '.' | '-' | ':' | 'T') && signs.peek().is_some_and(|next| next.1.is_ascii_digit());
        if !sign.is_ascii_digit() && !joins {
            break;
        }
        end = at.saturating_add(1);
    }
    end
}

fn is_letter(sign: char) -> bool {
    sign.is_alphabetic() || sign == '_' || unicode_normalization::char::is_combining_mark(sign)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_falls_into_its_tokens() {
        let found = tokens("om a_1 > 4,5 # x\n  \"t\" 2025-01-01 \"öppen\n15:e");
        let all: Vec<(Kind, &str, bool)> = found.iter().map(|t| (t.kind, t.text, t.first)).collect();
        assert_eq!(
            all,
            [
                (Kind::Word, "om", true),
                (Kind::Word, "a_1", false),
                (Kind::Sign, ">", false),
                (Kind::Number, "4", false),
                (Kind::Sign, ",", false),
                (Kind::Number, "5", false),
                (Kind::Text, "\"t\"", true),
                (Kind::Number, "2025-01-01", false),
                (Kind::OpenText, "\"öppen", false),
                (Kind::Number, "15", true),
                (Kind::Sign, ":", false),
                (Kind::Word, "e", false),
            ]
        );
    }
}
