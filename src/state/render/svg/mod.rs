//! A timeline as SVG: for a report, a web page or a letter. No scripts; every part says what it is in words, too.

mod canvas;
mod rows;

use canvas::{Anchor, Canvas, Length, at, px};

use super::words::Teller;
use crate::Language;
use crate::explain::{capital, sentence};
use crate::program::Program;
use crate::run::Case;
use crate::source::Sources;
use crate::state::{State, Timeline};
use crate::time::{Day, YearMonth, month_name};

/// The style, in colours for light and for dark surroundings. Nothing is told by colour alone.
const STYLE: &str = include_str!("timeline.css");

/// How wide the drawing is.
const WIDTH: Length = px(960);
/// How far everything keeps from the edge.
const MARGIN: Length = px(24);
/// Where the days begin: names stand to the left.
const LEFT: Length = px(276);
/// Where the days end.
const RIGHT: Length = px(936);
/// Where the years, the months and the first row stand.
const YEARS: Length = px(92);
const MONTHS: Length = px(110);
const TOP: Length = px(122);
/// How wide the name of a month is, with the room around it.
const MONTH: Length = px(36);

/// The timeline of a state as an SVG document, with its content in words for those who cannot see it.
pub fn svg(program: &Program, sources: &Sources, case: &Case, state: &State, language: Language) -> String {
    let spoken = Teller { program, sources, case, state, language, in_words: true };
    let teller = Teller { in_words: false, ..spoken };
    let mut drawing = Drawing {
        teller: &teller,
        line: &state.timeline,
        canvas: Canvas::default(),
        y: TOP,
        grid: Vec::new(),
    };
    drawing.months();
    drawing.rows();
    let bottom = drawing.y;
    drawing.y = bottom.saturating_add(px(8));
    drawing.days(bottom);
    drawing.legend();
    let height = drawing.y.saturating_add(MARGIN);
    let (grid, body) = (drawing.grid, drawing.canvas.finish());

    let mut page = Canvas::default();
    page.raw(&format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"frist\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" \
         height=\"{h}\" role=\"img\" lang=\"{language}\" aria-labelledby=\"frist-title frist-desc\">",
        w = at(WIDTH),
        h = at(height)
    ));
    let title = crate::explain::render::heading(program, &state.case, language);
    page.said("<title id=\"frist-title\">", &title, "</title>");
    let spoken = Teller { program, sources, case, state, language, in_words: true };
    page.said("<desc id=\"frist-desc\">", &described(&spoken), "</desc>");
    page.raw(&format!("<style>\n{STYLE}</style>"));
    page.raw(&format!("<rect class=\"ground\" width=\"{}\" height=\"{}\" rx=\"8\"/>", at(WIDTH), at(height)));
    page.text("title", MARGIN, px(38), Anchor::Start, &title);
    page.text("quiet", MARGIN, px(60), Anchor::Start, &teller.as_of());
    for (x, class) in grid {
        page.line(class, (x, MONTHS.saturating_add(px(6))), (x, bottom));
    }
    page.raw(body.trim_end());
    page.raw("</svg>");
    page.finish()
}

/// What the drawing shows, in sentences.
fn described(teller: &Teller<'_>) -> String {
    let state = teller.state;
    let mut said = vec![teller.as_of()];
    for fact in &state.facts {
        let subject = fact.course.subject;
        let value = teller.value(subject, fact.held.value);
        let name = capital(&teller.subject(subject));
        said.push(format!("{name}: {value}{}.", teller.days(&fact.held)));
    }
    for duty in state.standing() {
        let Some(outcome) = state.outcome(duty.outcome) else { continue };
        said.push(sentence(teller.program, &state.pool, outcome).get(teller.language).to_owned());
    }
    for coming in &state.coming {
        said.push(format!("{}: {}.", capital(&teller.day(coming.on)), teller.coming(coming)));
    }
    said.join(" ")
}

struct Drawing<'a> {
    teller: &'a Teller<'a>,
    line: &'a Timeline,
    canvas: Canvas,
    /// Where the next row begins.
    y: Length,
    /// The upright lines of the months, drawn beneath everything.
    grid: Vec<(Length, &'static str)>,
}

