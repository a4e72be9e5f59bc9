//! Small documents, each made up for a point.

use frist::Ruleset;
use frist::documents::{Anchor, Document, Documents, Standing, Trace, Unsearched, WordingKind};
use frist::source::Sources;

/// A ruleset with one rule for each citation, and what became of them in a text.
fn traced(citations: &[String], text: &str) -> Trace {
    let mut rules = String::from(
        "regelverk a \"A\"\n  gäller från 2000-01-01\n\nkälla k \"K\"\n  fil \"k.txt\"\n\nhändelse h\nuppgift f: ja/nej\n",
    );
    for (number, citation) in citations.iter().enumerate() {
        rules
            .push_str(&format!("\nregel r{number}\n  enligt k {citation}\n  när h\n  f gäller från datum\n"));
    }
    let mut loaded = Ruleset::load([("a.frist", rules)]);
    let documents = Documents::read([("k.txt", text)], &mut loaded.sources);
    loaded.ruleset.unwrap_or_else(|| panic!("{:?}", loaded.diagnostics)).trace(&documents)
}

fn anchor(sentence: &str) -> String {
    format!("ankare \"{}\"", Anchor::of(sentence))
}

fn names(trace: &Trace) -> Vec<&'static str> {
    trace.citations.iter().map(|traced| traced.standing.name()).collect()
}

fn sentences(text: &str) -> Vec<String> {
    let document = Document::read("k.txt", text.as_bytes(), &mut Sources::default());
    document.sentences.iter().map(|sentence| sentence.text()).collect()
}

#[test]
fn where_sentences_begin_and_end() {
    assert_eq!(
        sentences("Svar ges. Det är skriftligt! Är det så? Ja"),
        ["Svar ges.", "Det är skriftligt!", "Är det så?", "Ja"]
    );
    assert_eq!(sentences("Svar ges t.ex. per brev.\n"), ["Svar ges t.ex. per brev."]);
    assert_eq!(sentences("En rad\nEn annan rad\n"), ["En rad", "En annan rad"]);
    assert_eq!(sentences("En rad som\ngår vidare\n"), ["En rad som går vidare"]);
    assert_eq!(sentences("• ett\n• två som\n  går vidare\n"), ["ett", "två som går vidare"]);
    assert_eq!(sentences("ü Dödsfall\n\u{f0fc} Avvikelser\n"), ["Dödsfall", "Avvikelser"]);
    assert_eq!(
        sentences("hem\u{ad}\ntjänst och vård-\nenhet, vård-\noch omsorg\n"),
        ["hemtjänst och vårdenhet, vård- och omsorg"]
    );
    assert_eq!(sentences("Det är av\n\nSida 2 (9)\n\nbetydelse.\n"), ["Det är av betydelse."]);
    assert_eq!(sentences("•\nEtt\n•\nTvå\n"), ["Ett", "Två"]);
    assert_eq!(sentences(""), Vec::<String>::new());
    assert_eq!(sentences(" \u{a0}\n•\n"), Vec::<String>::new());
}

#[test]
fn a_line_that_must_go_on_is_never_read_as_an_end() {
    // What was added changes the sentence, although its old words stand on a line of their own.
    let old = "Svar ges inom tre dagar";
    let trace = traced(&[anchor(old)], "Svar ges inom tre dagar\nom inte nämnden är på semester\n");
    assert_eq!(names(&trace), ["changed"]);
    // A line that begins with a capital or a number may be either, so both are found.
    let whole = "Svar ges av Lillköpings kommun inom 3 dagar";
    assert_eq!(
        names(&traced(&[anchor(whole)], "Svar ges av\nLillköpings kommun inom\n3 dagar\n")),
        ["found"]
    );
}

#[test]
fn what_stands_in_several_places_needs_a_number() {
    let sentence = "Svar ges inom en vecka.";
    let text =
        "Ett\n\n- Svar ges inom en vecka.\n- Svar ges inom en vecka.\n\nTvå\n\n- Svar ges inom en vecka.\n";
    let cite = |section: &str, number: &str| format!("avsnitt \"{section}\" {}{number}", anchor(sentence));
    let all = [cite("Ett", " nr 1"), cite("Ett", " nr 2"), cite("Två", " nr 3")];
    assert_eq!(names(&traced(&all, text)), ["found"; 3]);
    // The section tells it apart from the others.
    assert_eq!(names(&traced(&[cite("Två", "")], text)), ["found"]);
    let trace = traced(&[cite("Ett", "")], text);
    let Standing::Ambiguous(places) = &trace.citations[0].standing else { panic!("{trace:?}") };
    assert_eq!(places.len(), 3);
    // There is no fourth.
    let Standing::Gone { alike, .. } =
        traced(&[format!("{} nr 4", anchor(sentence))], text).citations[0].standing
    else {
        panic!("it is gone")
    };
    assert_eq!(alike, 3);
}

