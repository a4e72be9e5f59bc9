//! The real documents with a sentence altered, taken out or moved: each change is found, and nothing else is reported.

use frist::documents::{Change, Document, Run, Standing};

use super::real::{Real, all};

/// So many changes of each kind are made in each document.
const CHANGES: usize = 20;

/// Numbers that look random and are always the same (xorshift).
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % end as u64) as usize
    }
}

/// A cited sentence: its place in the document, the citations that mean it, the section.
#[derive(Clone)]
struct Cited {
    run: Run,
    citations: Vec<usize>,
    section: String,
}

/// The cited sentences, but for those that head sections.
fn cited(real: &Real, document: &Document) -> Vec<Cited> {
    let trace = real.trace(&real.text);
    let citations = &real.ruleset.program().citations;
    let sections: Vec<&str> = citations.iter().filter_map(|one| one.section.as_deref()).collect();
    let mut found: Vec<Cited> = Vec::new();
    for (number, traced) in trace.citations.iter().enumerate() {
        let Standing::Found(run) = traced.standing else {
            panic!("everything is found in the document as it is")
        };
        let text = document.text(run);
        let head = |section: &&str| section.rsplit('/').next().is_some_and(|part| text.starts_with(part));
        if sections.iter().any(head) {
            continue;
        }
        match found.iter_mut().find(|known| known.run == run) {
            Some(known) => known.citations.push(number),
            None => found.push(Cited {
                run,
                citations: vec![number],
                section: citations[number].section.clone().unwrap_or_default(),
            }),
        }
    }
    found.sort_by_key(|one| one.run);
    found
}

