//! A timeline drawn with signs: a bar for each fact, a line for each duty, the dates above, the two days beneath.

use super::shown::Shown;
use super::signs::{ASCII, Signs, UNICODE};
use super::words::Teller;
use crate::diagnostics::render::{Look, wrap};
use crate::language::Language;
use crate::state::{Course, DutyState, Held, Timeline};
use crate::time::{Day, YearMonth, month_name};

/// Names take a third of the width at most.
const NAMES: usize = 3;
/// Fewer columns than this are no drawing.
const NARROWEST: usize = 20;

/// The timeline of a state, fitted to the width.
pub(super) fn chart(teller: &Teller<'_>, look: Look) -> String {
    let line = &teller.state.timeline;
    let courses = line.courses.iter().map(|course| teller.subject(course.subject));
    let duties = line
        .duties
        .iter()
        .map(|duty| teller.state.outcome(duty.outcome).map_or(String::new(), |outcome| teller.duty(outcome)));
    let names: Vec<String> = courses.chain(duties).collect();
    let events = teller.choose("händelser", "events").to_owned();
    let longest = names.iter().map(|name| name.chars().count()).chain([events.chars().count()]).max();
    let name = longest.unwrap_or(0).min(look.width / NAMES);
    let width = look.width.saturating_sub(name.saturating_add(4)).max(NARROWEST);
    let signs = if look.unicode { &UNICODE } else { &ASCII };
    let chart = Chart { teller, line, signs, name, width, color: look.color };

    let mut out = String::new();
    for row in chart.axis() {
        chart.row(&mut out, "", row);
    }
    chart.row(&mut out, &events, chart.events());
    let bars = line.courses.iter().map(|course| chart.course(course));
    let lives = line.duties.iter().map(|duty| chart.duty(duty));
    for (name, cells) in names.iter().zip(bars.chain(lives)) {
        chart.row(&mut out, name, cells);
    }
    for row in chart.feet() {
        chart.row(&mut out, "", row);
    }
    out.push('\n');
    let legend = chart.legend(&out);
    out.push_str(&legend_lines(&legend, look.width));
    out
}

struct Chart<'a> {
    teller: &'a Teller<'a>,
    line: &'a Timeline,
    signs: &'static Signs,
    name: usize,
    width: usize,
    color: bool,
}

/// The signs of one row.
type Cells = Vec<char>;

