//! Refusals and faults in words, with the policy's names.

use std::sync::Arc;

use desk::{organisations::Organisation, tickets::Lacks};
use rules::{
    access::{Reach, Setting, Sharing},
    instant::Instant,
    keys::PriorityKey,
    policy::{Compiled, DetailKind, Policy},
    refusal::{Fault, FieldFault, Refusal},
};
use words::{lang::Lang, sight::Sides};

use super::times::watch;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        form::{Chosen, Wrong},
        new_request::PriorityChoice,
    },
};

/// What an organisation's people see of each other's requests.
pub(crate) fn sees(setting: Setting) -> &'static str {
    match setting {
        Setting::Own => "each their own",
        Setting::Managers => "managers see all",
        Setting::Everyone => "everyone sees all",
    }
}

/// The names of those between whom a request stands: for whom it was filed, and by which reseller (ENT-4).
pub(crate) fn sides<'a>(organisation: Option<&'a Organisation>, reseller: Option<&'a Organisation>) -> Sides<'a> {
    let name = |of: &'a Organisation| of.name.as_str();
    Sides { organisation: organisation.map(name), reseller: reseller.map(name) }
}

/// The same, with since which filing (VIS-4): what was filed before a widening stays as it was.
pub(crate) fn sees_since(visit: &Visit, now: Instant, sharing: Sharing) -> String {
    let words = sees(sharing.setting());
    match since(visit, now, sharing.reach()) {
        Some(day) => format!("{words}, of those filed from {day} on"),
        None => words.to_owned(),
    }
}

/// The day from which requests are shown, where earlier ones are not.
pub(crate) fn since(visit: &Visit, now: Instant, reach: Option<Reach>) -> Option<String> {
    let Some(Reach::FiledFrom(at)) = reach else { return None };
    Some(watch(visit, now, |watch| watch.day_and_year(at)))
}

/// The policy in force, and the language to speak of it.
#[derive(Clone, Debug)]
pub(crate) struct Saying {
    pub compiled: Arc<Compiled>,
    pub lang: Lang,
}

impl Saying {
    pub(crate) async fn of(app: &App) -> Result<Self, Problem> {
        Ok(Self { compiled: app.desk.policy().await?, lang: Lang::En })
    }

    pub(crate) fn policy(&self) -> &Policy {
        self.compiled.policy()
    }

    /// What a request lacks, as a list.
    pub(crate) fn lacks(&self, lacks: &Lacks) -> Vec<String> {
        let details = lacks.labels(self.policy()).map(|label| self.text(label).to_owned());
        details.chain(words::lacks::points_to_confirm(self.lang, lacks.ticks.len())).collect()
    }

    pub(crate) fn refusal(&self, refusal: &Refusal) -> String {
        words::refusal::refusal(self.lang, self.policy(), refusal)
    }

    pub(crate) fn fault(&self, fault: &Fault) -> String {
        words::refusal::fault(self.lang, self.policy(), fault)
    }

    /// What is wrong with one field of a form.
    pub(crate) fn of_field(&self, faults: &[FieldFault], field: &str) -> Option<String> {
        faults.iter().find(|fault| fault.field == field).map(|fault| self.fault(&fault.fault))
    }

    /// The same for a form that sums up what is wrong above its fields. Why a detail is asked stands there already.
    pub(crate) fn wrong(&self, faults: &[FieldFault], field: &str) -> Option<Wrong> {
        let fault = &faults.iter().find(|fault| fault.field == field)?.fault;
        let is_file = |key| {
            let detail = self.policy().details.get(key);
            detail.is_some_and(|detail| matches!(detail.kind, DetailKind::File | DetailKind::TextFile))
        };
        Some(match fault {
            Fault::DetailMissing { detail } if is_file(detail) => Wrong::new("No file is attached yet.", "no file yet"),
            Fault::DetailMissing { .. } | Fault::Missing | Fault::NameMissing | Fault::SubjectMissing => {
                Wrong::new("This is still empty.", "still empty")
            }
            Fault::TooLong { .. } | Fault::LineTooLong { .. } => Wrong::new(self.fault(fault), "too long"),
            Fault::NotTicked { .. } => Wrong::new(self.fault(fault), "not ticked"),
            Fault::NoSuchFile { .. } => Wrong::new(self.fault(fault), "no such file yet"),
            Fault::NoVersion => Wrong::new(self.fault(fault), "no version"),
            Fault::VersionUnknown => Wrong::new(self.fault(fault), "not known yet"),
            Fault::VersionOutdated { .. } => Wrong::new(self.fault(fault), "not the latest"),
            Fault::VersionWithdrawn { .. } => Wrong::new(self.fault(fault), "withdrawn"),
            Fault::LogsNotRead { .. } => Wrong::new(self.fault(fault), "no logs here"),
            Fault::NotOffered => Wrong::new(self.fault(fault), "no longer offered"),
            Fault::PriorityBarred { .. } => Wrong::new(self.fault(fault), "not here"),
            Fault::Address(_)
            | Fault::WeakPassword { .. }
            | Fault::NoSuchPlan { .. }
            | Fault::NoSuchDeployment { .. }
            | Fault::NoSuchKind { .. }
            | Fault::NotADate { .. }
            | Fault::NotACount { .. }
            | Fault::KeyTaken { .. }
            | Fault::NameTaken { .. }
            | Fault::TooMany { .. }
            | Fault::NotAhead
            | Fault::Subscription { .. }
            | Fault::WrittenMeanwhile { .. }
            | Fault::NotALine => Wrong::new(self.fault(fault), "needs another look"),
        })
    }

    /// A text of the policy in the reader's language.
    pub(crate) fn text<'a>(&self, text: &'a rules::policy::Text) -> &'a str {
        text.say(self.lang.tag())
    }

    /// What a section of the support page is called.
    pub(crate) fn section(&self, id: &str) -> String {
        self.lang.say(&format!("support-{id}"), &[])
    }

    pub(crate) fn type_name(&self, key: &rules::keys::TypeKey) -> String {
        self.policy().request_type(key).map_or_else(|| key.to_string(), |kind| self.text(&kind.name).to_owned())
    }

    /// What the forms call a detail.
    pub(crate) fn detail_name(&self, key: &rules::keys::DetailKey) -> String {
        self.policy().details.get(key).map_or_else(|| key.to_string(), |it| self.text(&it.label).to_owned())
    }

    /// Priorities to choose from, each with what it means (PRI-1).
    pub(crate) fn priorities(&self, offered: &[&PriorityKey], chosen: Option<&PriorityKey>) -> Vec<PriorityChoice> {
        let known = offered.iter().filter_map(|key| Some((*key, self.policy().priorities.get(*key)?)));
        known
            .map(|(key, class)| PriorityChoice {
                key: key.to_string(),
                name: self.text(&class.name).to_owned(),
                meaning: self.text(&class.meaning).to_owned(),
                chosen: if chosen == Some(key) { Chosen::Yes } else { Chosen::No },
            })
            .collect()
    }

    pub(crate) fn priority_name(&self, key: &PriorityKey) -> String {
        self.policy().priorities.get(key).map_or_else(|| key.to_string(), |it| self.text(&it.name).to_owned())
    }
}
