//! Differences listed for a terminal: case by case, then counted in tables, with bars for the days moved.

use super::SHOWN;
use super::words::Teller;
use crate::Language;
use crate::diagnostics::render::indented;
use crate::impact::summary::Tally;
use crate::impact::{Difference, Impact, Nature};

/// How long the longest bar is.
const BAR: usize = 40;

/// The differences listed, counted and drawn, in lines of at most `width` characters. Nothing in it needs colour.
pub fn text(impact: &Impact<'_>, language: Language, width: usize) -> String {
    let teller = Teller { impact, language };
    let mut listing = Listing { teller, width, out: String::new() };
    listing.head();
    listing.differences();
    listing.tables();
    listing.histogram();
    listing.remarks();
    listing.out
}

struct Listing<'a> {
    teller: Teller<'a>,
    width: usize,
    out: String,
}

impl Listing<'_> {
    fn line(&mut self, head: &str, text: &str) {
        self.out.push_str(&indented(head, text, self.width));
    }

    fn heading(&mut self, text: &str) {
        self.out.push('\n');
        self.line("", text);
    }

    fn head(&mut self) {
        let (old, new) = (self.teller.choose("Förr", "Old"), self.teller.choose("Nu  ", "New"));
        for (name, side) in [(old, self.teller.impact.old), (new, self.teller.impact.new)] {
            let text = self.teller.ruleset(name, side);
            self.out.push_str(&text);
            self.out.push('\n');
        }
        let (extent, total) = (self.teller.extent(), self.teller.total());
        self.line("", &extent);
        self.line("", &total);
    }

    fn differences(&mut self) {
        let differences = &self.teller.impact.differences;
        let mut case = None;
        for difference in differences.iter().take(SHOWN) {
            if case != Some(difference.case) {
                case = Some(difference.case);
                self.heading(difference.case);
            }
            self.difference(difference);
        }
        let left = differences.len().saturating_sub(SHOWN);
        if left > 0 {
            let said = match self.teller.language {
                Language::Swedish => format!("… och {left} till; `--format json` har alla."),
                Language::English => format!("… and {left} more; `--format json` has them all."),
            };
            self.heading(&said);
        }
    }

    fn difference(&mut self, difference: &Difference<'_>) {
        let sign = match difference.nature() {
            Nature::Gained => "+",
            Nature::Lost => "−",
            Nature::Moved => "→",
            Nature::Changed => "≠",
        };
        let day = difference.dated.map_or_else(|| " ".repeat(10), |day| day.to_string());
        let what = format!("{}: {}", difference.rule(), self.teller.what(difference));
        self.line(&format!("  {sign} {day}  "), &what);
        let (old, new) = self.teller.both(difference);
        let both = old.is_some() && new.is_some();
        let (was, is) = (self.teller.choose("förr", "was"), self.teller.choose("nu", "is"));
        for (name, text) in [(was, old), (is, new)] {
            let Some(text) = text else { continue };
            let name = if both { name } else { "" };
            self.line(&format!("    {name:<10}  "), &text);
        }
    }

    fn tables(&mut self) {
        let summary = &self.teller.impact.summary;
        if summary.all.all == 0 {
            return;
        }
        let (rules, cases) = (self.teller.choose("Regel", "Rule"), self.teller.choose("Ärende", "Case"));
        self.table(rules, &summary.rules);
        self.table(cases, &summary.by_case);
    }

    fn table(&mut self, head: &str, rows: &[(String, Tally)]) {
        let columns = match self.teller.language {
            Language::Swedish => ["Alla", "Nya", "Bort", "Flytt", "Värde", "Läge", "Gren"],
            Language::English => ["All", "Gained", "Lost", "Moved", "Value", "Status", "Branch"],
        };
        let numbers: usize = columns.iter().map(|column| column.chars().count().saturating_add(2)).sum();
        let widest = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let room = self.width.saturating_sub(numbers).max(head.chars().count());
        let name_width = widest.max(head.chars().count()).min(room);
        let mut line = format!("{head:<name_width$}");
        for column in columns {
            line.push_str(&format!("  {column}"));
        }
        self.out.push_str(&format!("\n{line}\n"));
        for (name, tally) in rows.iter().take(SHOWN) {
            // A long name has a line of its own.
            let long = name.chars().count() > name_width;
            let beside = if long { "" } else { name.as_str() };
            if long {
                self.out.push_str(&format!("{name}\n"));
            }
            let mut line = format!("{beside:<name_width$}");
            let counts =
                [tally.all, tally.gained, tally.lost, tally.moved, tally.value, tally.status, tally.branch];
            for (column, count) in columns.into_iter().zip(counts) {
                let count = if count == 0 { String::from("·") } else { count.to_string() };
                line.push_str(&format!("  {count:>wide$}", wide = column.chars().count()));
            }
            self.out.push_str(&format!("{line}\n"));
        }
        let left = rows.len().saturating_sub(SHOWN);
        if left > 0 {
            self.out.push_str(&format!("… +{left}\n"));
        }
    }

    fn histogram(&mut self) {
        let rows = self.teller.histogram();
        if rows.is_empty() {
            return;
        }
        self.heading(self.teller.choose("Flyttas med", "Moved by"));
        let most = rows.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1);
        let name = rows.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
        let number = most.to_string().len();
        for (text, count) in rows {
            // One block for each outcome as long as there is room.
            let length = if most <= BAR { count } else { count.saturating_mul(BAR).div_ceil(most) };
            self.out.push_str(&format!("{text:>name$}  {count:>number$}  {}\n", "█".repeat(length)));
        }
    }

    fn remarks(&mut self) {
        let remarks = self.teller.remarks();
        if !remarks.is_empty() {
            self.out.push('\n');
        }
        for remark in remarks {
            self.line("", &remark);
        }
    }
}