impl Chart<'_> {
    /// A name on as many lines as it takes, and the signs beside its first one.
    fn row(&self, out: &mut String, name: &str, cells: Cells) {
        let wide = self.name;
        let below: String =
            if name.is_empty() { String::new() } else { self.paint(&self.ruled(self.blank())) };
        let mut cells = self.paint(&cells);
        for part in wrap(name, wide) {
            let row = format!("  {part:<wide$}  {cells}");
            out.push_str(row.trim_end());
            out.push('\n');
            cells.clone_from(&below);
        }
    }

    /// The signs of a row in a line of text, in colours where there are any.
    fn paint(&self, cells: &Cells) -> String {
        let s = self.signs;
        let color = |sign: char| match sign {
            _ if !self.color => "",
            _ if [s.yes, s.yes_ahead, s.met].contains(&sign) => "32",
            _ if [s.turn, s.value, s.value_ahead, s.born].contains(&sign) => "36",
            _ if [s.overdue, s.missed, s.met_late].contains(&sign) => "31",
            _ if [s.on, s.on_foot].contains(&sign) => "35",
            _ => "",
        };
        let mut out = String::new();
        for run in cells.chunk_by(|a, b| color(*a) == color(*b)) {
            let text: String = run.iter().collect();
            match run.first().map_or("", |sign| color(*sign)) {
                "" => out.push_str(&text),
                code => out.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m")),
            }
        }
        out.truncate(out.trim_end().len());
        out
    }

    fn blank(&self) -> Cells {
        vec![' '; self.width]
    }

    /// The column in which a day lies.
    fn column(&self, day: Day) -> usize {
        let (place, days) = (self.line.place(day), self.line.days());
        let width = i64::try_from(self.width).unwrap_or(i64::MAX);
        let column = place.saturating_mul(width).checked_div(days.max(1)).unwrap_or(0);
        usize::try_from(column).unwrap_or(0).min(self.width.saturating_sub(1))
    }

    /// The last column before that of the day after, or the day's own.
    fn end_column(&self, day: Day) -> usize {
        match day.next() {
            Ok(next) if next <= self.line.until => self.column(next).saturating_sub(1).max(self.column(day)),
            _ => self.width.saturating_sub(1),
        }
    }

    /// Years, months and the line beneath them. Months have names where there is room, else only years are named.
    fn axis(&self) -> Vec<Cells> {
        let mut months: Vec<YearMonth> = Vec::new();
        let mut month = YearMonth::from(self.line.from);
        while month.first_day() <= self.line.until {
            months.push(month);
            let Ok(next) = month.next() else { break };
            month = next;
        }
        let every = [1_u8, 3, 6, 12].into_iter().find(|every| self.fits(&months, *every)).unwrap_or(12);
        let (mut years, mut names, mut rule) =
            (self.blank(), self.blank(), vec![self.signs.rule.0; self.width]);
        let mut year = None;
        let mut free = 0;
        for month in &months {
            let at = self.column(month.first_day());
            if year != Some(month.year()) {
                let text = month.year().to_string();
                if at >= free && at.saturating_add(text.len()) <= self.width {
                    write(&mut years, at, &text);
                    free = at.saturating_add(text.len()).saturating_add(1);
                }
                year = Some(month.year());
            }
            if named(*month, every) {
                put(&mut rule, at, self.signs.rule.1);
                if every < 12 {
                    write(&mut names, at, &self.month(*month));
                }
            }
        }
        let rows = [years, names, rule];
        rows.into_iter().filter(|row| row.iter().any(|sign| *sign != ' ')).collect()
    }

    /// Whether the names of every so many months stand apart.
    fn fits(&self, months: &[YearMonth], every: u8) -> bool {
        let columns: Vec<usize> = months
            .iter()
            .filter(|month| named(**month, every))
            .map(|month| self.column(month.first_day()))
            .collect();
        let longest = if every < 12 { 3 } else { 0 };
        let apart = |pair: &[usize]| match pair {
            [a, b] => a.saturating_add(longest) < *b,
            _ => true,
        };
        columns.windows(2).all(apart)
            && columns.last().is_none_or(|last| last.saturating_add(longest) <= self.width)
    }

    fn month(&self, month: YearMonth) -> String {
        let name = month_name(month.month(), self.teller.language).unwrap_or_default();
        name.chars().take(3).collect()
    }

    fn events(&self) -> Cells {
        let mut cells = self.blank();
        let mut counts = vec![0_usize; self.width];
        for (day, _) in &self.line.events {
            if let Some(count) = counts.get_mut(self.column(*day)) {
                *count = count.saturating_add(1);
            }
        }
        for (day, _) in &self.line.timers {
            put(&mut cells, self.column(*day), self.signs.timer);
        }
        for (column, count) in counts.into_iter().enumerate() {
            match count {
                0 => {}
                1 => put(&mut cells, column, self.signs.event),
                2..=9 => {
                    put(&mut cells, column, count.to_string().chars().next().unwrap_or(self.signs.event))
                }
                _ => put(&mut cells, column, '+'),
            }
        }
        self.ruled(cells)
    }

    /// The bar of a fact or a permission.
    fn course(&self, course: &Course) -> Cells {
        let mut cells = self.blank();
        let as_of = self.teller.state.as_of;
        for held in &course.held {
            let Some((first, last)) = self.line.drawn(held.from, held.until) else { continue };
            let (start, end) = (self.column(first), self.end_column(last));
            let shown = Shown::of(course.subject, held.value);
            let (now, ahead) = match shown {
                Shown::Yes => (self.signs.yes, self.signs.yes_ahead),
                Shown::No => (self.signs.no, self.signs.no),
                Shown::Unknown => (self.signs.unknown, self.signs.unknown),
                Shown::Named | Shown::Forbidden => (self.signs.value, self.signs.value_ahead),
                Shown::Nothing => continue,
            };
            let known = self.end_column(as_of);
            for column in start..=end {
                put(&mut cells, column, if column <= known { now } else { ahead });
            }
            if matches!(shown, Shown::Named | Shown::Forbidden) {
                put(&mut cells, start, self.signs.turn);
                let room = end.saturating_sub(start);
                let text = self.teller.value(course.subject, held.value);
                write(&mut cells, start.saturating_add(1), &cut(&text, room, self.signs.cut));
            }
        }
        self.ruled(cells)
    }

    /// The life of a duty: it arises, its last day, whether and when it was met.
    fn duty(&self, duty: &DutyState) -> Cells {
        let mut cells = self.blank();
        let as_of = self.teller.state.as_of;
        let end = duty.met.or(duty.lapsed).unwrap_or(as_of);
        let born = self.column(duty.born);
        let in_time = duty.last.map_or(end, |last| last.min(end));
        for column in born..=self.column(in_time.max(duty.born)) {
            put(&mut cells, column, self.signs.open);
        }
        if let Some(last) = duty.last {
            let late = duty.missed.is_empty() && end > last && duty.lapsed.is_none();
            let soft = self.teller.state.outcome(duty.outcome).is_some_and(is_soft);
            if late && (duty.met.is_some() || !soft) {
                for column in self.column(last)..=self.column(end) {
                    put(&mut cells, column, self.signs.overdue);
                }
            }
            if duty.met.is_none() && duty.lapsed.is_none() && last > as_of {
                for column in self.column(as_of).saturating_add(1)..=self.column(last) {
                    put(&mut cells, column, self.signs.left);
                }
            }
            if self.line.drawn(Some(last), Some(last)).is_some() {
                put(&mut cells, self.column(last), self.signs.last);
            }
        }
        put(&mut cells, born, self.signs.born);
        for missed in &duty.missed {
            put(&mut cells, self.column(*missed), self.signs.missed);
        }
        if let Some(lapsed) = duty.lapsed {
            put(&mut cells, self.column(lapsed), self.signs.lapsed);
        }
        if let Some(met) = duty.met {
            let late = duty.last.is_some_and(|last| last < met);
            put(&mut cells, self.column(met), if late { self.signs.met_late } else { self.signs.met });
        }
        self.ruled(cells)
    }

    /// The lines of the two days, through what is empty or says nothing.
    fn ruled(&self, mut cells: Cells) -> Cells {
        let state = self.teller.state;
        for (day, sign) in [(state.as_of, self.signs.as_of), (state.on, self.signs.on)] {
            let column = self.column(day);
            let free = cells
                .get(column)
                .is_some_and(|cell| [' ', self.signs.unknown, self.signs.as_of].contains(cell));
            if free {
                put(&mut cells, column, sign);
            }
        }
        cells
    }

    /// The two days by their dates, each beneath its line.
    fn feet(&self) -> Vec<Cells> {
        let state = self.teller.state;
        let mut feet = vec![(state.on, self.signs.on_foot, state.on.to_string())];
        if state.on != state.as_of {
            let per = match self.teller.language {
                Language::Swedish => format!("per {}", state.as_of),
                Language::English => format!("as of {}", state.as_of),
            };
            feet.push((state.as_of, self.signs.as_of_foot, per));
        }
        feet.into_iter()
            .map(|(day, sign, text)| {
                let mut cells = self.blank();
                let column = self.column(day);
                let long = text.chars().count().saturating_add(1);
                let start = if column.saturating_add(long) < self.width {
                    column.saturating_add(2)
                } else {
                    column.saturating_sub(long)
                };
                write(&mut cells, start, &text);
                put(&mut cells, column, sign);
                cells
            })
            .collect()
    }

    /// The signs that occur in the drawing, in words.
    fn legend(&self, drawn: &str) -> Vec<String> {
        let (s, t) = (self.signs, self.teller);
        let has_bars = !self.line.courses.is_empty();
        let has_duties = !self.line.duties.is_empty();
        let rows: [(bool, char, &str, &str); 15] = [
            (!self.line.events.is_empty(), s.event, "händelse", "event"),
            (!self.line.timers.is_empty(), s.timer, "prövas", "will be looked at"),
            (has_bars, s.yes, "ja", "yes"),
            (has_bars, s.yes_ahead, "ja, så långt bestämt", "yes, settled so far"),
            (has_bars, s.turn, "nytt värde", "new value"),
            (has_bars, s.value_ahead, "så långt bestämt", "settled so far"),
            (has_bars && self.has_no(), s.no, "nej eller inget", "no or none"),
            (has_bars, s.unknown, "okänt", "unknown"),
            (has_duties, s.born, "uppstår", "arises"),
            (has_duties, s.last, "sista dag", "last day"),
            (has_duties, s.met, "gjord", "met"),
            (has_duties, s.met_late, "gjord för sent", "met late"),
            (has_duties, s.overdue, "försenad", "overdue"),
            (has_duties, s.missed, "missad", "missed"),
            (has_duties, s.lapsed, "bortfaller", "lapses"),
        ];
        let shown = rows.into_iter().filter(|(fits, sign, ..)| *fits && drawn.contains(*sign));
        shown.map(|(_, sign, sv, en)| format!("{sign} {}", t.choose(sv, en))).collect()
    }

    fn has_no(&self) -> bool {
        self.line.courses.iter().any(|course| {
            let shown = |held: &&Held| Shown::of(course.subject, held.value) == Shown::No;
            course.held.iter().filter(shown).any(|held| self.line.drawn(held.from, held.until).is_some())
        })
    }
}

