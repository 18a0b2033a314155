//! An entry of a list, out of its Markdown: its line, and what stands under it as lines of lists. Links by reference are written
//! out, since their definitions stay behind.

use comrak::nodes::{AstNode, LineColumn, NodeValue, Sourcepos};

use super::{Block, Why, field};
use crate::releases::{Change, Note};

/// Lists within lists, at most.
pub(super) const DEEPEST: usize = 4;
/// Characters of an entry, at most.
pub(super) const LONGEST: usize = 8_000;

/// The lines of a file, so that what is written can be taken as it is.
pub(super) struct Lines<'t>(Vec<&'t str>);

/// What keeps an entry from being one, and where.
pub(super) type Wrong = (usize, Why);

impl<'t> Lines<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self(text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).collect())
    }

    /// From one place to another, with one space for the end of a line.
    fn between(&self, at: Sourcepos, changed: &[(Sourcepos, String)]) -> String {
        let mut joined = String::new();
        for line in at.start.line..=at.end.line {
            let Some(text) = self.0.get(line - 1) else { continue };
            let from = if line == at.start.line { at.start.column - 1 } else { 0 };
            let end = if line == at.end.line { at.end.column.min(text.len()) } else { text.len() };
            let piece = with(text, line, from..end, changed);
            let piece = piece.trim().trim_end_matches('\\').trim_end();
            if !joined.is_empty() && !piece.is_empty() {
                joined.push(' ');
            }
            joined.push_str(piece);
        }
        joined
    }

    fn slice(&self, at: Sourcepos) -> Option<&'t str> {
        let line = self.0.get(at.start.line.checked_sub(1)?).filter(|_| at.start.line == at.end.line)?;
        line.get(at.start.column.checked_sub(1)?..at.end.column)
    }
}

/// A piece of a line, with what is written otherwise.
fn with(text: &str, line: usize, range: std::ops::Range<usize>, changed: &[(Sourcepos, String)]) -> String {
    let (mut out, mut done) = (String::new(), range.start);
    for (at, instead) in changed.iter().filter(|(at, _)| at.start.line == line) {
        let (start, end) = (at.start.column - 1, at.end.column);
        if start >= done && end <= range.end {
            out.push_str(text.get(done..start).unwrap_or_default());
            out.push_str(instead);
            done = end;
        }
    }
    out.push_str(text.get(done..range.end).unwrap_or_default());
    out
}

/// A paragraph on one line.
pub(super) fn paragraph<'a>(node: &'a AstNode<'a>, lines: &Lines<'_>) -> String {
    let mut changed: Vec<(Sourcepos, String)> = Vec::new();
    for inner in node.descendants() {
        let data = inner.data();
        let NodeValue::Link(link) = &data.value else { continue };
        let at = data.sourcepos;
        let is_reference = |written: &&str| written.starts_with('[') && written.ends_with(']');
        let Some(written) = lines.slice(at).filter(is_reference) else { continue };
        let text = label(written);
        changed.push((at, format!("[{text}]({})", link.url)));
    }
    changed.sort_by_key(|(at, _)| (at.start.line, at.start.column));
    lines.between(node.data().sourcepos, &changed)
}

/// `[text][label]` and `[text]`: the text.
fn label(written: &str) -> &str {
    let inner = &written[1..written.len() - 1];
    inner.find("][").map_or(inner, |at| &inner[..at])
}

/// The text of an entry: its first paragraph, and below it further ones and lists, each in its line.
pub(super) fn entry<'a>(blocks: impl Iterator<Item = &'a AstNode<'a>>, lines: &Lines<'_>) -> Result<String, Wrong> {
    let mut out: Vec<String> = Vec::new();
    for block in blocks {
        walk(block, lines, 0, &mut out)?;
    }
    let text = out.join("\n");
    let characters = text.chars().count();
    match () {
        () if text.is_empty() => Err((0, Why::EmptyEntry)),
        () if characters > LONGEST => Err((0, Why::TooLong { characters, most: LONGEST })),
        () => Ok(text),
    }
}

fn walk<'a>(block: &'a AstNode<'a>, lines: &Lines<'_>, depth: usize, out: &mut Vec<String>) -> Result<(), Wrong> {
    let line = block.data().sourcepos.start.line;
    let is_list = match &block.data().value {
        NodeValue::Paragraph => false,
        NodeValue::List(_) => true,
        other => return Err((line, Why::NotAnEntry(kind(other)))),
    };
    if !is_list {
        let text = paragraph(block, lines);
        out.push(if out.is_empty() { text } else { format!("{}- {text}", "  ".repeat(depth.saturating_sub(1))) });
        return Ok(());
    }
    if out.is_empty() {
        return Err((line, Why::EmptyEntry));
    }
    if depth >= DEEPEST {
        return Err((line, Why::TooDeep { most: DEEPEST }));
    }
    for item in block.children() {
        let mut blocks = item.children().peekable();
        let starts = |block: &&'a AstNode<'a>| matches!(block.data().value, NodeValue::Paragraph);
        if !blocks.peek().is_some_and(starts) {
            return Err((item.data().sourcepos.start.line, Why::EmptyEntry));
        }
        for (at, block) in blocks.enumerate() {
            // A further paragraph of a line is a line under it.
            let deeper = if at > 0 && starts(&block) { depth + 2 } else { depth + 1 };
            walk(block, lines, deeper, out)?;
        }
    }
    Ok(())
}

pub(super) fn kind(value: &NodeValue) -> Block {
    match value {
        NodeValue::CodeBlock(_) => Block::Code,
        NodeValue::BlockQuote => Block::Quote,
        NodeValue::HtmlBlock(_) => Block::Html,
        NodeValue::Heading(_) => Block::Heading,
        NodeValue::List(_) => Block::List,
        _ => Block::Other,
    }
}

/// A note of an entry's text, which may begin with an anchor: `<a id="exports"></a>`.
pub(super) fn note(change: Change, text: String) -> Note {
    match anchored(&text) {
        Some((anchor, rest)) if !rest.is_empty() && !rest.starts_with('\n') => {
            Note { anchor: Some(anchor.to_owned()), ..Note::new(change, rest) }
        }
        _ => Note::new(change, text),
    }
}

fn anchored(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix("<a id=\"").or_else(|| text.strip_prefix("<a name=\""))?;
    let (anchor, rest) = rest.split_once("\"></a>")?;
    field::is_anchor(anchor).then(|| (anchor, rest.trim_start_matches(' ')))
}

/// A text of a list's file, read as an entry of a changelog would be.
pub(super) fn read(text: &str) -> Result<String, Why> {
    let text = text.trim().replace('\t', "    ");
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &text, &comrak::Options::default());
    entry(root.children(), &Lines::of(&text)).map_err(|(_, why)| why)
}

/// Paragraphs as they are, with an empty line between them.
pub(super) fn summary(text: &str) -> Result<String, Why> {
    let text = text.trim().replace('\t', "    ");
    let arena = comrak::Arena::new();
    let root = comrak::parse_document(&arena, &text, &comrak::Options::default());
    let lines = Lines::of(&text);
    let mut paragraphs = Vec::new();
    for block in root.children() {
        match &block.data().value {
            NodeValue::Paragraph => paragraphs.push(paragraph(block, &lines)),
            other => return Err(Why::NotAnEntry(kind(other))),
        }
    }
    Ok(paragraphs.join("\n\n"))
}

/// Where a node begins.
pub(super) fn line(at: LineColumn) -> usize {
    at.line.max(1)
}
