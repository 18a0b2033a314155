//! Markdown that people write, as HTML that is safe to show. Decides what survives: text, lists, tables, code, task
//! lists and links. Headings step down so that a page keeps its own; HTML is shown as typed; pictures from elsewhere
//! become links, so that reading tells nobody.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, UrlRelative};
use comrak::{
    Arena, Options, format_html,
    nodes::{AstNode, NodeLink, NodeValue},
    parse_document,
};
use rules::{
    ids::TicketId,
    redaction::{Piece, pieces},
    references,
};

use crate::lang::Lang;

/// What a text refers to, as far as its reader sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Referred<'a> {
    pub requests: Option<&'a BTreeSet<TicketId>>,
    /// Where the reader's requests stand: "/desk/requests".
    pub door: &'a str,
    /// Who may be called by their names.
    pub people: &'a [String],
    /// The reader's own name among them.
    pub me: Option<&'a str>,
}

/// What someone wrote in a conversation: a new line is a new line.
pub fn message(markdown: &str) -> String {
    message_referring(markdown, Referred::default())
}

/// The same, where requests lead to their pages and who is called stands out.
pub fn message_referring(markdown: &str, referred: Referred<'_>) -> String {
    html(markdown, NewLine::Break, referred)
}

/// A text of several paragraphs, such as the policy's: lines flow.
pub fn text(markdown: &str) -> String {
    html(markdown, NewLine::Space, Referred::default())
}

/// A text of one paragraph, without the paragraph around it; further paragraphs stay as they are.
pub fn inline(markdown: &str) -> String {
    let html = text(markdown);
    let inner = html.trim().strip_prefix("<p>").and_then(|html| html.strip_suffix("</p>"));
    inner.filter(|inner| !inner.contains("<p>")).map_or_else(|| html.clone(), str::to_owned)
}

/// A label or a reason of one line: code and stress stay, everything that is more than words of a line, and every
/// link, is left to its words, so that it can stand in a label, a link or a button.
pub fn label(markdown: &str) -> String {
    // Most labels are words and nothing else, and a page says dozens.
    if is_words(markdown) { markdown.to_owned() } else { line(markdown) }
}

fn line(markdown: &str) -> String {
    LINE.clean(&text(markdown)).to_string().trim().to_owned()
}

/// Whether nothing in a text can mean anything to Markdown or HTML: letters, digits, and what stands between words.
fn is_words(text: &str) -> bool {
    let mut before = ' ';
    let each = text.chars().all(|c| {
        let fits = c.is_alphanumeric() || (before != ' ' && matches!(c, ' ' | '-' | ','));
        before = c;
        fits
    });
    each && before != ' '
}

/// The same where only text can stand, as in an option.
pub fn plain(markdown: &str) -> String {
    markdown.replace('`', "")
}

