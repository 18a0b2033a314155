//! What was found in a file, as it is kept beside its row: facts, and no word of the file.

use std::collections::BTreeMap;

use rules::logs::{Partial, Span, Survey, archive::NotOpened, is_short, mask::Secret};
use serde::{Deserialize, Serialize};
use store::attachments::Attachment;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub encoding: String,
    #[serde(default)]
    pub lines: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// Why it is probably a part (LOG-2).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub partial: Vec<Partial>,
    /// Places that were masked (LOG-3).
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub masked: BTreeMap<Secret, u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_opened: Option<NotOpened>,
    /// Names of files of an archive that were left out, since they lead out of it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub left_out: Vec<String>,
}

impl Findings {
    pub(super) fn of(survey: Survey) -> Self {
        Self {
            encoding: survey.encoding.to_owned(),
            lines: survey.lines,
            span: survey.span,
            partial: survey.partial,
            masked: survey.masked,
            not_opened: None,
            left_out: vec![],
        }
    }

    /// What was kept with a file, held against what its report says.
    pub fn read(file: &Attachment, report: &str) -> Self {
        let mut found: Findings =
            file.facts.as_deref().and_then(|facts| serde_json::from_str(facts).ok()).unwrap_or_default();
        let short = found.span.as_ref().and_then(|span| is_short(span, report));
        found.partial.extend(short);
        found
    }
}
