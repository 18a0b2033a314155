//! Logs: what a file is, in which encoding, how much of it there is, what of it must not be read (LOG-1 to LOG-3). Decides
//! from bytes alone, piece by piece and in bounded memory; where files lie and who reads them is `store`'s and `desk`'s.

pub mod archive;
mod encoding;
mod kind;
pub mod mask;
mod partial;
mod pasted;
mod stamps;
mod survey;
mod text;
mod words;

#[cfg(test)]
mod archive_limits_test;
#[cfg(test)]
mod archive_test;
#[cfg(test)]
mod kind_test;
#[cfg(test)]
mod partial_test;
#[cfg(test)]
mod survey_test;

pub use encoding::{Charset, Detected};
pub use kind::{EVENT_LOG, HEAD, Kind, Recognised, recognise};
pub use partial::{Partial, is_short};
pub use pasted::pasted;
pub use stamps::{Says, Stamp};
pub use survey::{Reading, Span, Survey};
