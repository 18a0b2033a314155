//! What is wrong in a file of releases, on which line, and what to write there instead.

use crate::{
    releases::{Change, NoName, NoRange, NoVersion, Version},
    table::{LineFault, NoRecord},
};

/// What is wrong in a line.
pub type ImportFault = LineFault<Why>;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Why {
    NoReleases,
    /// What is said of other releases, and nothing of this one.
    ReleaseMissing {
        version: Version,
        /// Some of those that are there, as they are written.
        has: Vec<String>,
    },
    TooMany {
        most: usize,
    },
    VersionTwice {
        version: Version,
        first: usize,
    },
    NotAVersion(NoVersion),
    DateMissing {
        version: Version,
    },
    NotADate {
        text: String,
    },
    NotARange(NoRange),
    NotAName(NoName),
    NotALink {
        text: String,
    },
    NotYesOrNo {
        text: String,
    },
    NotAChange {
        text: String,
    },

    /// A heading of a level that says nothing here: `#` in the middle, `####`.
    HeadingLevel {
        level: u8,
    },
    /// Changes without a heading that says what kind they are.
    NoSection,
    /// A kind of changes before the first release.
    SectionOutside {
        heading: String,
    },
    /// Something where only entries can stand.
    NotAnEntry(Block),
    EmptyEntry,
    TooDeep {
        most: usize,
    },
    TooLong {
        characters: usize,
        most: usize,
    },

    NotJson {
        column: usize,
    },
    WrongKind {
        key: &'static str,
        wanted: Kind,
    },
    NoSuchKey {
        key: String,
        like: &'static str,
    },
    KeyTwice {
        key: String,
    },
    KeyMissing {
        key: &'static str,
    },

    NotARecord(NoRecord),
    ColumnTwice {
        name: String,
    },
    NoSuchColumn {
        name: String,
        like: &'static str,
    },
    ColumnMissing {
        name: &'static str,
    },
    FieldCount {
        fields: usize,
        columns: usize,
    },
    Formula {
        column: &'static str,
    },
    /// Lines of one release say different things of it.
    Differs {
        column: &'static str,
        first: usize,
    },
    /// An entry without its kind, or a kind without an entry.
    HalfAnEntry,
}

/// What stands where only entries can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    Code,
    Quote,
    Html,
    Heading,
    List,
    Other,
}

/// What a value has to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    YesOrNo,
    List,
    Object,
}

impl Why {
    /// What to write instead, as it would stand in the file.
    pub fn like(&self) -> String {
        match self {
            Self::NoReleases | Self::TooMany { .. } => "## [5.12.1] - 2026-11-26".to_owned(),
            Self::VersionTwice { version, .. } => format!("{version}-hotfix.1"),
            Self::NotAVersion(refused) => refused.like.clone(),
            Self::ReleaseMissing { version, .. } | Self::DateMissing { version } => {
                format!("## [{version}] - 2026-11-26")
            }
            Self::NotADate { .. } => "2026-11-26".to_owned(),
            Self::NotARange(refused) => refused.like(),
            Self::NotAName(refused) => refused.like.to_owned(),
            Self::NotALink { .. } => "https://example.com/releases/5.12.1".to_owned(),
            Self::NotYesOrNo { .. } => "yes".to_owned(),
            Self::NotAChange { text } => format!("### {}", nearest_change(text)),
            Self::HeadingLevel { .. } | Self::NoSection => "### Fixed".to_owned(),
            Self::SectionOutside { .. } => "## [5.12.1] - 2026-11-26".to_owned(),
            Self::NotAnEntry(_) | Self::EmptyEntry | Self::TooDeep { .. } | Self::TooLong { .. } => {
                "- Exports have their last line again (BUG-311)".to_owned()
            }
            Self::NotJson { .. } => r#"[{"version": "5.12.1", "date": "2026-11-26"}]"#.to_owned(),
            Self::WrongKind { key, wanted } => format!("\"{key}\": {}", wanted.like()),
            Self::NoSuchKey { like, .. } | Self::NoSuchColumn { like, .. } => (*like).to_owned(),
            Self::KeyTwice { key } => format!("\"{key}\" once"),
            Self::KeyMissing { key } => format!("\"{key}\": \"…\""),
            Self::NotARecord(_) => "\"He said \"\"yes\"\"\"".to_owned(),
            Self::ColumnTwice { .. } | Self::ColumnMissing { .. } => "version,date,change,text".to_owned(),
            Self::FieldCount { columns, .. } => ",".repeat(columns.saturating_sub(1)),
            Self::Formula { .. } => "a text that does not begin with = + - or @".to_owned(),
            Self::Differs { first, .. } => format!("what line {first} says"),
            Self::HalfAnEntry => "5.12.1,2026-11-26,fixed,Exports have their last line again".to_owned(),
        }
    }
}

impl Kind {
    fn like(self) -> &'static str {
        match self {
            Self::Text => "\"5.12.1\"",
            Self::YesOrNo => "true",
            Self::List => "[]",
            Self::Object => "{}",
        }
    }
}

/// What other changelogs call it.
const ALSO_CALLED: [(&str, Change); 16] = [
    ("new", Change::Added),
    ("feature", Change::Added),
    ("improve", Change::Changed),
    ("enhance", Change::Changed),
    ("update", Change::Changed),
    ("break", Change::Changed),
    ("perf", Change::Changed),
    ("remov", Change::Removed),
    ("delet", Change::Removed),
    ("deprec", Change::Deprecated),
    ("secur", Change::Security),
    ("vuln", Change::Security),
    ("add", Change::Added),
    ("chang", Change::Changed),
    ("fix", Change::Fixed),
    ("bug", Change::Fixed),
];

/// The kind of changes that a heading probably means.
fn nearest_change(heading: &str) -> &'static str {
    let said = heading.to_lowercase();
    let known = ALSO_CALLED.iter().find(|(part, _)| said.contains(part));
    known.map_or(Change::Fixed, |(_, change)| *change).as_str()
}
