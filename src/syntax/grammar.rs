//! The parser that pest makes of the two grammar files. Nothing outside `syntax` sees it.
#![allow(missing_docs, reason = "pest derives the rules without documentation")]

#[derive(pest_derive::Parser)]
#[grammar = "grammar/words.pest"]
#[grammar = "grammar/frist.pest"]
pub(crate) struct FristParser;
