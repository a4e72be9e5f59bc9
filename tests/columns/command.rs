//! Files of columns through the built command: in every command that reads events, for any memory and number of threads.

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use parquet::basic::Compression;

use super::broken;
use super::convert;
use super::rows::{events, shuffled};
use super::support::root;

/// A folder of a test's own, gone at its end.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("frist-columns-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("tmp")).unwrap();
        Folder(path)
    }

    pub fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    pub fn run(&self, arguments: &[&str], input: &[u8]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frist"));
        command.args(arguments).args(["--lang", "en"]);
        command.current_dir(&self.0).env_clear().env("TMPDIR", self.0.join("tmp"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input);
        let done = child.wait_with_output().unwrap();
        assert_eq!(fs::read_dir(self.0.join("tmp")).unwrap().count(), 0, "it leaves nothing behind");
        done
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

pub fn rules(name: &str) -> String {
    root().join("rulesets").join(name).display().to_string()
}

#[test]
fn columns_give_the_bytes_that_lines_give() {
    for name in ["stockholm", "uppfoljning-2020"] {
        let folder = Folder::new(name);
        let rules = rules(name);
        for given in [events(name), shuffled(&events(name))] {
            let batch = convert::batch(&given);
            folder.write("e.jsonl", &given);
            folder.write("e.parquet", convert::parquet(&batch, Compression::SNAPPY, 50));
            folder.write("e.arrow", convert::arrow(&batch, None, 50));
            let plain = folder.run(&["decide", &rules, "e.jsonl", "--format", "json"], b"");
            assert!(text(&plain.stdout).lines().count() > 50, "{}", text(&plain.stderr));
            for how in [
                &["e.parquet", "--threads", "1"][..],
                &["e.parquet", "--threads", "2", "--memory", "64KiB"],
                &["e.arrow", "--threads", "2"],
                &["e.arrow", "--threads", "1", "--memory", "64KiB"],
            ] {
                let arguments = [&["decide", &rules, "--format", "json"][..], how].concat();
                let other = folder.run(&arguments, b"");
                assert_eq!(
                    other.status.code(),
                    plain.status.code(),
                    "{name} {how:?}: {}",
                    text(&other.stderr)
                );
                assert!(other.stdout == plain.stdout, "{name} {how:?}");
            }
        }
    }
}

#[test]
fn every_command_that_reads_events_reads_them() {
    let folder = Folder::new("commands");
    let rules = rules("stockholm");
    let given = events("stockholm");
    let batch = convert::batch(&given);
    folder.write("e.jsonl", &given);
    // The bytes say what it is, not the name.
    folder.write("e.csv", convert::parquet(&batch, Compression::ZSTD(Default::default()), 50));
    let first: serde_json::Value = serde_json::from_str(given.lines().next().unwrap()).unwrap();
    let (case, date) = (first["case"].as_str().unwrap(), first["date"].as_str().unwrap());
    for (command, more) in [
        (vec!["decide", &rules], vec![]),
        (vec!["decide", &rules], vec!["--missing"]),
        (vec!["explain", &rules], vec!["--case", case]),
        (vec!["state", &rules], vec!["--case", case, "--on", date]),
        (vec!["impact", &rules, &rules], vec![]),
    ] {
        let of = |events: &str, input: &[u8]| {
            let done = folder.run(&[&command[..], &[events], &more].concat(), input);
            (done.status.code(), text(&done.stdout).to_owned())
        };
        let plain = of("e.jsonl", b"");
        assert!(!plain.1.is_empty(), "{command:?}");
        assert_eq!(of("e.csv", b""), plain, "{command:?}");
        assert_eq!(of("-", &fs::read(folder.0.join("e.csv")).unwrap()), plain, "{command:?}");
    }
}

#[test]
fn a_bad_row_is_shown_as_a_line() {
    let folder = Folder::new("row");
    let lines = "{\"case\":\"1\",\"event\":\"avveckling_anmäld\",\"date\":\"2025-03-01\"}\n\
        {\"case\":\"1\",\"event\":\"avveckling_anmald\",\"date\":\"2025-03-02\"}\n";
    let folder_of_rules = root().join("tests/cli/regler").display().to_string();
    folder.write("e.parquet", convert::parquet(&convert::batch(lines), Compression::SNAPPY, 50));
    let done = folder.run(&["decide", &folder_of_rules, "e.parquet"], b"");
    assert_eq!(done.status.code(), Some(1));
    let said = text(&done.stderr);
    assert!(said.contains("[e.parquet:2:41]") && said.contains("\"event\":\"avveckling_anmald\""), "{said}");
}

#[test]
fn a_reader_that_gives_up_ends_in_words() {
    let folder = Folder::new("damage");
    folder.write("prov.frist", broken::RULES);
    let panicked = broken::damage().panicked;
    assert!(!panicked.is_empty(), "nothing shows that the command holds on");
    for bytes in panicked {
        folder.write("e.columns", &bytes);
        for form in ["json", "text"] {
            let done = folder.run(&["decide", "prov.frist", "e.columns", "--format", form], b"");
            assert_eq!(done.status.code(), Some(2));
            let said = text(&done.stderr);
            assert!(said.contains("F1121") && !said.contains("panicked"), "{said}");
            assert!(done.stdout.is_empty());
        }
    }
}