#[test]
fn of_several_alike_the_one_that_is_gone_is_told_by_its_section() {
    let sentence = "Svar ges inom en vecka.";
    let cite = |section: &str, number: u32| format!("avsnitt \"{section}\" {} nr {number}", anchor(sentence));
    let all = [cite("Ett", 1), cite("Två", 2), cite("Tre", 3)];
    let text = "Ett\n\nSvar ges inom en vecka.\n\nTvå\n\nInget står här.\n\nTre\n\nSvar ges inom en vecka.\n";
    let trace = traced(&all, text);
    assert_eq!(names(&trace), ["found", "gone", "found"]);
    assert!(trace.citations.iter().all(|traced| traced.moved.is_none()));
    // Moved from the second section to the third.
    let text = "Ett\n\nSvar ges inom en vecka.\n\nTvå\n\nInget står här.\n\nTre\n\nSvar ges inom en vecka.\n\nSvar ges inom en vecka.\n";
    let trace = traced(&all, text);
    assert_eq!(names(&trace), ["found"; 3]);
    assert_eq!(trace.citations.iter().filter(|traced| traced.moved.is_some()).count(), 1);
}

#[test]
fn what_was_not_searched_never_reads_as_found() {
    let rules = "regelverk a \"A\"\n  gäller från 2000-01-01\n\nkälla k \"K\"\n  fil \"k.txt\"\nkälla l \"L\"\n\nhändelse h\nuppgift f: ja/nej\n\nregel r\n  enligt k ankare \"7c1e09aa\"\n  enligt l ankare \"7c1e09ab\"\n  enligt k avsnitt \"Avslut\"\n  när h\n  f gäller från datum\n";
    let mut loaded = Ruleset::load([("a.frist", rules)]);
    let ruleset = loaded.ruleset.unwrap();
    let standing = |trace: &Trace| trace.citations.iter().map(|one| one.standing.clone()).collect::<Vec<_>>();
    let absent = ruleset.trace(&Documents::default());
    use Unsearched::{Absent, Illegible, NoAnchor, NoFile};
    assert_eq!(standing(&absent), [Absent, NoFile, Absent].map(Standing::NotSearched));
    let no_text = Documents::read([("k.txt", b"%PDF\x00\xff\x01".as_slice())], &mut loaded.sources);
    assert_eq!(standing(&ruleset.trace(&no_text)), [Illegible, NoFile, Illegible].map(Standing::NotSearched));
    let text = Documents::read([("k.txt", "Avslut\n")], &mut loaded.sources);
    assert_eq!(standing(&ruleset.trace(&text)).last(), Some(&Standing::NotSearched(NoAnchor)));
}

#[test]
fn a_document_in_another_encoding_is_named_and_searched() {
    let sentence = "Svar ges före den 1 maj.";
    let rules = format!(
        "regelverk a \"A\"\n  gäller från 2000-01-01\n\nkälla k \"K\"\n  fil \"k.txt\"\n\nhändelse h\nuppgift f: ja/nej\n\nregel r\n  enligt k {}\n  när h\n  f gäller från datum\n",
        anchor(sentence)
    );
    let ansi: Vec<u8> = sentence.chars().map(|letter| u8::try_from(letter).unwrap()).collect();
    let utf_16: Vec<u8> =
        [0xfeff].into_iter().chain(sentence.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, byte, value) in [(ansi, 10, 0xf6), (utf_16, 0, 0xff)] {
        let mut loaded = Ruleset::load([("a.frist", rules.as_str())]);
        let documents = Documents::read([("k.txt", bytes)], &mut loaded.sources);
        let fault = documents.all[0].fault.unwrap();
        assert_eq!((fault.byte, fault.value), (byte, value));
        let said = documents.diagnostics();
        assert_eq!(said.len(), 1);
        assert_eq!(said[0].code.to_string(), "F0808");
        assert_eq!(names(&loaded.ruleset.unwrap().trace(&documents)), ["found"]);
    }
}

