//! Fields of a form as values: label, the reason it is asked, what was typed, what is wrong. Forms are made from
//! lists of them, so that a policy can ask for what it likes.

use askama::Template;

use super::{
    html::parts,
    parts::{Signal, Tag},
    verdict::VersionCheck,
};

/// One thing that a form asks for.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/field.html")]
pub struct Field {
    /// As it is sent: `subject`, `detail.steps`.
    pub name: String,
    pub label: String,
    /// Why it is asked, or how to find it.
    pub why: Option<String>,
    pub need: Need,
    pub control: Control,
    /// What is wrong with it, and what to do.
    pub fault: Option<Wrong>,
    /// What the server found out about a good answer ("The latest release, so it can be a bug.").
    pub found: Option<Tag>,
    /// What an installed version means, where it is asked for (BUG-1).
    pub version: Option<VersionCheck>,
    pub width: Width,
}

/// What is wrong with a field: as its own sentence, and in a few words for the summary above the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// "This is still empty."
    pub words: String,
    /// "still empty".
    pub short: String,
}

impl Wrong {
    pub fn new(words: impl Into<String>, short: impl Into<String>) -> Self {
        Self { words: words.into(), short: short.into() }
    }
}

/// What came back on a page of many forms: at which of their fields, what was typed there, and why. Nothing by default.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amiss {
    /// The field's id on the page.
    pub at: String,
    pub typed: String,
    pub words: String,
}

impl Amiss {
    pub fn is_at(&self, id: &str) -> bool {
        self.at == id
    }

    /// The same for the field of one row among others.
    pub fn is_of(&self, field: &str, row: &i64) -> bool {
        self.at.strip_prefix(field).and_then(|rest| rest.strip_prefix('-')) == Some(row.to_string().as_str())
    }

    /// What stands in a field: what was typed there, else what it begins with.
    pub fn value<'a>(&'a self, id: &str, otherwise: &'a str) -> &'a str {
        if self.is_at(id) { &self.typed } else { otherwise }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Need {
    #[default]
    Required,
    Optional,
}

/// How much of a row it takes on a wide page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Width {
    #[default]
    Whole,
    Half,
}

#[derive(Clone, Debug)]
pub enum Control {
    Line { value: String },
    Text { value: String },
    Choice { options: Vec<Choice> },
    Files(Files),
}

/// An option of a choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: Chosen,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chosen {
    #[default]
    No,
    Yes,
}

impl Chosen {
    pub fn is_chosen(self) -> bool {
        self == Self::Yes
    }
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: Chosen::No }
    }

    #[must_use]
    pub fn chosen(mut self) -> Self {
        self.chosen = Chosen::Yes;
        self
    }
}

/// Files of one detail, already with the draft; new ones are sent as `file.{detail}` with the form, or one by one
/// to `/drafts/{id}/attachments` by script.
#[derive(Clone, Debug, Default)]
pub struct Files {
    /// The detail's key: `logs`; `evidence` for what no detail asked for.
    pub detail: String,
    pub held: Vec<FileRow>,
    pub coming: Vec<Coming>,
    /// How to get them, for each way the product is run (LOG-1).
    pub commands: Vec<Commands>,
    /// What a picker may offer (`accept`): ".log,.txt,text/plain"; empty for anything.
    pub accept: String,
    /// "Text files up to 2 GiB each".
    pub limit: String,
}

#[derive(Clone, Debug)]
pub struct Commands {
    /// "How to get them from Kubernetes".
    pub title: String,
    pub lines: String,
    /// The field in which the deployment is chosen, and for which of its values these do: "" where none is yet.
    pub follows: String,
    pub fits: Vec<String>,
    /// Whether they are for what is chosen now; the script shows others as soon as another is.
    pub now: Chosen,
}

