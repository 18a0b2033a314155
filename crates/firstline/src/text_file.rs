//! Files that people name: read as text, or refused with what to do now instead of what the system says.

use std::{
    io::{Error, ErrorKind},
    path::Path,
};

use anyhow::anyhow;

/// The text of a file that somebody named.
pub(crate) fn read(file: &Path) -> anyhow::Result<String> {
    String::from_utf8(bytes(file)?).map_err(|error| anyhow!("{} {}", file.display(), no_text(error.as_bytes())))
}

/// What is in it.
pub(crate) fn bytes(file: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(file).map_err(|error| anyhow!("{} {}", file.display(), why_not(&error)))
}

/// Why it could not be read, as the end of a sentence.
pub(crate) fn why_not(error: &Error) -> String {
    match error.kind() {
        ErrorKind::NotFound => "is not there; check its name, and the folder that you are in".to_owned(),
        ErrorKind::IsADirectory => "is a folder; name the file in it".to_owned(),
        ErrorKind::PermissionDenied => {
            "is not yours to read; run this as its owner, or let this user read it".to_owned()
        }
        _ => format!("cannot be read: {error}"),
    }
}

fn no_text(bytes: &[u8]) -> &'static str {
    match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => "is written in UTF-16; save it as UTF-8 in your editor",
        _ => "is no text in UTF-8; save it as UTF-8 in your editor, or check that it is the file you mean",
    }
}
