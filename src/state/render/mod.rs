//! A state as people read it: listed and drawn on a terminal, in plain sentences, as a drawing in SVG.
//!
//! As JSON it is written by the room `record`.

#[cfg(feature = "cli")]
mod chart;
mod narrated;
mod shown;
#[cfg(feature = "cli")]
mod signs;
mod svg;
#[cfg(feature = "cli")]
mod text;
mod words;

pub use narrated::narrated;
pub use svg::svg;
#[cfg(feature = "cli")]
pub use text::text;