/// The words of a whole text, without what sets them: a paragraph, a line of code or an item each on a line.
pub fn bare(markdown: &str) -> String {
    let shallow = flatten(markdown);
    let arena = Arena::new();
    let mut bare = String::new();
    for node in parse_document(&arena, &shallow, &options(NewLine::Space)).descendants() {
        match &node.data.borrow().value {
            NodeValue::Text(text) => bare.push_str(text),
            NodeValue::Code(code) => bare.push_str(&code.literal),
            NodeValue::CodeBlock(code) => bare.push_str(&format!("\n{}", code.literal)),
            NodeValue::SoftBreak | NodeValue::LineBreak => bare.push(' '),
            NodeValue::TableCell => bare.push(' '),
            value if value.block() && !bare.is_empty() && !bare.ends_with('\n') => bare.push('\n'),
            _ => {}
        }
    }
    bare.trim().to_owned()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum NewLine {
    Break,
    Space,
}

/// The deepest heading of a page that holds written text is its second; what people write begins below.
const HEADING_STEP: u8 = 2;
/// Quotes and lists nested deeper than this are cut to it: nobody reads them, and trees of any depth cost.
const DEEPEST: usize = 24;

fn html(markdown: &str, new_line: NewLine, referred: Referred<'_>) -> String {
    let shallow = flatten(markdown);
    let arena = Arena::new();
    let options = options(new_line);
    let root = parse_document(&arena, &shallow, &options);
    for node in root.descendants() {
        tame(node);
    }
    let mut html = String::new();
    // Writing to a string does not fail.
    let _ = format_html(root, &options, &mut html);
    finish(&SAFE.clean(&html).to_string(), referred)
}

/// Elements in which a reference is what it says, and leads nowhere.
const LITERAL: [&str; 3] = ["a", "code", "pre"];

/// Sets apart what was redacted (PRV-2), and what is referred to: in the text alone, not within a tag. Attributes stand in
/// double quotes.
fn finish(html: &str, referred: Referred<'_>) -> String {
    let (mut out, mut rest, mut literal) = (String::with_capacity(html.len()), html, 0_usize);
    while let Some(begin) = rest.find('<') {
        set(&mut out, &rest[..begin], (literal == 0).then_some(referred));
        let mut is_quoted = false;
        let end = rest[begin..].find(|c| {
            is_quoted ^= c == '"';
            c == '>' && !is_quoted
        });
        let end = end.map_or(rest.len(), |end| begin + end + 1);
        let tag = &rest[begin..end];
        let name = tag.trim_start_matches(['<', '/']).trim_end_matches('>').split(' ').next().unwrap_or_default();
        if LITERAL.contains(&name) {
            literal = if tag.starts_with("</") { literal.saturating_sub(1) } else { literal + 1 };
        }
        out.push_str(tag);
        rest = &rest[end..];
    }
    set(&mut out, rest, (literal == 0).then_some(referred));
    out
}

/// Text between tags.
fn set(out: &mut String, text: &str, referred: Option<Referred<'_>>) {
    for piece in pieces(text) {
        match piece {
            Piece::Words(words) => match referred {
                Some(referred) => refer(out, words, referred),
                None => out.push_str(words),
            },
            Piece::Mark(mark) => {
                let said = crate::redaction::mark(Lang::default(), mark);
                out.push_str(&format!("<span class=\"redacted\">{said}</span>"));
            }
        }
    }
}

fn refer(out: &mut String, text: &str, Referred { requests, door, people, me }: Referred<'_>) {
    for piece in references::pieces(text, people) {
        match piece {
            references::Piece::Request(text, id) if requests.is_some_and(|seen| seen.contains(&id)) => {
                out.push_str(&format!("<a class=\"reference\" href=\"{door}/{id}\">{text}</a>"));
            }
            references::Piece::Person(text, at) => {
                let is_me = people.get(at).is_some_and(|name| me == Some(name.as_str()));
                let class = if is_me { "called me" } else { "called" };
                out.push_str(&format!("<span class=\"{class}\">{text}</span>"));
            }
            other => out.push_str(other.text()),
        }
    }
}

fn options(new_line: NewLine) -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.autolink = true;
    options.extension.tasklist = true;
    options.render.escape = true;
    options.render.hardbreaks = new_line == NewLine::Break;
    options
}

/// Cuts the quote marks at the beginning of lines that nest deeper than anybody reads.
fn flatten(markdown: &str) -> String {
    let mut shallow = String::with_capacity(markdown.len());
    for line in markdown.split_inclusive('\n') {
        let marks = line.bytes().take_while(|byte| matches!(byte, b'>' | b' ' | b'\t' | b'-' | b'*' | b'+'));
        let (mut depth, mut skip) = (0, 0..0);
        for (at, byte) in marks.enumerate() {
            depth += usize::from(!matches!(byte, b' ' | b'\t'));
            if depth > DEEPEST && byte == b'>' {
                skip = if skip.is_empty() { at..at + 1 } else { skip.start..at + 1 };
            }
        }
        shallow.push_str(&line[..skip.start]);
        shallow.push_str(&line[skip.end..]);
    }
    shallow
}