/// Citations by their numbers, and what is reported of them.
type Reported = Vec<(usize, &'static str)>;

/// What a trace and a drift report of the citations, and how many uncited sentences.
fn reported(real: &Real, text: &str) -> (Reported, Reported, usize) {
    let documents = real.documents(text);
    let trace = real.ruleset.trace(&documents);
    let mut found = Vec::new();
    for (number, traced) in trace.citations.iter().enumerate() {
        if traced.standing.name() != "found" {
            found.push((number, traced.standing.name()));
        } else if traced.moved.is_some() {
            found.push((number, "moved"));
        }
        assert!(!traced.unknown_section, "{number}");
    }
    let drift = real.ruleset.drift(&real.documents(&real.text), &documents);
    let changes = drift.changes.iter().enumerate();
    let changed = changes
        .filter(|(_, change)| **change != Change::Unchanged)
        .map(|(number, change)| (number, change.name()));
    (found, changed.collect(), trace.uncited.len() + drift.added.len())
}

/// The bytes of a sentence in the text of its document.
fn bytes(document: &Document, run: Run) -> std::ops::Range<usize> {
    let span = document.span(run);
    span.start as usize..span.end as usize
}

/// The lines of a sentence when it has them for itself.
fn own_lines(text: &str, sentence: std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    let start = text[..sentence.start].rfind('\n').map_or(0, |at| at + 1);
    let end = text[sentence.end..].find('\n').map_or(text.len(), |at| sentence.end + at);
    let mark = |rest: &str| rest.trim().chars().count() <= 1;
    (mark(&text[start..sentence.start]) && text[sentence.end..end].trim().is_empty()).then_some(start..end)
}

#[test]
fn an_altered_sentence_is_found_changed() {
    let mut told = (0, 0);
    for real in all() {
        let documents = real.documents(&real.text);
        let document = &documents.all[0];
        let cited = cited(&real, document);
        let mut dice = Dice(0x5eed_0001);
        for _ in 0..CHANGES {
            let one = &cited[dice.below(cited.len())];
            let words = document.words(one.run);
            let place = dice.below(words.len());
            let word = words[place];
            let signs: String = word.text.chars().rev().take_while(|sign| !sign.is_alphanumeric()).collect();
            let signs: String = signs.chars().rev().collect();
            let capital = word.text.chars().next().is_some_and(char::is_uppercase);
            let other =
                match (dice.below(3), word.text.trim_matches(|sign: char| !sign.is_numeric()).parse::<u32>())
                {
                    (_, Ok(number)) => word.text.replacen(&number.to_string(), &(number + 1).to_string(), 1),
                    (0, _) if words.len() > 3 && place > 0 && signs.is_empty() => String::new(),
                    (1, _) if place > 0 => format!("alltid {}", word.text),
                    _ if capital => format!("Tjugo{signs}"),
                    _ => format!("inte{signs}"),
                };
            let mut text = real.text.clone();
            text.replace_range(word.start as usize..word.end as usize, &other);
            let (found, drift, rest) = reported(&real, &text);
            let what =
                format!("{}: {:?} for {:?}, line {}", real.name, other, word.text, document.line(one.run));
            let numbers: Vec<usize> = found.iter().map(|(number, _)| *number).collect();
            assert_eq!(numbers.len(), one.citations.len(), "{what}: {found:?}");
            assert!(found.iter().all(|(_, name)| ["changed", "gone"].contains(name)), "{what}: {found:?}");
            let expected: Vec<(usize, &str)> =
                one.citations.iter().map(|number| (*number, "reworded")).collect();
            assert_eq!(drift.len(), expected.len(), "{what}: {drift:?}");
            if alike(document, one) == 1 {
                assert_eq!(numbers, one.citations, "{what}");
                // Of a sentence of a word or two there is little left to know it by.
                let short = words.len() <= 2 && drift.iter().all(|(_, name)| *name == "vanished");
                assert!(drift == expected || short, "{what}: {drift:?}");
            }
            assert_eq!(rest, 0, "{what}");
            told.0 += found.iter().filter(|(_, name)| *name == "changed").count();
            told.1 += found.len();
        }
    }
    // From the anchor alone most are recognised: those whose old words stand somewhere else, too.
    assert!(told.0 * 10 >= told.1 * 6, "{told:?}");
}

/// How many sentences of a document read like one.
fn alike(document: &Document, one: &Cited) -> usize {
    let text = document.text(one.run);
    (0..document.sentences.len()).filter(|place| document.text(Run::one(*place)) == text).count().max(1)
}

#[test]
fn a_sentence_taken_out_is_found_gone() {
    for real in all() {
        let documents = real.documents(&real.text);
        let document = &documents.all[0];
        let cited = cited(&real, document);
        let mut dice = Dice(0x5eed_0002);
        for _ in 0..CHANGES {
            let one = &cited[dice.below(cited.len())];
            let sentence = bytes(document, one.run);
            let range = own_lines(&real.text, sentence.clone()).unwrap_or(sentence);
            let mut text = real.text.clone();
            text.replace_range(range, "");
            let (found, drift, rest) = reported(&real, &text);
            let what = format!("{}: line {}", real.name, document.line(one.run));
            assert_eq!(found.len(), one.citations.len(), "{what}: {found:?}");
            assert!(found.iter().all(|(_, name)| *name == "gone"), "{what}: {found:?}");
            assert_eq!(drift.len(), one.citations.len(), "{what}: {drift:?}");
            assert!(drift.iter().all(|(_, name)| *name == "vanished"), "{what}: {drift:?}");
            if alike(document, one) == 1 {
                let numbers: Vec<usize> = found.iter().map(|(number, _)| *number).collect();
                assert_eq!(numbers, one.citations, "{what}");
            }
            assert_eq!(rest, 0, "{what}");
        }
    }
}

#[test]
fn a_moved_sentence_is_found_in_its_new_section() {
    for real in all() {
        let documents = real.documents(&real.text);
        let document = &documents.all[0];
        let cited = cited(&real, document);
        let mut dice = Dice(0x5eed_0003);
        let mut moved = 0;
        while moved < CHANGES {
            let one = &cited[dice.below(cited.len())];
            let other = &cited[dice.below(cited.len())];
            let related = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}/"));
            if related(&one.section, &other.section)
                || related(&other.section, &one.section)
                || alike(document, one) > 1
            {
                continue;
            }
            moved += 1;
            let sentence = bytes(document, one.run);
            let range = own_lines(&real.text, sentence.clone()).unwrap_or(sentence);
            let target = bytes(document, other.run).end;
            let line_end = real.text[target..].find('\n').map_or(real.text.len(), |at| target + at);
            let listed = real.text[..bytes(document, other.run).start].ends_with("• ");
            let words = document.text(one.run);
            let inserted = if listed { format!("\n• {words}") } else { format!("\n\n{words}") };
            let mut text = real.text.clone();
            if line_end > range.start {
                text.insert_str(line_end, &inserted);
                text.replace_range(range, "");
            } else {
                text.replace_range(range, "");
                text.insert_str(line_end, &inserted);
            }
            let (found, drift, rest) = reported(&real, &text);
            let from = document.line(one.run);
            let what = format!("{}: line {from} to line {}", real.name, document.line(other.run));
            let expected: Vec<(usize, &str)> =
                one.citations.iter().map(|number| (*number, "moved")).collect();
            assert_eq!(found, expected, "{what}");
            assert_eq!(drift, expected, "{what}");
            assert_eq!(rest, 0, "{what}");
        }
    }
}
