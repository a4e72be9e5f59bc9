//! The rows of the drawing: events, facts and permissions as bars, duties as lines, and what the signs mean.

use super::canvas::{Anchor, Canvas, Length, px};
use super::{Drawing, LEFT, MARGIN, RIGHT};
use crate::diagnostics::render::wrap;
use crate::run::{OutcomeKind, Status};
use crate::state::render::shown::Shown;
use crate::state::{Course, DutyState, Subject};
use crate::time::Day;

/// How many letters of a name fit on a line.
const NAME: usize = 35;
/// How far the lines of a name are apart.
const LEADING: Length = px(16);
/// How high a row is, and a bar in it.
const ROW: Length = px(32);
const BAR: Length = px(20);
/// How wide a letter on a bar is, about.
const LETTER: Length = 66;

impl Drawing<'_> {
    /// All rows, in their sections.
    pub(super) fn rows(&mut self) {
        self.events();
        let line = self.line;
        if !line.courses.is_empty() {
            self.section("Uppgifter", "Facts");
        }
        let mut permissions = false;
        for course in &line.courses {
            if !permissions && matches!(course.subject, Subject::Permission(..)) {
                permissions = true;
                self.section("Rättigheter och förbud", "Permissions and prohibitions");
            }
            self.course(course);
        }
        if !line.duties.is_empty() {
            self.section("Skyldigheter", "Duties");
        }
        for duty in &line.duties {
            self.duty(duty);
        }
    }

    fn section(&mut self, sv: &str, en: &str) {
        let y = self.y.saturating_add(px(18));
        self.canvas.text("section", MARGIN, y, Anchor::Start, self.teller.choose(sv, en));
        self.y = self.y.saturating_add(px(26));
    }

    /// A name on as many lines as it takes; gives the middle of the row and makes room for it.
    fn name(&mut self, name: &str) -> Length {
        let lines = wrap(name, NAME);
        let more = i64::try_from(lines.len()).unwrap_or(1).saturating_sub(1).saturating_mul(LEADING);
        let middle = self.y.saturating_add(ROW.saturating_add(more) / 2);
        let mut y = middle.saturating_sub(more / 2).saturating_add(45);
        for line in lines {
            self.canvas.text("", MARGIN, y, Anchor::Start, &line);
            y = y.saturating_add(LEADING);
        }
        self.y = self.y.saturating_add(ROW).saturating_add(more);
        middle
    }

    fn events(&mut self) {
        let middle = self.name(self.teller.choose("Händelser", "Events"));
        for (day, place) in &self.line.events {
            let x = self.x_of(*day);
            let title = self.teller.event(*place);
            self.canvas.group(&title, |canvas| canvas.disc("event", x, middle, px(4)));
        }
        for (day, place) in &self.line.timers {
            let x = self.x_of(*day);
            let state = self.teller.state;
            let Some(outcome) = state.outcome(*place) else { continue };
            let said = crate::explain::sentence(self.teller.program, &state.pool, outcome);
            let title = said.get(self.teller.language);
            self.canvas.group(title, |canvas| canvas.disc("timer", x, middle, px(5)));
        }
    }

    fn course(&mut self, course: &Course) {
        let name = self.teller.subject(course.subject);
        let middle = self.name(&name);
        for held in &course.held {
            let Some((first, last)) = self.line.drawn(held.from, held.until) else { continue };
            let value = self.teller.value(course.subject, held.value);
            let title = format!("{name}: {value}{}", self.teller.days(held));
            let as_of = self.teller.state.as_of;
            let (start, end) = (self.x(first), self.x_after(last));
            // What holds on the as-of day is known through its end; the rest is only scheduled.
            let known = if last <= as_of { end } else { self.x_after(as_of).clamp(start, end) };
            let known = if first > as_of { start } else { known };
            let shown = Shown::of(course.subject, held.value);
            if shown != Shown::Nothing {
                self.canvas.group(&title, |canvas| bar(canvas, shown, &value, (start, known, end), middle));
            }
        }
    }

    fn duty(&mut self, duty: &DutyState) {
        let state = self.teller.state;
        let Some(outcome) = state.outcome(duty.outcome) else { return };
        let middle = self.name(&self.teller.duty(outcome));
        let (status, soft) = match &outcome.kind {
            OutcomeKind::Duty(duty) => (duty.status, duty.soft),
            OutcomeKind::RecurringDuty(duty) => (duty.status, duty.soft),
            _ => return,
        };
        let said = crate::explain::sentence(self.teller.program, &state.pool, outcome);
        let how = crate::explain::standing(self.teller.program, &state.pool, outcome, state.as_of);
        let how = how.map(|words| words.get(self.teller.language).to_owned()).unwrap_or_default();
        let title = format!("{} {how}", said.get(self.teller.language));
        let end = duty.met.or(duty.lapsed).unwrap_or(state.as_of).max(duty.born);
        let born = self.x_of(duty.born);
        let in_time = self.x_of(duty.last.map_or(end, |last| last.min(end)).max(duty.born));
        let late = duty.last.filter(|last| *last < end && duty.missed.is_empty());
        let late = late.filter(|_| duty.lapsed.is_none() && (duty.met.is_some() || !soft));
        let pending = duty.met.is_none() && duty.lapsed.is_none();
        let left = duty.last.filter(|last| pending && *last > state.as_of);
        let x_of = |day| self.x_of(day);
        let (end_x, late, left) = (x_of(end), late.map(x_of), left.map(x_of));
        let drawn = duty.last.filter(|last| self.line.drawn(Some(*last), Some(*last)).is_some());
        let last = drawn.map(x_of);
        let missed: Vec<Length> = duty.missed.iter().map(|day| x_of(*day)).collect();
        let (met, lapsed) = (duty.met.map(x_of), duty.lapsed.map(x_of));
        self.canvas.group(&title, |canvas| {
            canvas.line("open", (born, middle), (in_time, middle));
            if let Some(left) = left {
                canvas.line("left", (in_time, middle), (left, middle));
            }
            if let Some(late) = late {
                canvas.line("late", (late, middle), (end_x, middle));
            }
            if let Some(last) = last {
                let (above, below) = (middle.saturating_sub(px(9)), middle.saturating_add(px(9)));
                canvas.line("last", (last, above), (last, below));
            }
            canvas.disc("born", born, middle, px(5));
            for missed in missed {
                canvas.cross("missed", missed, middle);
            }
            if let Some(lapsed) = lapsed {
                canvas.cross("lapsed", lapsed, middle);
            }
            if let Some(met) = met {
                let class = if status == Status::MetLate { "met-late" } else { "met" };
                canvas.ticked(class, met, middle);
            }
        });
    }

    /// What the signs that occur mean.
    pub(super) fn legend(&mut self) {
        let as_of = self.teller.state.as_of;
        let drawn = self.line.courses.iter().flat_map(|course| {
            let drawn =
                course.held.iter().filter_map(|held| self.line.drawn(held.from, held.until).zip(Some(held)));
            drawn.map(|((_, last), held)| (Shown::of(course.subject, held.value), last))
        });
        let drawn: Vec<(Shown, Day)> = drawn.collect();
        let has = |sign: Shown| drawn.iter().any(|(shown, _)| *shown == sign);
        let ahead = drawn.iter().any(|(shown, last)| {
            matches!(shown, Shown::Yes | Shown::Named | Shown::Forbidden) && *last > as_of
        });
        let duties = &self.line.duties;
        let late = |duty: &DutyState| {
            let end = duty.met.unwrap_or(as_of);
            duty.lapsed.is_none() && duty.missed.is_empty() && duty.last.is_some_and(|last| last < end)
        };
        let entries: [(bool, Sign, &str, &str); 14] = [
            (!self.line.timers.is_empty(), Sign::Disc("timer"), "prövas", "will be looked at"),
            (has(Shown::Yes), Sign::Bar("yes"), "ja", "yes"),
            (has(Shown::Named), Sign::Bar("value"), "värde", "value"),
            (has(Shown::Forbidden), Sign::Bar("forbidden"), "förbud", "prohibition"),
            (ahead, Sign::Bar("yes ahead"), "så långt bestämt", "settled so far"),
            (has(Shown::No), Sign::Line("no"), "nej eller inget", "no or none"),
            (has(Shown::Unknown), Sign::Line("unknown"), "okänt", "unknown"),
            (!duties.is_empty(), Sign::Disc("born"), "uppstår", "arises"),
            (duties.iter().any(|duty| duty.last.is_some()), Sign::Upright("last"), "sista dag", "last day"),
            (duties.iter().any(|duty| duty.met.is_some() && !late(duty)), Sign::Tick("met"), "gjord", "met"),
            (duties.iter().any(late), Sign::Line("late"), "försenad", "overdue"),
            (
                duties.iter().any(|duty| duty.met.is_some() && late(duty)),
                Sign::Tick("met-late"),
                "gjord för sent",
                "met late",
            ),
            (duties.iter().any(|duty| !duty.missed.is_empty()), Sign::Cross("missed"), "missad", "missed"),
            (duties.iter().any(|duty| duty.lapsed.is_some()), Sign::Cross("lapsed"), "bortfaller", "lapses"),
        ];
        let mut x = LEFT;
        for (shown, sign, sv, en) in entries {
            if !shown {
                continue;
            }
            let words = self.teller.choose(sv, en);
            let letters = i64::try_from(words.chars().count()).unwrap_or(0).saturating_mul(LETTER);
            let wide = px(54).saturating_add(letters);
            if x > LEFT && x.saturating_add(wide).saturating_sub(px(20)) > RIGHT {
                x = LEFT;
                self.y = self.y.saturating_add(px(22));
            }
            let middle = self.y.saturating_add(px(8));
            sign.draw(&mut self.canvas, x, middle);
            let text_y = middle.saturating_add(42);
            self.canvas.text("small quiet", x.saturating_add(px(32)), text_y, Anchor::Start, words);
            x = x.saturating_add(wide);
        }
        self.y = self.y.saturating_add(px(16));
    }
}