fn tame<'a>(node: &'a AstNode<'a>) {
    let mut data = node.data.borrow_mut();
    match &mut data.value {
        NodeValue::Heading(heading) => heading.level = (heading.level + HEADING_STEP).min(6),
        NodeValue::Image(image) if !is_ours(&image.url) => {
            let link = NodeLink { url: std::mem::take(&mut image.url), title: std::mem::take(&mut image.title) };
            data.value = NodeValue::Link(Box::new(link));
        }
        _ => {}
    }
}

/// A path on this server.
fn is_ours(url: &str) -> bool {
    url.starts_with('/') && !url.starts_with("//") && !url.contains('\\')
}

static SAFE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut safe = Builder::default();
    safe.tags(HashSet::from([
        "a",
        "blockquote",
        "br",
        "code",
        "del",
        "em",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "img",
        "input",
        "li",
        "ol",
        "p",
        "pre",
        "strong",
        "table",
        "tbody",
        "td",
        "th",
        "thead",
        "tr",
        "ul",
    ]))
    .link_rel(Some("nofollow noopener"))
    .url_schemes(HashSet::from(["http", "https", "mailto"]))
    .url_relative(UrlRelative::PassThrough)
    .add_tag_attributes("input", ["checked", "disabled"])
    .set_tag_attribute_value("input", "type", "checkbox")
    .add_tag_attributes("li", ["class"])
    .add_tag_attributes("ol", ["start"]);
    safe
});