/// A file of a draft, and what was found in it; also the answer to a single upload.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/file.html")]
pub struct FileRow {
    pub id: i64,
    pub name: String,
    /// "14.2 MB, Fri 09:12 to 16:31".
    pub facts: String,
    /// "looks complete", "not a log".
    pub verdict: Option<Tag>,
    /// "Kept under “Other evidence”."
    pub remark: Option<String>,
    /// What tells, when the form comes back, that its sender was told of it: `told.12`.
    pub told: Option<String>,
    /// Where its type reads no logs: what it can become instead.
    pub grow: Option<Grow>,
}

/// An offer to make the form one of another type.
#[derive(Clone, Debug)]
pub struct Grow {
    /// "Logs are read in support requests. …"
    pub words: String,
    /// "Make it a support request".
    pub act: String,
}

/// A box to tick before sending.
#[derive(Clone, Debug)]
pub struct Tick {
    /// `tick.docs_read`.
    pub name: String,
    pub words: String,
    pub chosen: Chosen,
    pub fault: Option<Wrong>,
}

/// A line of the summary above a form that was refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FaultLine {
    /// The element to go to.
    pub id: String,
    /// What it is called there.
    pub label: String,
    pub short: String,
}

parts!(Field, FileRow, Coming, Held);

/// An element's id from a field's name.
pub fn id_of(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect()
}

impl Field {
    pub fn line(name: &str, label: &str, value: &str) -> Self {
        Self::new(name, label, Control::Line { value: value.into() })
    }

    pub fn new(name: impl Into<String>, label: impl Into<String>, control: Control) -> Self {
        Self {
            name: name.into(),
            label: label.into(),
            why: None,
            need: Need::Required,
            control,
            fault: None,
            found: None,
            version: None,
            width: Width::Whole,
        }
    }

    pub fn id(&self) -> String {
        id_of(&self.name)
    }

    pub fn is_optional(&self) -> bool {
        self.need == Need::Optional
    }

    pub fn is_half(&self) -> bool {
        self.width == Width::Half
    }

    /// `aria-describedby`: the reason and the fault, where they are.
    pub fn described_by(&self) -> String {
        let mut ids = Vec::new();
        if self.why.is_some() {
            ids.push(format!("{}-why", self.id()));
        }
        if self.fault.is_some() {
            ids.push(format!("{}-fault", self.id()));
        }
        ids.join(" ")
    }

    pub fn fault_line(&self) -> Option<FaultLine> {
        self.fault.as_ref().map(|wrong| FaultLine::new(&self.id(), &self.label, wrong))
    }
}

impl FaultLine {
    pub fn new(id: &str, label: &str, wrong: &Wrong) -> Self {
        Self { id: id.into(), label: label.into(), short: wrong.short.clone() }
    }
}

/// A file that was begun and has not arrived whole (LOG-5).
#[derive(Clone, Debug, Template)]
#[template(path = "parts/coming.html")]
pub struct Coming {
    pub token: String,
    pub name: String,
    /// "120 MB of 300 MB".
    pub facts: String,
    pub bytes: i64,
    /// What tells the file from others of its name, on the machine that sends it.
    pub mark: String,
}

/// The files of a reply, before it is sent.
#[derive(Clone, Debug, Default, Template)]
#[template(
    source = "{% for file in files %}{{ file }}{% endfor %}{% for file in coming %}{{ file }}{% endfor %}",
    ext = "html"
)]
pub struct Held {
    pub files: Vec<FileRow>,
    pub coming: Vec<Coming>,
}

impl FileRow {
    /// A row without anything found in it yet.
    pub fn new(id: i64, name: &str, facts: &str) -> Self {
        Self { id, name: name.into(), facts: facts.into(), verdict: None, remark: None, told: None, grow: None }
    }

    #[must_use]
    pub fn judged(mut self, signal: Signal, verdict: &str, remark: &str) -> Self {
        self.verdict = Some(Tag::new(signal, verdict));
        self.remark = Some(remark.into()).filter(|remark: &String| !remark.is_empty());
        self
    }
}