/// What the signs mean, as many to a line as fit.
fn legend_lines(legend: &[String], width: usize) -> String {
    let mut lines: Vec<String> = Vec::new();
    for entry in legend {
        match lines.last_mut() {
            Some(line)
                if line.chars().count().saturating_add(entry.chars().count()) < width.saturating_sub(3) =>
            {
                line.push_str("   ");
                line.push_str(entry);
            }
            _ => lines.push(format!("  {entry}")),
        }
    }
    lines.into_iter().map(|line| line + "\n").collect()
}

fn is_soft(outcome: &crate::run::Outcome) -> bool {
    match &outcome.kind {
        crate::run::OutcomeKind::Duty(duty) => duty.soft,
        crate::run::OutcomeKind::RecurringDuty(duty) => duty.soft,
        _ => false,
    }
}

/// Whether a month is one of every so many.
fn named(month: YearMonth, every: u8) -> bool {
    month.month().saturating_sub(1).checked_rem(every) == Some(0)
}

fn put(cells: &mut Cells, column: usize, sign: char) {
    if let Some(cell) = cells.get_mut(column) {
        *cell = sign;
    }
}

fn write(cells: &mut Cells, start: usize, text: &str) {
    for (column, letter) in (start..).zip(text.chars()) {
        put(cells, column, letter);
    }
}

/// A text cut to so many letters; nothing when hardly any of it would be left.
fn cut(text: &str, room: usize, sign: char) -> String {
    let long = text.chars().count();
    match room {
        _ if long <= room => text.to_owned(),
        0..=3 => String::new(),
        _ => text.chars().take(room.saturating_sub(1)).chain([sign]).collect(),
    }
}
