//! SVG written piece by piece: lengths are tenths of a pixel, texts are escaped.

/// Tenths of a pixel.
pub(super) type Length = i64;

/// So many whole pixels.
pub(super) const fn px(pixels: i64) -> Length {
    pixels.saturating_mul(10)
}

/// A drawing that is being written.
#[derive(Default)]
pub(super) struct Canvas {
    out: String,
}

/// Where a text stands to its point.
#[derive(Clone, Copy)]
pub(super) enum Anchor {
    Start,
    Middle,
    End,
}

impl Canvas {
    /// What has been written.
    pub fn finish(self) -> String {
        self.out
    }

    /// A line of SVG as it is.
    pub fn raw(&mut self, svg: &str) {
        self.out.push_str(svg);
        self.out.push('\n');
    }

    /// An element that holds nothing but text.
    pub fn said(&mut self, open: &str, text: &str, close: &str) {
        self.raw(&format!("{open}{}{close}", escaped(text)));
    }

    /// A group with a title, which a pointer that rests on it shows.
    pub fn group(&mut self, title: &str, content: impl FnOnce(&mut Canvas)) {
        self.raw("<g>");
        self.said("<title>", title, "</title>");
        content(self);
        self.raw("</g>");
    }

    /// A text.
    pub fn text(&mut self, class: &str, x: Length, y: Length, anchor: Anchor, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "",
            Anchor::Middle => " text-anchor=\"middle\"",
            Anchor::End => " text-anchor=\"end\"",
        };
        let open = format!("<text{} x=\"{}\" y=\"{}\"{anchor}>", of_class(class), at(x), at(y));
        self.said(&open, text, "</text>");
    }

    /// A line.
    pub fn line(&mut self, class: &str, from: (Length, Length), to: (Length, Length)) {
        self.raw(&format!(
            "<line{} x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"/>",
            of_class(class),
            at(from.0),
            at(from.1),
            at(to.0),
            at(to.1)
        ));
    }

    /// A box with round corners: its left upper corner and its size.
    pub fn bar(&mut self, class: &str, corner: (Length, Length), size: (Length, Length)) {
        self.raw(&format!(
            "<rect{} x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"3\"/>",
            of_class(class),
            at(corner.0),
            at(corner.1),
            at(size.0),
            at(size.1)
        ));
    }

    /// A disc.
    pub fn disc(&mut self, class: &str, x: Length, y: Length, radius: Length) {
        self.raw(&format!(
            "<circle{} cx=\"{}\" cy=\"{}\" r=\"{}\"/>",
            of_class(class),
            at(x),
            at(y),
            at(radius)
        ));
    }

    /// A cross.
    pub fn cross(&mut self, class: &str, x: Length, y: Length) {
        let arm = px(4);
        let (left, right) = (x.saturating_sub(arm), x.saturating_add(arm));
        let (above, below) = (y.saturating_sub(arm), y.saturating_add(arm));
        self.line(class, (left, above), (right, below));
        self.line(class, (left, below), (right, above));
    }

    /// A disc with a tick in it.
    pub fn ticked(&mut self, class: &str, x: Length, y: Length) {
        self.disc(class, x, y, px(7));
        let point =
            |right: i64, down: i64| format!("{} {}", at(x.saturating_add(right)), at(y.saturating_add(down)));
        let (a, b, c) = (point(-33, 2), point(-8, 27), point(33, -25));
        self.raw(&format!("<path class=\"tick\" d=\"M{a} L{b} L{c}\"/>"));
    }
}

fn of_class(class: &str) -> String {
    if class.is_empty() { String::new() } else { format!(" class=\"{class}\"") }
}

/// A length in pixels, with a decimal where there is one.
pub(super) fn at(length: Length) -> String {
    let sign = if length < 0 { "-" } else { "" };
    let size = length.unsigned_abs();
    match size % 10 {
        0 => format!("{sign}{}", size / 10),
        tenths => format!("{sign}{}.{tenths}", size / 10),
    }
}

/// A text as XML holds it. Characters that XML has no place for are shown as what they are not.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            other => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_written_exactly() {
        assert_eq!([px(12), 125, -5, 0].map(at), ["12", "12.5", "-0.5", "0"]);
    }

    #[test]
    fn texts_cannot_leave_their_place() {
        assert_eq!(escaped("</text><script>\u{0}&\""), "&lt;/text&gt;&lt;script&gt;\u{fffd}&amp;&quot;");
    }
}
