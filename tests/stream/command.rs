//! Streams through the built command: standard input, closed pipes, no room, and what it leaves behind.

use std::fs;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::generate::RULES;

/// A folder of a test's own, gone at its end.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("frist-stream-{name}-{}", std::process::id()));
        fs::create_dir_all(path.join("tmp")).unwrap();
        fs::write(path.join("prov.frist"), RULES).unwrap();
        Folder(path)
    }

    fn write(&self, name: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.0.join(name), bytes).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_frist"));
        let form: &[&str] = if arguments.contains(&"--format") { &[] } else { &["--format", "json"] };
        command.args(["decide", "prov.frist", "--lang", "en"]).args(arguments).args(form);
        command.current_dir(&self.0).env_clear().env("TMPDIR", self.0.join("tmp"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = self.command(arguments).spawn().unwrap();
        let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
        child.wait_with_output().unwrap()
    }

    fn left_over(&self) -> usize {
        fs::read_dir(self.0.join("tmp")).unwrap().count()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// Lines of cases that come back.
fn lines(count: u32) -> String {
    let line = |number: u32| {
        let (case, day) = (number % 97, 1 + number % 28);
        format!(
            "{{\"case\":\"{case}\",\"event\":\"anmält\",\"date\":\"2025-03-{day:02}\",\"tak\":\"2 timmar\"}}\n"
        )
    };
    (0..count).map(line).collect()
}

#[test]
fn any_memory_and_number_of_threads_gives_the_same_bytes() {
    let folder = Folder::new("same");
    let input = lines(2_500);
    folder.write("e.jsonl", &input);
    let plain = folder.run(&["e.jsonl"], "");
    assert_eq!(plain.status.code(), Some(0), "{}", text(&plain.stderr));
    assert_eq!(text(&plain.stdout).lines().count(), 5_000);
    for more in [
        &["--threads", "1"][..],
        &["--threads", "2", "--memory", "100kB"],
        &["--threads", "7", "--memory", "64KiB"],
        &["--threads", "0", "--memory", "2GiB"],
    ] {
        let other = folder.run(&[&["e.jsonl"][..], more].concat(), "");
        assert!(other.stdout == plain.stdout && other.stderr == plain.stderr, "{more:?}");
        let piped = folder.run(&[&["-"][..], more].concat(), &input);
        assert!(piped.stdout == plain.stdout, "{more:?} piped");
        let named = text(&piped.stderr).replace("\"file\":\"-\"", "\"file\":\"e.jsonl\"");
        assert_eq!(named, text(&plain.stderr), "{more:?} piped");
    }
    assert_eq!(folder.left_over(), 0);
}

#[test]
fn a_closed_pipe_ends_the_run_without_a_word() {
    let folder = Folder::new("pipe");
    folder.write("e.jsonl", lines(50_000));
    let mut child = folder.command(&["e.jsonl", "--memory", "1MB"]).spawn().unwrap();
    drop(child.stdin.take());
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    assert_eq!((child.wait().unwrap().code(), said.as_str()), (Some(0), ""));
    assert_eq!(folder.left_over(), 0);
}

#[test]
#[cfg(unix)]
fn a_run_that_is_killed_leaves_nothing_behind() {
    let folder = Folder::new("killed");
    let input = lines(20_000);
    let mut child = folder.command(&["-", "--memory", "64KiB"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // The input has no end yet, so that it waits, with a temporary file in use.
    stdin.write_all(input.as_bytes()).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(folder.left_over(), 0);
    // Who presses Ctrl-C sends an interrupt.
    let mut child = folder.command(&["-", "--memory", "64KiB"]).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(input.as_bytes()).unwrap();
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let ended = child.wait_with_output().unwrap();
    assert!(sent.success() && !ended.status.success() && ended.stdout.is_empty());
    assert_eq!(folder.left_over(), 0);
}

#[test]
#[cfg(unix)]
fn a_disk_that_fills_while_events_are_put_aside_ends_the_run() {
    let folder = Folder::new("fills");
    folder.write("e.jsonl", lines(20_000));
    // No file may grow past some kilobytes; the signal that tells of it is left aside, so that writing fails.
    let mut words = vec!["-c", "trap '' XFSZ; ulimit -f 64; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_frist")];
    let asked = folder.command(&["e.jsonl", "--memory", "64KiB"]);
    words.extend(asked.get_args().map(|word| word.to_str().unwrap()));
    let tmp = folder.0.join("tmp");
    let done = Command::new("/bin/sh")
        .args(&words)
        .current_dir(&folder.0)
        .env_clear()
        .env("TMPDIR", tmp)
        .output()
        .unwrap();
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    assert!(done.stdout.is_empty());
    assert!(text(&done.stderr).contains("F1101"), "{}", text(&done.stderr));
    assert_eq!(folder.left_over(), 0);
}

#[test]
fn without_room_for_what_does_not_fit_nothing_is_written() {
    let folder = Folder::new("full");
    folder.write("e.jsonl", lines(20_000));
    let missing = folder.0.join("saknas");
    let done = folder.command(&["e.jsonl", "--memory", "64KiB"]).env("TMPDIR", missing).output().unwrap();
    assert_eq!(done.status.code(), Some(2));
    assert!(done.stdout.is_empty());
    assert!(text(&done.stderr).contains("F1101"), "{}", text(&done.stderr));
    // A device that is always full says so when the outcomes are written.
    if Path::new("/dev/full").exists() {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let done = folder.command(&["e.jsonl"]).stdout(full).output().unwrap();
        assert_eq!(done.status.code(), Some(2));
        assert!(text(&done.stderr).contains("the result cannot be written"), "{}", text(&done.stderr));
    }
}

#[test]
fn what_must_be_held_whole_says_when_it_does_not_fit() {
    let folder = Folder::new("whole");
    let lines = lines(9_000);
    folder.write("lista.json", format!("[{}]", lines.trim().replace('\n', ",\n")));
    let with_ids: String = lines
        .lines()
        .enumerate()
        .map(|(id, line)| line.replacen('{', &format!("{{\"id\":\"{id}\","), 1) + "\n")
        .collect();
    folder.write("id.jsonl", with_ids);
    let of_one: String = lines
        .lines()
        .map(|line| line.replacen("\"case\":\"", "\"case\":\"1\",\"vem\":\"", 1) + "\n")
        .collect();
    folder.write("ett.jsonl", of_one);
    for (file, what) in [
        ("lista.json", "the JSON array in `lista.json`"),
        ("id.jsonl", "the `id` of"),
        ("ett.jsonl", "the case `1`"),
    ] {
        let done = folder.run(&[file, "--memory", "200kB"], "");
        assert_eq!(done.status.code(), Some(2), "{file}");
        assert!(done.stdout.is_empty(), "{file}");
        assert!(
            text(&done.stderr).contains("F1102") && text(&done.stderr).contains(what),
            "{}",
            text(&done.stderr)
        );
        if file != "ett.jsonl" {
            assert_eq!(folder.run(&[file], "").status.code(), Some(0), "{file}");
        }
    }
}

#[test]
fn files_that_are_no_text_are_all_named_and_nothing_else_is_said() {
    let folder = Folder::new("text");
    folder.write("bra.jsonl", "{\"case\":\"a\"}\n");
    folder.write("ansi.csv", b"case,event,date\nf\xf6re,svarat,2025-03-01\n");
    let mut late = lines(9_000).into_bytes();
    late.extend_from_slice(b"{\"case\":\"\xff\"}\n");
    folder.write("sen.jsonl", late);
    let done = folder.run(&["bra.jsonl", "ansi.csv", "sen.jsonl"], "");
    assert_eq!((done.status.code(), done.stdout.len()), (Some(2), 0));
    let codes: Vec<serde_json::Value> =
        text(&done.stderr).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let places: Vec<_> = codes
        .iter()
        .map(|line| {
            (line["code"].as_str(), line["labels"][0]["line"].as_u64(), line["labels"][0]["column"].as_u64())
        })
        .collect();
    assert_eq!(places, [(Some("F0782"), Some(2), Some(2)), (Some("F0782"), Some(9_001), Some(10))]);
}

#[test]
fn a_table_says_what_the_lines_say() {
    let folder = Folder::new("table");
    folder.write("e.jsonl", lines(300) + "{\"case\":\"x\"}\n");
    let json = folder.run(&["e.jsonl"], "");
    let table =
        folder.command(&["e.jsonl", "--threads", "2", "--timing", "--format", "csv"]).output().unwrap();
    assert_eq!((json.status.code(), table.status.code()), (Some(1), Some(1)));
    let mut rows = csv::ReaderBuilder::new().from_reader(table.stdout.as_slice());
    let columns = rows.headers().unwrap().clone();
    assert_eq!(columns.iter().collect::<Vec<_>>(), frist::record::OUTCOME_COLUMNS);
    let rows: Vec<csv::StringRecord> = rows.records().map(Result::unwrap).collect();
    let lines: Vec<serde_json::Value> =
        text(&json.stdout).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(rows.len(), lines.len());
    for (row, line) in rows.iter().zip(&lines) {
        let cell = |name: &str| row.get(columns.iter().position(|column| column == name).unwrap()).unwrap();
        assert_eq!(cell("case"), line["case"].as_str().unwrap());
        assert_eq!(cell("trigger_line"), line["trigger"]["line"].to_string());
        assert_eq!(cell("citation_anchor"), line["citation"]["anchor"].as_str().unwrap());
        assert_eq!(cell("by"), line["by"].as_str().unwrap_or(""));
    }
    // Beside a table each diagnostic is a line.
    let said = text(&table.stderr);
    assert!(said.contains("\ne.jsonl:301:1: error[F0707]"), "{said}");
    assert!(said.contains(" events, 97 cases, 600 outcomes, 1 bad lines in "), "{said}");
}

#[test]
fn old_spreadsheets_are_read_as_they_are() {
    let folder = Folder::new("ansi");
    let text = "case;event;date;från_dag;belopp\r\nå-1;beslutat;2025-03-01;2025-04-01;12,50\r\n";
    let latin: Vec<u8> = text.chars().map(|letter| u8::try_from(u32::from(letter)).unwrap()).collect();
    folder.write("utf8.csv", format!("\u{feff}{text}"));
    folder.write("ansi.csv", latin);
    let plain = folder.run(&["utf8.csv"], "");
    assert_eq!(plain.status.code(), Some(0));
    assert_eq!(self::text(&plain.stdout).lines().count(), 1);
    let ansi = folder.run(&["ansi.csv", "--encoding", "windows-1252"], "");
    assert_eq!((ansi.status.code(), &ansi.stdout), (Some(0), &plain.stdout));
    let drawn = folder.run(&["ansi.csv", "--encoding", "windows-1252", "--format", "text"], "");
    assert_eq!(drawn.status.code(), Some(0), "{}", self::text(&drawn.stderr));
    assert_eq!(folder.run(&["ansi.csv"], "").status.code(), Some(2));
}
