//! A changelog in Markdown. What stands before its first release is about the file and not taken; below a release stand
//! paragraphs, then kinds of changes with lists.

use comrak::nodes::{AstNode, NodeValue};

use super::{
    Drafted, Found, ImportFault, Read, Said, Why,
    entry::{self, Lines},
    field,
    heading::{self, Heading},
};
use crate::releases::{Change, Note};

/// Where in the file we are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// Before the first release.
    Preface,
    Unreleased,
    Release,
    /// Below a heading that is no release: its fault is known.
    Lost,
}

struct Reader<'t> {
    lines: Lines<'t>,
    found: Found,
    part: Part,
    change: Option<Change>,
    /// A kind of changes that is none was named, and is known as a fault.
    is_lost: bool,
}

/// Reads a changelog.
///
/// # Errors
/// All that is wrong, by line.
pub fn changelog(text: &str) -> Result<Read, Vec<ImportFault>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).replace("\r\n", "\n").replace('\r', "\n");
    let text = text.replace('\t', "    ").replace('\0', "\u{fffd}");
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &text, &comrak::Options::default());
    let (lines, found) = (Lines::of(&text), Found::default());
    let mut reader = Reader { lines, found, part: Part::Preface, change: None, is_lost: false };
    for block in root.children() {
        reader.block(block);
    }
    reader.found.whole()
}

impl Reader<'_> {
    fn block<'a>(&mut self, block: &'a AstNode<'a>) {
        let line = entry::line(block.data().sourcepos.start);
        match &block.data().value {
            NodeValue::Heading(heading) => self.heading(block, heading.level, line),
            NodeValue::ThematicBreak => {}
            NodeValue::HtmlBlock(html) if says_nothing(&html.literal) => {}
            _ if matches!(self.part, Part::Preface | Part::Lost) || self.is_lost => {}
            NodeValue::Paragraph => self.paragraph(block, line),
            NodeValue::List(_) => self.list(block, line),
            other => self.found.fault(line, Why::NotAnEntry(entry::kind(other))),
        }
    }

    fn heading<'a>(&mut self, node: &'a AstNode<'a>, level: u8, line: usize) {
        let text = node.collect_text();
        match level {
            1 if self.part == Part::Preface => {}
            2 => self.release(node, &text, line),
            3 if self.part == Part::Lost => {}
            3 => self.section(&text, line),
            level => self.found.fault(line, Why::HeadingLevel { level }),
        }
    }

    fn release<'a>(&mut self, node: &'a AstNode<'a>, text: &str, line: usize) {
        (self.change, self.is_lost) = (None, false);
        let (version, released_on, yanked) = match heading::read(text) {
            Ok(Heading::Release { version, released_on, yanked }) => (version, released_on, yanked),
            Ok(Heading::Unreleased) => {
                self.part = Part::Unreleased;
                return;
            }
            Err(why) => {
                self.part = Part::Lost;
                self.found.fault(line, why);
                return;
            }
        };
        self.part = Part::Release;
        self.found.is_first(&version, line);
        let link = node.descendants().find_map(|inner| match &inner.data().value {
            NodeValue::Link(link) => Some(link.url.clone()),
            _ => None,
        });
        let link = link.map(|link| field::link(&link)).transpose().unwrap_or_else(|why| {
            self.found.fault(line, why);
            None
        });
        let said = Said {
            summary: Some(String::new()),
            link: Some(link),
            notes: Some(Vec::new()),
            yanked: Some(yanked),
            ..Said::default()
        };
        self.found.read.releases.push(Drafted { line, version, released_on, said });
    }

    fn section(&mut self, text: &str, line: usize) {
        (self.change, self.is_lost) = (Change::read(text), false);
        if self.part == Part::Preface {
            self.is_lost = true;
            self.found.fault(line, Why::SectionOutside { heading: field::cut(text) });
        } else if self.change.is_none() {
            self.is_lost = true;
            self.found.fault(line, Why::NotAChange { text: field::cut(text) });
        }
    }

    /// Before the first kind of changes it is about the release; below one it is an entry.
    fn paragraph<'a>(&mut self, node: &'a AstNode<'a>, line: usize) {
        let text = entry::paragraph(node, &self.lines);
        let Some(change) = self.change else {
            let last = self.found.read.releases.last_mut().filter(|_| self.part == Part::Release);
            if let Some(summary) = last.and_then(|release| release.said.summary.as_mut()) {
                summary.push_str(if summary.is_empty() { "" } else { "\n\n" });
                summary.push_str(&text);
            }
            return;
        };
        if text.chars().count() > entry::LONGEST {
            let (characters, most) = (text.chars().count(), entry::LONGEST);
            return self.found.fault(line, Why::TooLong { characters, most });
        }
        self.push(entry::note(change, text));
    }

    fn list<'a>(&mut self, list: &'a AstNode<'a>, line: usize) {
        let Some(change) = self.change else { return self.found.fault(line, Why::NoSection) };
        for item in list.children() {
            match entry::entry(item.children(), &self.lines) {
                Ok(text) => self.push(entry::note(change, text)),
                Err((0, why)) => self.found.fault(entry::line(item.data().sourcepos.start), why),
                Err((line, why)) => self.found.fault(line, why),
            }
        }
    }

    fn push(&mut self, note: Note) {
        match self.part {
            Part::Unreleased => self.found.read.unreleased.push(note),
            _ => self.found.read.push(note),
        }
    }
}

/// Comments, and anchors of the heading that follows.
fn says_nothing(html: &str) -> bool {
    let html = html.trim();
    (html.starts_with("<!--") && html.ends_with("-->")) || (html.starts_with("<a ") && html.ends_with("></a>"))
}
