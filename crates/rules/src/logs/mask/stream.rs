//! Masks a text that comes in pieces, line by line. A line without an end is cut where no secret stands, so the memory that
//! is needed stays bounded; wherever pieces are cut, the masked text is the same.

use super::{
    Keeper, Secret,
    keys::{Block, Fed, opens},
    shapes::{Found, Shapes, ends_value},
};

/// Bytes of a line that are looked at together.
const WINDOW: usize = 64 * 1024;
/// Of which so many stay, since the name of a secret may stand in them and its value come later.
const STAYS: usize = 8 * 1024;
/// How far before a value its name may stand.
const NAME: usize = 512;

/// A text that is being masked.
#[derive(Debug)]
pub struct Masker {
    keeper: Keeper,
    /// The line that has not ended yet.
    pending: String,
    block: Option<Block>,
    /// Inside of a secret that is longer than the window.
    swallows: bool,
    found: Vec<Found>,
}

impl Masker {
    pub fn new(keeper: Keeper) -> Self {
        Self { keeper, pending: String::new(), block: None, swallows: false, found: vec![] }
    }

    /// Takes the next piece; adds what is masked for certain.
    pub fn push(&mut self, text: &str, out: &mut String) {
        let text = self.swallow(text);
        match text.rfind('\n') {
            None => self.pending.push_str(text),
            Some(end) => {
                let (lines, rest) = text.split_at(end + 1);
                if self.pending.is_empty() {
                    self.lines(lines, out);
                } else {
                    let first = lines.find('\n').map_or(lines.len(), |at| at + 1);
                    let mut line = std::mem::take(&mut self.pending);
                    line.push_str(&lines[..first]);
                    self.lines(&line, out);
                    self.lines(&lines[first..], out);
                }
                self.pending.push_str(rest);
            }
        }
        while self.pending.len() > WINDOW {
            self.cut(out);
        }
    }

    /// Adds what is left.
    pub fn finish(mut self, out: &mut String) -> Keeper {
        let rest = std::mem::take(&mut self.pending);
        self.lines(&rest, out);
        self.close(out);
        self.keeper
    }

    fn swallow<'a>(&mut self, text: &'a str) -> &'a str {
        if !self.swallows {
            return text;
        }
        let end = text.find(ends_value);
        self.swallows = end.is_none();
        &text[end.unwrap_or(text.len())..]
    }

    /// Whole lines.
    fn lines(&mut self, text: &str, out: &mut String) {
        let mut rest = text;
        while !rest.is_empty() {
            rest = if self.block.is_some() { self.key(rest, out) } else { self.run(rest, out) };
        }
    }

    /// Lines up to one in which a private key begins; what comes after it.
    fn run<'a>(&mut self, text: &'a str, out: &mut String) -> &'a str {
        let mut done = 0;
        let mut hints = Shapes::get().hints(text).peekable();
        while let Some((at, mut leads)) = hints.next() {
            let start = text[..at].rfind('\n').map_or(0, |at| at + 1);
            let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
            while let Some((_, more)) = hints.next_if(|(at, _)| *at < end) {
                leads |= more;
            }
            out.push_str(&text[done..start]);
            let line = &text[start..end];
            if let Some(opened) = opens(line) {
                self.line(&line[..opened], leads, out);
                self.block = Some(Block::new());
                return text.get(end + 1..).unwrap_or_default();
            }
            self.line(line, leads, out);
            done = end;
        }
        out.push_str(&text[done..]);
        ""
    }

    fn line(&mut self, line: &str, leads: u64, out: &mut String) {
        let mut found = std::mem::take(&mut self.found);
        Shapes::get().find(line, leads, &mut found);
        self.put(line, &found, out);
        self.found = found;
    }

    fn put(&mut self, line: &str, found: &[Found], out: &mut String) {
        let mut done = 0;
        for found in found {
            out.push_str(&line[done..found.at.start]);
            self.keeper.mask(&line[found.at.clone()], found.secret, out);
            done = found.at.end;
        }
        out.push_str(&line[done..]);
    }

    /// A line while a key is open; what comes after it.
    fn key<'a>(&mut self, text: &'a str, out: &mut String) -> &'a str {
        let end = text.find('\n').map_or(text.len(), |at| at + 1);
        let (line, rest) = text.split_at(end);
        let Some(block) = &mut self.block else { return text };
        match block.feed(line.trim_end_matches(['\n', '\r'])) {
            Fed::Taken => rest,
            Fed::Ends(behind) => {
                self.end(out);
                out.push_str(behind);
                out.push('\n');
                rest
            }
            Fed::Other => {
                self.close(out);
                text
            }
        }
    }

    /// A key that broke off is masked as far as it went.
    fn close(&mut self, out: &mut String) {
        if self.block.is_some() {
            self.end(out);
            out.push('\n');
        }
    }

    fn end(&mut self, out: &mut String) {
        if let Some(block) = self.block.take() {
            self.keeper.mask(block.body(), Secret::PrivateKey, out);
        }
    }

    /// Gives out the beginning of a line that is longer than the window.
    fn cut(&mut self, out: &mut String) {
        if self.block.is_some() {
            // No key has such lines.
            self.close(out);
        }
        let line = std::mem::take(&mut self.pending);
        let leads = Shapes::get().hints(&line).fold(0, |leads, (_, more)| leads | more);
        let mut found = std::mem::take(&mut self.found);
        Shapes::get().find(&line, leads, &mut found);
        let mut cut = line.floor_char_boundary(line.len() - STAYS);
        if let Some(across) = found.iter().find(|found| found.at.start < cut + NAME && found.at.end > cut) {
            cut = match across.at.start {
                _ if across.at.end < line.len() => across.at.end,
                // Rounded up: rounded down it may be the beginning, and the same would be cut forever.
                start if start > NAME => line.ceil_char_boundary(start - NAME),
                _ => line.len(),
            };
        }
        // Going back must not go into the secret before.
        if let Some(before) = found.iter().find(|found| found.at.start < cut && cut < found.at.end) {
            cut = before.at.end;
        }
        self.swallows = cut == line.len();
        found.retain(|found| found.at.end <= cut);
        self.put(&line[..cut], &found, out);
        self.found = found;
        let rest = self.swallow(&line[cut..]).to_owned();
        self.pending = rest;
    }
}