/// A value over its days: solid as far as it is known, hollow where it is only settled so far.
fn bar(
    canvas: &mut Canvas,
    shown: Shown,
    value: &str,
    (start, known, end): (Length, Length, Length),
    middle: Length,
) {
    let class = match shown {
        Shown::No => return canvas.line("no", (start, middle), (end, middle)),
        Shown::Unknown => return canvas.line("unknown", (start, middle), (end, middle)),
        Shown::Nothing => return,
        Shown::Yes => "yes",
        Shown::Named => "value",
        Shown::Forbidden => "forbidden",
    };
    let top = middle.saturating_sub(BAR / 2);
    if known > start {
        canvas.bar(class, (start, top), (known.saturating_sub(start), BAR));
    }
    if end > known {
        canvas.bar(&format!("{class} ahead"), (known, top), (end.saturating_sub(known), BAR));
    }
    if shown == Shown::Yes {
        return;
    }
    let room = end.saturating_sub(start).saturating_sub(px(10)).checked_div(LETTER).unwrap_or(0);
    let room = usize::try_from(room).unwrap_or(0);
    let text: String = match value.chars().count() {
        long if long <= room => value.to_owned(),
        _ if room < 4 => return,
        _ => value.chars().take(room.saturating_sub(1)).chain(['…']).collect(),
    };
    canvas.text("value-text", start.saturating_add(px(6)), middle.saturating_add(42), Anchor::Start, &text);
}

/// A sign in the legend, by its class.
#[derive(Clone, Copy)]
enum Sign {
    Bar(&'static str),
    Line(&'static str),
    Upright(&'static str),
    Disc(&'static str),
    Tick(&'static str),
    Cross(&'static str),
}

impl Sign {
    fn draw(self, canvas: &mut Canvas, x: Length, middle: Length) {
        let (right, centre) = (x.saturating_add(px(26)), x.saturating_add(px(13)));
        match self {
            Sign::Bar(class) => canvas.bar(class, (x, middle.saturating_sub(px(6))), (px(26), px(12))),
            Sign::Line(class) => canvas.line(class, (x, middle), (right, middle)),
            Sign::Upright(class) => {
                let (above, below) = (middle.saturating_sub(px(8)), middle.saturating_add(px(8)));
                canvas.line(class, (centre, above), (centre, below));
            }
            Sign::Disc(class) => canvas.disc(class, centre, middle, px(5)),
            Sign::Tick(class) => canvas.ticked(class, centre, middle),
            Sign::Cross(class) => canvas.cross(class, centre, middle),
        }
    }
}
