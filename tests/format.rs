//! The formatter, held to rule files.
use frist::Language;
use frist::source::Sources;

#[test]
#[ignore]
fn show() {
    let path = std::env::var("F").unwrap();
    let text = std::fs::read_to_string(path).unwrap();
    let lang = if std::env::var("L").as_deref() == Ok("en") { Language::English } else { Language::Swedish };
    let mut sources = Sources::default();
    let id = sources.add("x", &text);
    let (file, d) = frist::syntax::parse(&sources, id);
    assert!(d.is_empty(), "{d:?}");
    std::fs::write("/tmp/w/out.frist", frist::syntax::format(&file, lang)).unwrap();
}
