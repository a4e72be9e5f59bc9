//! Public holidays and eves 2000 to 2060 from two independent Python packages.

use std::collections::BTreeSet;

use frist::Language;
use frist::time::{Day, NonWorking, Weekday, eve, holiday, holidays_of_year, is_working_day, non_working};

use crate::vectors::rows;

#[test]
fn swedish_holidays() {
    let Some(rows) = rows("se_holidays.csv") else { return };
    let (mut listed, mut eves, mut struck, mut not_equated) =
        (BTreeSet::new(), BTreeSet::new(), Vec::new(), 0);
    for row in &rows {
        let [date, name, kind, source] = row.as_slice() else { panic!("a row without four columns") };
        let day: Day = date.parse().unwrap();
        match (kind.as_str(), source.as_str()) {
            // SFS 1989:253 decides where the packages differ; the one that is alone here ignores the change of 2005.
            ("public_holiday", "workalendar") => struck.push((day, name.as_str())),
            ("public_holiday", _) => drop(listed.insert((day, name.as_str()))),
            ("eve_equated_with_holiday", _) => drop(eves.insert((day, name.as_str()))),
            ("eve_not_in_1930_173" | "bridge_day", _) => {
                not_equated += 1;
                assert_eq!(eve(day), None, "{date} {name}");
                let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
                assert_eq!(is_working_day(day), !weekend && holiday(day).is_none(), "{date} {name}");
            }
            other => panic!("unknown kind {other:?}"),
        }
    }
    let swedish = Language::Swedish;
    let computed: BTreeSet<_> =
        (2000..=2060).flat_map(holidays_of_year).map(|(day, holiday)| (day, holiday.name(swedish))).collect();
    assert_eq!(computed.difference(&listed).collect::<Vec<_>>(), Vec::<&(Day, &str)>::new(), "extra");
    assert_eq!(listed.difference(&computed).collect::<Vec<_>>(), Vec::<&(Day, &str)>::new(), "missing");

    let (first, last) = (Day::from_ymd(2000, 1, 1).unwrap(), Day::from_ymd(2060, 12, 31).unwrap());
    let days: Vec<Day> = (first.number()..=last.number()).filter_map(Day::from_number).collect();
    let computed: BTreeSet<_> =
        days.iter().filter_map(|day| Some((*day, eve(*day)?.name(swedish)))).collect();
    assert_eq!(computed, eves);
    for day in &days {
        let reason = non_working(*day);
        let on_list = listed.iter().any(|(listed, _)| listed == day);
        assert_eq!(matches!(reason, Some(NonWorking::Holiday(_))), on_list, "{day}");
    }

    assert!(struck.iter().all(|(day, name)| *name == "nationaldagen" && day.year() < 2005));
    println!(
        "se_holidays.csv: {} rows: {} holidays and {} eves agree both ways, {} are rightly not equated, {} struck",
        rows.len(),
        listed.len(),
        eves.len(),
        not_equated,
        struck.len(),
    );
    assert_eq!((listed.len(), eves.len(), struck.len(), not_equated), (793, 183, 5, 427));
}
