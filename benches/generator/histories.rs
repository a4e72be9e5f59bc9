//! Events of `histories.frist`: a contract, and then visits, faults, reviews and numbers of customers.

use std::fmt::Write as _;

use super::day::{iso, number};
use super::random::Random;

/// Writes the event with a number, which is at `place` among the `per_case` of its case, and the end of its line.
///
/// Two days lie between one event of a case and the next, give or take two, and the last falls shortly before the end of
/// 2030: a longer case is one that began earlier.
pub fn line(seed: u64, event: u64, place: u64, per_case: u64, line: &mut String) {
    let mut random = Random::of(seed, event);
    let last = number(2030, 12, 31);
    let day = last - 2 * (per_case - place) as i32 + random.below(3) as i32;
    let case = event / per_case;
    let _ = write!(line, r#"{{"case":"h{case:08}","date":""#);
    iso(day, line);
    line.push_str(r#"","event":"#);
    let _ = match random.below(100) {
        _ if place == 0 => {
            line.push_str(r#""avtal_tecknat","avtalsstart":""#);
            iso(day, line);
            line.write_str("\"")
        }
        0..=59 => {
            let (minutes, in_time) = (15 + random.below(120), random.percent(90));
            write!(line, r#""besök","tid":{minutes},"i_tid":{in_time}"#)
        }
        60..=74 => write!(line, r#""kundantal","antal":{}"#, 10 + random.below(20)),
        75..=84 => write!(line, r#""brist","allvarlig":{}"#, random.below(3) == 0),
        85..=94 => line.write_str(r#""brist_rättad""#),
        _ => line.write_str(r#""uppföljning""#),
    };
    line.push_str("}\n");
}
