//! What an installed version means for a report (BUG-1): beside its field, while it is typed and when it was sent.

use askama::Template;

use super::{
    html::{Safe, parts},
    parts::{Link, Signal, Tag},
};

/// Where the verdict stands in the form.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = r#"<div class="verdict-place" data-verdict="/verdict">{% if let Some(verdict) = verdict %}{{ verdict }}{% endif %}</div>"#,
    ext = "html"
)]
pub struct VersionCheck {
    pub verdict: Option<VersionVerdict>,
}

/// `POST /verdict`.
#[derive(Clone, Debug, Default, Template)]
#[template(path = "portal/verdict.html")]
pub struct VersionVerdict {
    /// "That is the latest release, so it can be a bug."
    pub says: Option<Tag>,
    /// "5.12.1 does not run on PostgreSQL 9.6. Needed: from 14."
    pub underneath: Vec<Tag>,
    /// "12 things were fixed since 5.9.2."
    pub count: Option<String>,
    /// The best matches to the subject first.
    pub fixed: Vec<FixedEntry>,
    /// All of it, on a page of its own.
    pub all: Option<Link>,
    /// "File it as a support request instead".
    pub instead: Option<String>,
}

#[derive(Clone, Debug)]
pub struct FixedEntry {
    pub href: String,
    pub text: Safe,
    pub version: String,
    /// Shares words with the subject.
    pub is_like: bool,
}

parts!(VersionCheck, VersionVerdict);

impl VersionVerdict {
    /// What a screen reader hears.
    pub fn heard(&self) -> String {
        let said = self.says.as_ref().map(|tag| tag.words.clone());
        let underneath = self.underneath.iter().map(|tag| tag.words.clone());
        said.into_iter().chain(underneath).chain(self.count.clone()).collect::<Vec<_>>().join(" ")
    }

    pub(crate) fn sample() -> Self {
        let entry = |text: &str, version: &str, is_like| FixedEntry {
            href: format!("/releases/{version}#v{version}-bug-311"),
            text: Safe::new(text),
            version: version.into(),
            is_like,
        };
        Self {
            says: Some(Tag::new(
                Signal::Soon,
                "5.12.1-hotfix.1 is the latest release. A bug is taken up for that one, since much may be fixed by now.",
            )),
            underneath: vec![Tag::new(
                Signal::Late,
                "5.12.1-hotfix.1 does not run on PostgreSQL 9.6.24. Needed: from 14 before 18.",
            )],
            count: Some("14 things were fixed since 5.9.2.".into()),
            fixed: vec![
                entry("Attachments of skipped tests are kept", "5.12.1", true),
                entry("Exports to CSV no longer lose their last line", "5.12.1", false),
            ],
            all: Some(Link::new("All 14", "/releases/between?from=5.9.2&to=5.12.1")),
            instead: Some("File it as a support request instead".into()),
        }
    }
}