static LINE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut line = Builder::default();
    line.tags(HashSet::from(["code", "del", "em", "strong"]));
    line
});

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_is_set_as_they_meant_it() {
        let written = "# Steps\n\n1. Open *Launches*\n2. Close **one**\n\n- [x] on 5.12\n- [ ] on 5.11\n\n| a | b |\n|---|--:|\n| 1 | 2 |\n\n```\n<b>log</b>\n```\n\nSee https://docs.example/x?a=1&b=2\nand ~~not~~ `this`";
        insta::assert_snapshot!(message(written));
    }

    #[test]
    fn a_label_of_words_alone_is_what_markdown_makes_of_it() {
        let mut written = vec![String::new()];
        for at in 0.. {
            let Some(text) = written.get(at).cloned() else { break };
            assert_eq!(label(&text), line(&text), "{text:?}");
            if text.chars().count() < 4 {
                written.extend(['a', 'é', '1', ' ', '-', ',', '.', '*'].map(|c| format!("{text}{c}")));
            }
        }
        assert!(written.iter().any(|text| is_words(text)) && written.iter().any(|text| !is_words(text)));
    }

    #[test]
    fn a_line_of_the_policy_needs_no_paragraph() {
        assert_eq!(inline("Read *this* first."), "Read <em>this</em> first.");
        assert_eq!(inline("one\n\ntwo"), "<p>one</p>\n<p>two</p>\n");
    }

    #[test]
    fn a_label_keeps_its_code_and_nothing_that_leads_away() {
        assert_eq!(label("What `history` prints"), "What <code>history</code> prints");
        assert_eq!(label("# See [the *guide*](https://x.example) <b>"), "See the <em>guide</em> &lt;b&gt;");
        assert_eq!(plain("What `history` prints"), "What history prints");
    }

    #[test]
    fn bare_words_are_without_what_sets_them() {
        assert_eq!(
            bare("# One\n\n- *two* `three`\n- [four](https://x.example)\n\n```\nfive\n```"),
            "One\ntwo three\nfour\nfive"
        );
    }

    #[test]
    fn what_is_referred_to_leads_there_and_only_where_the_reader_may_go() {
        let seen = BTreeSet::from([TicketId(12)]);
        let people = ["Theo Brandt".to_owned(), "Ines Vogel".to_owned()];
        let referred =
            Referred { requests: Some(&seen), door: "/desk/requests", people: &people, me: Some("Ines Vogel") };
        assert_eq!(
            message_referring("@Theo Brandt: #12 is as #13. @ines vogel `#12` [#12](/x)", referred),
            "<p><span class=\"called\">@Theo Brandt</span>: <a class=\"reference\" href=\"/desk/requests/12\">#12</a> is as \
             #13. <span class=\"called me\">@ines vogel</span> <code>#12</code> \
             <a href=\"/x\" rel=\"nofollow noopener\">#12</a></p>\n"
        );
        assert_eq!(message("@Theo Brandt #12"), "<p>@Theo Brandt #12</p>\n");
    }

    /// What must never come out, whatever goes in.
    const HOSTILE: &[&str] = &[
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "[x](vbscript:x)",
        "![x](https://tracker.example/pixel.png)",
        "![x](//tracker.example/pixel.png)",
        "![x](/\\tracker.example/pixel.png)",
        "![x](data:image/svg+xml;base64,PHN2Zz4=)",
        "![x](/attachments/1\" onload=\"alert(1))",
        "<a href=\"https://ok.example\" onclick=\"alert(1)\">x</a>",
        "<iframe src=\"https://x.example\"></iframe>",
        "<style>*{display:none}</style>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></mtext><mglyph><svg><mtext><textarea><path id=\"</textarea><img onerror=alert(1) src=1>\">",
        "<form action=/x><input name=a><button>",
        "<base href=https://x.example>",
        "<meta http-equiv=refresh content=0>",
        "```<img src=x onerror=alert(1)>\n```",
        "`<img src=x onerror=alert(1)>`",
        "[x]: javascript:alert(1)\n[x]",
        "<https://x.example/\"onmouseover=\"alert(1)>",
        "| <img src=x onerror=alert(1)> |\n|---|\n| [x](javascript:1) |",
        "- [x] <input type=text autofocus onfocus=alert(1)>",
    ];

    #[test]
    fn prv_2_a_mark_is_set_apart_and_never_within_a_tag() {
        let mark = "‹redacted by support, 2026-11-26›";
        let html = message(&format!("The key is {mark}.\n\n`{mark}`\n\n[a](/b \"{mark} > x\")"));
        assert_eq!(html.matches("<span class=\"redacted\">").count(), 2, "{html}");
        assert!(html.contains(&format!("title=\"{mark} ")), "{html}");
    }

    #[test]
    fn hostile_markdown_comes_out_as_text() {
        for written in HOSTILE {
            let html = message(written);
            let tags: Vec<&str> = html.split('<').skip(1).filter_map(|tag| tag.split('>').next()).collect();
            for tag in &tags {
                let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
                assert!(SAFE.clone_tags().contains(name), "{written}: <{tag}>");
                for bad in [" on", "javascript:", "vbscript:", "data:", "style=", "srcset"] {
                    assert!(!tag.to_lowercase().contains(bad), "{written}: <{tag}>");
                }
                assert!(
                    !tag.starts_with("img") || tag.contains("src=\"/") && !tag.contains("src=\"//"),
                    "{written}: <{tag}>"
                );
                assert!(!tag.starts_with("input") || tag.contains("type=\"checkbox\""), "{written}: <{tag}>");
            }
        }
    }

    #[test]
    fn a_picture_from_elsewhere_is_a_link_and_ours_is_a_picture() {
        assert_eq!(
            message("![shot](https://x.example/a.png)"),
            "<p><a href=\"https://x.example/a.png\" rel=\"nofollow noopener\">shot</a></p>\n"
        );
        assert_eq!(message("![shot](/attachments/7)"), "<p><img src=\"/attachments/7\" alt=\"shot\"></p>\n");
    }

    #[test]
    fn deep_and_long_texts_are_set_in_good_time() {
        for part in ["> ", "- ", "[", "![", "*", "`", "| ", "<", "(", "1. ", "> - "] {
            let html = message(&part.repeat(20_000));
            assert!(html.matches("<blockquote>").count() <= DEEPEST + 1, "{part}");
        }
    }
}
