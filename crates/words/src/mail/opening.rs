//! The digest at the opening of the desk.

use rules::instant::Instant;

use super::{
    Reader, Text, one_line,
    sheet::{Block, Sheet},
};

/// What it lists, the most urgent first.
#[derive(Clone, Copy, Debug)]
pub struct Digest<'a> {
    pub came: &'a [DigestLine<'a>],
    pub due: &'a [DigestLine<'a>],
    /// How many more there are.
    pub others: usize,
}

/// One request.
#[derive(Clone, Copy, Debug)]
pub struct DigestLine<'a> {
    pub number: i64,
    /// `None`: it may only be named by its number (SEC-1).
    pub subject: Option<&'a str>,
    pub whose: &'a str,
    pub priority: &'a str,
    pub due: Option<Instant>,
}

/// What came while the desk was closed, and what is due on its day.
pub fn opening(reader: &Reader<'_>, digest: &Digest<'_>, page: &str) -> Text {
    let mut blocks = vec![];
    for (key, lines) in [("mail-opening-came", digest.came), ("mail-opening-due", digest.due)] {
        if !lines.is_empty() {
            blocks.push(Block::Said(reader.say(key, &[("count", lines.len().into())])));
            blocks.extend(lines.iter().map(|line| Block::Said(said(reader, line))));
        }
    }
    if digest.others > 0 {
        blocks.push(Block::Said(reader.say("mail-opening-others", &[("count", digest.others.into())])));
    }
    blocks.push(Block::Link { label: reader.say("mail-opening-link", &[]), url: page });
    let counts = [("came", digest.came.len().into()), ("due", digest.due.len().into())];
    let subject = reader.say("mail-opening-subject", &counts);
    Sheet { subject, blocks, foot: vec![reader.say("mail-opening-why", &[])] }.set(reader)
}

/// "Urgent, due 12:31: LDAP sign-in fails for one group only (4197, Helio Bank)".
fn said(reader: &Reader<'_>, line: &DigestLine<'_>) -> String {
    let (number, priority) = (line.number.to_string(), line.priority);
    let due = line.due.map(|at| reader.when(at)).unwrap_or_default();
    match line.subject {
        Some(subject) => reader.say(
            "mail-opening-line",
            &[
                ("priority", priority.into()),
                ("subject", one_line(subject).into()),
                ("number", number.into()),
                ("whose", one_line(line.whose).into()),
                ("has_due", if line.due.is_some() { "yes" } else { "no" }.into()),
                ("due", due.into()),
            ],
        ),
        None => reader.say("mail-opening-line-number", &[("number", number.into())]),
    }
}