impl Drawing<'_> {
    /// Where a day begins.
    fn x(&self, day: Day) -> Length {
        self.x_at(self.line.place(day))
    }

    /// Where a day ends.
    fn x_after(&self, day: Day) -> Length {
        self.x_at(self.line.place(day).saturating_add(1))
    }

    /// The middle of a day.
    fn x_of(&self, day: Day) -> Length {
        self.x(day).saturating_add(self.x_after(day)) / 2
    }

    fn x_at(&self, place: i64) -> Length {
        let wide = RIGHT.saturating_sub(LEFT);
        let along = place.saturating_mul(wide).checked_div(self.line.days().max(1)).unwrap_or(0);
        LEFT.saturating_add(along)
    }

    /// Years and months above the days.
    fn months(&mut self) {
        // A month is 30.4 days wide.
        let wide = RIGHT.saturating_sub(LEFT).saturating_mul(304) / 10;
        let month_wide = wide.checked_div(self.line.days().max(1)).unwrap_or(0);
        let every = [1_u8, 3, 6]
            .into_iter()
            .find(|every| month_wide.saturating_mul(i64::from(*every)) >= MONTH)
            .unwrap_or(12);
        let mut month = YearMonth::from(self.line.from);
        let mut year = None;
        let mut free = LEFT;
        while month.first_day() <= self.line.until {
            let x = self.x(month.first_day());
            let first = month.month() == 1;
            if month.month().saturating_sub(1).checked_rem(every) == Some(0) {
                self.grid.push((x, if first { "grid year" } else { "grid" }));
                if every < 12 && x.saturating_add(MONTH) <= RIGHT.saturating_add(px(12)) {
                    let name = month_name(month.month(), self.teller.language).unwrap_or_default();
                    let short: String = name.chars().take(3).collect();
                    self.canvas.text("small quiet", x.saturating_add(px(3)), MONTHS, Anchor::Start, &short);
                }
            }
            if year != Some(month.year()) {
                if x >= free && x.saturating_add(MONTH) <= RIGHT.saturating_add(px(12)) {
                    let text = month.year().to_string();
                    self.canvas.text("small", x.saturating_add(px(3)), YEARS, Anchor::Start, &text);
                    free = x.saturating_add(MONTH);
                }
                year = Some(month.year());
            }
            let Ok(next) = month.next() else { break };
            month = next;
        }
    }

    /// The two days as lines through all rows, with their dates beneath.
    fn days(&mut self, bottom: Length) {
        let state = self.teller.state;
        let above = MONTHS.saturating_add(px(6));
        let mut days = vec![(state.on, "on", "small on-text", state.on.to_string())];
        if state.on != state.as_of {
            let per = match self.teller.language {
                Language::Swedish => format!("per {}", state.as_of),
                Language::English => format!("as of {}", state.as_of),
            };
            days.insert(0, (state.as_of, "as-of", "small quiet", per));
        }
        let apart = self.x_of(state.on).abs_diff(self.x_of(state.as_of)) > px(130).unsigned_abs();
        for (day, class, ..) in &days {
            let x = self.x_of(*day);
            self.canvas.line(class, (x, above), (x, bottom.saturating_add(px(4))));
        }
        // The day asked about is named first, nearest to its line.
        for (number, (day, _, class, text)) in days.into_iter().rev().enumerate() {
            if number > 0 && !apart {
                self.y = self.y.saturating_add(px(16));
            }
            let (anchor, x) = match self.x_of(day) {
                x if x > RIGHT.saturating_sub(px(50)) => (Anchor::End, x.saturating_add(px(4)).min(RIGHT)),
                x if x < LEFT.saturating_add(px(50)) => (Anchor::Start, x.saturating_sub(px(4))),
                x => (Anchor::Middle, x),
            };
            self.canvas.text(class, x, self.y.saturating_add(px(12)), anchor, &text);
        }
        self.y = self.y.saturating_add(px(30));
    }
}
