//! The "Technical support" page as the policy says it (POL-2): sections of Markdown, each also as HTML.
//!
//! Decides the order, the joining sentences, and that house rules stand apart: whatever an entry of origin `house` says
//! moves into the last section, under the name of the section that it belongs to. Whether the desk is open now is the
//! page's business (it asks `hours`), figures are counted elsewhere and given.

mod hours;
mod people;
mod promises;
mod requests;
mod terms;
mod writer;

use jiff::SignedDuration;
use rules::policy::{Compiled, Origin};

pub use hours::{HoursRow, Open, hours_rows};

use crate::{lang::Lang, markdown};
use writer::Writer;

/// The page.
#[derive(Clone, Debug, PartialEq)]
pub struct SupportPage {
    pub title: String,
    /// What it is about, as HTML.
    pub lead: String,
    /// The lead as Markdown.
    pub lead_markdown: String,
    /// Figures of the last days; none below the policy's number of cases (FRT-8).
    pub figures: Vec<Figure>,
    /// In the order of the contents list.
    pub sections: Vec<Section>,
    /// The week of the page's calendar, for the picture in the section `hours`.
    pub hours: Vec<HoursRow>,
}

/// The median beside the aim of a request that is about to be filed.
pub fn median(lang: Lang, days: u32, statistics: Statistics) -> String {
    let length = crate::time::length(lang, statistics.median);
    lang.say("promise-median", &[("days", days.into()), ("length", length.into())])
}

/// A heading and what stands under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// For links: `hours`, `types`.
    pub id: &'static str,
    pub title: String,
    pub markdown: String,
    /// Safe HTML, without the heading; its own headings begin at the third level.
    pub html: String,
}

/// What the last days were like (FRT-8). Lengths are working time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Statistics {
    pub cases: u32,
    pub median: SignedDuration,
    /// By then nine of ten were answered.
    pub ninetieth: SignedDuration,
}

/// A number with what it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Figure {
    pub length: SignedDuration,
    /// The length in words: "2 h 10 min".
    pub said: String,
    pub caption: String,
}

/// A paragraph, a list or a table of a section, and whose it is.
#[derive(Debug)]
struct Piece {
    origin: Origin,
    markdown: String,
}

type Chapter = fn(&Writer<'_>) -> Vec<Piece>;

/// The sections, in their order; each one's title is the message `support-` and its id.
const CHAPTERS: [(&str, Chapter); 13] = [
    ("included", terms::included),
    ("hours", hours::section),
    ("types", requests::section),
    ("priorities", requests::priorities),
    ("first-response", promises::first_response),
    ("bugs", promises::bugs),
    ("licence", people::licence),
    ("account", people::account),
    ("colleagues", people::colleagues),
    ("scope", terms::scope),
    ("security", promises::security),
    ("migration", promises::migration),
    ("forum", people::forum),
];

impl SupportPage {
    /// The page in a language, with the figures if there are any.
    pub fn of(compiled: &Compiled, lang: Lang, statistics: Option<Statistics>) -> Self {
        let writer = Writer { policy: compiled.policy(), lang };
        let lead = writer.text(&compiled.policy().product.lead).to_owned();
        SupportPage {
            title: writer.say("support-title", &[("product", &compiled.policy().product.name)]),
            lead: markdown::inline(&lead),
            lead_markdown: lead,
            figures: promises::figures(compiled, &writer, statistics),
            sections: written(&writer).into_iter().map(Section::from).collect(),
            hours: hours_rows(compiled, lang),
        }
    }

    /// The whole page as Markdown.
    pub fn markdown(&self) -> String {
        let mut page = format!("# {}\n\n{}\n", self.title, self.lead_markdown);
        if !self.figures.is_empty() {
            let lines = self.figures.iter().map(|figure| format!("- **{}**: {}\n", figure.said, figure.caption));
            page.push_str(&format!("\n{}", lines.collect::<String>()));
        }
        for Section { title, markdown, .. } in &self.sections {
            page.push_str(&format!("\n## {title}\n\n{markdown}\n"));
        }
        page
    }

    /// The whole page as a fragment of HTML.
    pub fn html(&self) -> String {
        let mut page = format!("<h1>{}</h1>\n<p>{}</p>\n", self.title, self.lead);
        for Section { id, title, html, .. } in &self.sections {
            page.push_str(&format!("<section id=\"{id}\">\n<h2>{title}</h2>\n{html}</section>\n"));
        }
        page
    }
}

/// A section before it is set.
#[derive(Debug, PartialEq)]
struct Written {
    id: &'static str,
    title: String,
    markdown: String,
}

/// One section of it as Markdown, without its heading.
pub fn section(compiled: &Compiled, lang: Lang, id: &str) -> Option<String> {
    let written = written(&Writer { policy: compiled.policy(), lang });
    written.into_iter().find(|section| section.id == id).map(|section| section.markdown)
}

/// All sections that say something; what is the house's in the last one.
fn written(writer: &Writer<'_>) -> Vec<Written> {
    let (mut sections, mut house) = (Vec::new(), Vec::new());
    for (id, chapter) in CHAPTERS {
        let title = writer.say(&format!("support-{id}"), &[]);
        let (page, apart): (Vec<Piece>, Vec<Piece>) =
            chapter(writer).into_iter().partition(|piece| piece.origin == Origin::Page);
        if !apart.is_empty() {
            house.push(Piece { origin: Origin::House, markdown: format!("### {title}") });
            house.extend(apart);
        }
        sections.push(Written { id, title, markdown: join(&page) });
    }
    house.insert(0, Piece { origin: Origin::House, markdown: writer.say("support-house-lead", &[]) });
    house.extend(people::house(writer));
    sections.push(Written { id: "house", title: writer.say("support-house", &[]), markdown: join(&house) });
    sections.retain(|section| !section.markdown.is_empty());
    sections
}

impl From<Written> for Section {
    fn from(Written { id, title, markdown }: Written) -> Self {
        // In the Markdown of a whole page they are the third level; `markdown::text` makes the first the third.
        let fragment: Vec<&str> = markdown.lines().map(|line| line.strip_prefix("##").unwrap_or(line)).collect();
        Section { id, title, html: markdown::text(&fragment.join("\n")), markdown }
    }
}

/// Items of one list stay together, everything else is a paragraph of its own.
fn join(pieces: &[Piece]) -> String {
    let mut joined = String::new();
    let mut before: Option<&str> = None;
    for piece in pieces.iter().map(|piece| piece.markdown.trim_end()).filter(|piece| !piece.is_empty()) {
        let one_list =
            |marker: &str| before.is_some_and(|before| before.starts_with(marker)) && piece.starts_with(marker);
        if before.is_some() {
            joined.push_str(if one_list("- ") || one_list("| ") { "\n" } else { "\n\n" });
        }
        joined.push_str(piece);
        before = Some(piece);
    }
    joined
}

#[cfg(test)]
mod every_field_test;
#[cfg(test)]
mod tests;
