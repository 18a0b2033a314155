//! Bytes of a spreadsheet's export as text, and the text as records (RFC 4180), strictly: what is not whole is refused with its
//! line, because a half file must not be half taken.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that a file may have.
pub const FILE_BYTES: usize = 8 << 20;

/// Why a file is no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoText {
    TooLarge,
    /// Cut off within a character, or of another encoding than it says.
    Broken,
    /// It holds what no text holds: a spreadsheet itself, perhaps.
    Binary,
}

/// Reads UTF-8 and UTF-16 with or without a mark, else Windows-1252.
///
/// # Errors
/// What is not whole or no text.
pub fn text(bytes: &[u8]) -> Result<String, NoText> {
    if bytes.len() > FILE_BYTES {
        return Err(NoText::TooLarge);
    }
    let (encoding, marked) = Encoding::for_bom(bytes).unwrap_or_else(|| (guessed(bytes), 0));
    let decoded = encoding.decode_without_bom_handling_and_without_replacement(bytes.get(marked..).unwrap_or_default());
    let text = decoded.ok_or(NoText::Broken)?.into_owned();
    let is_binary = text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    if is_binary { Err(NoText::Binary) } else { Ok(text) }
}

/// Every second byte of ASCII text in UTF-16 is zero.
fn guessed(bytes: &[u8]) -> &'static Encoding {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(64).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let enough = bytes.len().min(128) / 4;
    match () {
        () if odd > 0 && odd >= enough && even == 0 => UTF_16LE,
        () if even > 0 && even >= enough && odd == 0 => UTF_16BE,
        () if std::str::from_utf8(bytes).is_ok() => UTF_8,
        () => WINDOWS_1252,
    }
}

/// A line of the file with its fields.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Record {
    /// Counted from 1, where it begins.
    pub(super) line: usize,
    pub(super) fields: Vec<String>,
}

/// Why a record is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoRecord {
    /// A quotation mark that is never closed: half a file, or a mark too many.
    Unclosed,
    /// Something stands between a closing mark and the next separator, or a mark within a field that has none around it.
    StrayQuote,
}

/// What separates fields: the one of the three that the first line has most of.
fn separator(text: &str) -> char {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |separator: char| first.matches(separator).count();
    [',', ';', '\t'].into_iter().rev().max_by_key(|separator| count(*separator)).unwrap_or(',')
}

/// All records but empty lines, by the separator that the first line has most of.
///
/// # Errors
/// The first line that is not whole: what follows it cannot be told.
pub(super) fn records(text: &str) -> Result<Vec<Record>, (usize, NoRecord)> {
    let mut reader = Reader { rest: text.chars().peekable(), separator: separator(text), line: 1 };
    let mut records = Vec::new();
    while let Some(record) = reader.record()? {
        if record.fields.iter().any(|field| !field.trim().is_empty()) {
            records.push(record);
        }
    }
    Ok(records)
}

struct Reader<'t> {
    rest: std::iter::Peekable<std::str::Chars<'t>>,
    separator: char,
    line: usize,
}

/// What ended a field.
enum End {
    Field,
    Record,
}

impl Reader<'_> {
    fn record(&mut self) -> Result<Option<Record>, (usize, NoRecord)> {
        if self.rest.peek().is_none() {
            return Ok(None);
        }
        let line = self.line;
        let mut fields = Vec::new();
        loop {
            let (field, end) = self.field()?;
            fields.push(field);
            if let End::Record = end {
                return Ok(Some(Record { line, fields }));
            }
        }
    }

    fn field(&mut self) -> Result<(String, End), (usize, NoRecord)> {
        let mut field = String::new();
        let is_quoted = self.rest.next_if_eq(&'"').is_some();
        if is_quoted {
            self.quoted(&mut field)?;
        }
        loop {
            match self.rest.next() {
                None => return Ok((field, End::Record)),
                Some('\n') => {
                    self.line += 1;
                    return Ok((field, End::Record));
                }
                Some('\r') => {
                    self.rest.next_if_eq(&'\n');
                    self.line += 1;
                    return Ok((field, End::Record));
                }
                Some(next) if next == self.separator => return Ok((field, End::Field)),
                Some(next) if next == '"' || is_quoted => return Err((self.line, NoRecord::StrayQuote)),
                Some(next) => field.push(next),
            }
        }
    }

    fn quoted(&mut self, field: &mut String) -> Result<(), (usize, NoRecord)> {
        let begun = self.line;
        loop {
            match self.rest.next() {
                None => return Err((begun, NoRecord::Unclosed)),
                Some('"') if self.rest.next_if_eq(&'"').is_some() => field.push('"'),
                Some('"') => return Ok(()),
                Some(next) => {
                    if next == '\n' || (next == '\r' && self.rest.peek() != Some(&'\n')) {
                        self.line += 1;
                    }
                    field.push(next);
                }
            }
        }
    }
}