#[test]
fn an_anchor_alone_tells_what_stood_there() {
    let changes = [
        ("Svar ges senast den 15:e i månaden.", "Svar ges senast den 20:e i månaden.", "15:e", "20:e"),
        ("Svar ges inom tre månader.", "Svar ges inom 90 dagar.", "", ""),
        ("Svar ges skriftligt av nämnden.", "Svar ges av nämnden.", "skriftligt", ""),
        ("Svar ges av nämnden.", "Svar ges alltid av nämnden.", "", "alltid"),
        (
            "Svar ges av nämnden.",
            "Svar ges av nämnden eller den som nämnden utser.",
            "nämnden.",
            "nämnden eller den som nämnden utser.",
        ),
        (
            "Nämnden ger svar, och sökanden underrättas.",
            "Nämnden ger svar. Sökanden underrättas.",
            "svar, och sökanden",
            "svar. Sökanden",
        ),
    ];
    for (old, new, was, now) in changes {
        let trace = traced(&[format!("avsnitt \"Svar\" {}", anchor(old))], &format!("Svar\n\n{new}\n"));
        let Standing::Changed { difference, .. } = &trace.citations[0].standing else {
            panic!("{old}: {trace:?}")
        };
        let told = difference.as_ref().map(|one| {
            let (was, now) = one.words();
            (was.join(" "), now.join(" "))
        });
        // Two words and a number at once are more than can be told.
        let expected = (!was.is_empty() || !now.is_empty()).then(|| (was.to_owned(), now.to_owned()));
        assert_eq!(told, expected, "{old}");
    }
}

#[test]
fn a_similarity_finds_what_was_reworded_more() {
    let old = "Utföraren ska skriftligen underrätta nämnden om varje förändring av den verksamhet som avtalet gäller inom en månad.";
    let new = "Utföraren ska underrätta nämnden om varje större förändring av den verksamhet som avtalet gäller inom två månader.";
    let other = "Nämnden betalar ersättning varje månad i efterskott.";
    let text = format!("{other} {new}\n");
    let long = format!("ankare \"{}\"", Anchor::with_similarity(old));
    let trace = traced(&[long], &text);
    let Standing::Changed { now, difference: None } = &trace.citations[0].standing else {
        panic!("{trace:?}")
    };
    assert_eq!(now.first, 1);
}

#[test]
fn what_looks_like_a_deadline() {
    use WordingKind::{Bound, Day, Haste, Period, Recurrence, Writing};
    let kinds = |text: &str| {
        let trace = traced(&[], text);
        trace
            .uncited
            .iter()
            .flat_map(|one| one.wordings.iter().map(|wording| wording.kind))
            .collect::<Vec<_>>()
    };
    for (text, expected) in [
        ("Svar ges inom 14 dagar.", vec![Period]),
        ("Svar ges inom fjorton (14) dagar.", vec![Period]),
        ("Svar ges inom sex hela kalendermånader.", vec![Period]),
        ("Avtalet har tremånaders uppsägning.", vec![Period]),
        ("Ett års avtal tecknas.", vec![Period]),
        ("Svar ges senast den 15:e i månaden.", vec![Bound, Day]),
        ("Svar ges tidigast 1 november 2018.", vec![Bound, Day]),
        ("Ansökan görs före 2018-07-31.", vec![Day]),
        ("Följs upp minst 1 gång per månad.", vec![Bound, Recurrence]),
        ("Avtalet följs upp årligen.", vec![Recurrence]),
        ("Meddela omgående och skriftligen.", vec![Haste, Writing]),
        ("Anmälan ska vara skriftlig.", vec![Writing]),
        ("An answer is given within two weeks.", vec![Period]),
        ("Senaste nytt om dagarna", vec![]),
        ("Minsta barnet är den senaste kunden.", vec![]),
        ("2018-07-31", vec![]),
        ("Utföraren har 173 kunder på sex orter.", vec![]),
    ] {
        assert_eq!(kinds(text), expected, "{text}");
    }
}

#[test]
fn a_table_of_contents_is_no_text() {
    let text = "Innehåll\n\nUppsägning inom 3 månader.....\t4\nAvslut\t5\n\nAvslut\n\nInget.\n";
    let trace = traced(&[format!("avsnitt \"Avslut\" {}", anchor("Inget."))], text);
    assert_eq!(names(&trace), ["found"]);
    assert_eq!(trace.uncited, []);
}
