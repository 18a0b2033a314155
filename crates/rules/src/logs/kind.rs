//! What kind of file something is, by the beginning of its content: a name is never believed. Signatures tell pictures,
//! documents and archives; what reads as text is told apart by its lines, in `text`.

use super::{
    encoding::{Detected, detect},
    text,
};

/// What a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// What a program wrote about its own running, in whatever format.
    Log,
    /// Commands, as `history` prints them.
    History,
    /// What a terminal showed: commands with their answers, or errors.
    Terminal,
    Picture,
    Pdf,
    /// A document, sheet or slides.
    Office,
    Archive,
    Binary,
    Html,
    Source,
    Configuration,
    /// Text of another kind.
    Text,
    Empty,
}

impl Kind {
    pub const ALL: [Kind; 13] = [
        Kind::Log,
        Kind::History,
        Kind::Terminal,
        Kind::Picture,
        Kind::Pdf,
        Kind::Office,
        Kind::Archive,
        Kind::Binary,
        Kind::Html,
        Kind::Source,
        Kind::Configuration,
        Kind::Text,
        Kind::Empty,
    ];

    /// Its name in the database and in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Log => "log",
            Kind::History => "shell_history",
            Kind::Terminal => "terminal_output",
            Kind::Picture => "picture",
            Kind::Pdf => "pdf",
            Kind::Office => "office",
            Kind::Archive => "archive",
            Kind::Binary => "binary",
            Kind::Html => "html",
            Kind::Source => "source",
            Kind::Configuration => "configuration",
            Kind::Text => "text",
            Kind::Empty => "empty",
        }
    }

    pub fn read(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }

    /// Whether it does where a log is asked for. Text of which nothing is known counts, since a log may look like anything.
    pub fn may_be_log(self) -> bool {
        matches!(self, Kind::Log | Kind::History | Kind::Terminal | Kind::Text | Kind::Empty)
    }

    /// Whether people can read it as it is, so that secrets in it are masked (LOG-3).
    pub fn is_text(self) -> bool {
        !matches!(self, Kind::Picture | Kind::Pdf | Kind::Office | Kind::Archive | Kind::Binary)
    }
}

/// What the beginning of a file shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    pub kind: Kind,
    /// As it is said to browsers.
    pub media_type: &'static str,
    /// Of what reads as text.
    pub encoding: Option<Detected>,
}

/// Bytes of a beginning, at most, by which a file is recognised.
pub const HEAD: usize = 64 * 1024;

/// Tells a file by its beginning: all of a short file, `HEAD` bytes of a longer one.
pub fn recognise(head: &[u8]) -> Recognised {
    let head = &head[..head.len().min(HEAD)];
    if let Some((kind, media_type)) = signature(head) {
        return Recognised { kind, media_type, encoding: None };
    }
    let Some(encoding) = detect(head) else {
        return Recognised { kind: Kind::Binary, media_type: "application/octet-stream", encoding: None };
    };
    let mut read = String::new();
    super::encoding::Reader::new(encoding).push(head, &mut read);
    let kind = if read.trim().is_empty() { Kind::Empty } else { text::kind(&read) };
    let media_type = match kind {
        Kind::Picture => "image/svg+xml",
        Kind::Html => "text/html",
        _ => "text/plain",
    };
    Recognised { kind, media_type, encoding: Some(encoding) }
}

/// What a signature says; a text has none.
fn signature(head: &[u8]) -> Option<(Kind, &'static str)> {
    if head.starts_with(b"ElfFile\0") {
        return Some((Kind::Binary, EVENT_LOG));
    }
    if head.starts_with(b"PK\x03\x04") && is_office(head) {
        return Some((Kind::Office, "application/vnd.openxmlformats-officedocument"));
    }
    let found = infer::get(head)?;
    let media_type = found.mime_type();
    let kind = match (found.matcher_type(), media_type) {
        (infer::MatcherType::Text, _) | (_, "text/html" | "text/xml" | "text/x-shellscript") => return None,
        (infer::MatcherType::Image, _) => Kind::Picture,
        (_, "application/pdf") => Kind::Pdf,
        (infer::MatcherType::Doc, _) | (_, "application/rtf" | "application/x-ole-storage") => Kind::Office,
        (
            _,
            "application/zip"
            | "application/x-tar"
            | "application/gzip"
            | "application/x-bzip2"
            | "application/x-xz"
            | "application/zstd"
            | "application/x-7z-compressed"
            | "application/vnd.rar"
            | "application/x-rar-compressed",
        ) => Kind::Archive,
        _ => Kind::Binary,
    };
    if begins_as_text(head) && !matches!(kind, Kind::Pdf | Kind::Office) && detect(head).is_some() {
        return None;
    }
    Some((kind, media_type))
}

/// Whether the first bytes are letters of a text, one of which may be cut: short signatures, "BM" of a picture or "MZ" of a
/// program, are words too.
fn begins_as_text(head: &[u8]) -> bool {
    let start = &head[..head.len().min(4)];
    let is_no_letter = std::str::from_utf8(start).is_err_and(|fault| fault.error_len().is_some());
    !is_no_letter && start.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
}

/// Events of Windows as its viewer keeps them: a log, but one that only the viewer can read.
pub const EVENT_LOG: &str = "application/x-ms-evtx";

/// Whether the first entries of a zip are those of a document.
fn is_office(head: &[u8]) -> bool {
    const NAMES: [&[u8]; 6] =
        [b"[Content_Types].xml", b"word/", b"xl/", b"ppt/", b"mimetypeapplication/vnd.oasis", b"_rels/.rels"];
    // The name of the first entry stands after 30 bytes (APPNOTE.TXT, 4.3.7).
    head.get(30..).is_some_and(|rest| NAMES.iter().any(|name| rest.starts_with(name)))
}
