//! What was filled in, held against what the policy asks for (REQ-1, PLN-4).

use std::collections::{BTreeMap, BTreeSet};

use rules::{
    keys::{AreaKey, DeploymentKey, DetailKey, PlanKey, PriorityKey, TickKey, TypeKey},
    logs::Kind,
    mail::one_line,
    policy::{Chosen, Detail, DetailKind, Policy},
    refusal::{Fault, FieldFault},
};

use crate::attachments::EVIDENCE;

/// Characters of a subject, at most.
const SUBJECT: usize = 200;
/// Characters of a detail, at most; longer things are files.
const DETAIL: usize = 100_000;

/// What was filled in.
#[derive(Clone, Debug, Default)]
pub struct Filled {
    pub subject: String,
    /// Detail to text, as typed; choices by their key.
    pub details: BTreeMap<DetailKey, String>,
    pub ticks: BTreeSet<TickKey>,
    /// Details for which files were given.
    pub files: BTreeSet<DetailKey>,
    /// Details for which something was given that does not do, and what it was (LOG-1).
    pub refused: BTreeMap<DetailKey, Kind>,
    pub wish: Option<PriorityKey>,
    /// Whether a log is among its files, wherever it was given.
    pub brings_log: bool,
}

impl Filled {
    /// Deployment and area, as chosen in the details that ask for them.
    pub fn chosen(&self, policy: &Policy, request_type: &TypeKey) -> (Option<DeploymentKey>, Option<AreaKey>) {
        policy.named_in(request_type, &self.details)
    }
}

/// All that is wrong with a form, in its order; empty when it can be sent.
pub fn check_form(
    policy: &Policy,
    (request_type, plan): (&TypeKey, Option<&PlanKey>),
    filled: &Filled,
) -> Vec<FieldFault> {
    let mut faults = Vec::new();
    let mut add = |field: String, fault: Option<Fault>| {
        faults.extend(fault.map(|fault| FieldFault { field, fault }));
    };
    add("subject".into(), subject(&filled.subject));
    let (deployment, area) = filled.chosen(policy, request_type);
    let chosen = Chosen { deployment: deployment.as_ref(), area: area.as_ref(), details: Some(&filled.details) };
    for (key, detail) in policy.details_of(request_type, chosen) {
        add(format!("detail.{key}"), check_detail((policy, chosen), key, detail, filled));
    }
    let grows = policy.grows_with_logs(request_type).filter(|_| filled.brings_log);
    add(
        EVIDENCE.into(),
        grows.map(|grows| Fault::LogsNotRead { request_type: request_type.clone(), into: grows.into.clone() }),
    );
    for (key, _) in policy.ticks_of(request_type, chosen) {
        let missing = !filled.ticks.contains(key);
        add(format!("tick.{key}"), missing.then(|| Fault::NotTicked { tick: key.clone() }));
    }
    let allowed = policy.allowed(request_type, plan);
    let is_not_offered = filled.wish.as_ref().is_some_and(|wish| !allowed.contains(&wish));
    // PRI-3, PLN-1: the portal does not offer what lies outside, and refuses it by field.
    add("priority".into(), is_not_offered.then_some(Fault::NotOffered));
    // PLN-4: what is offered may still depend on what was chosen.
    let barred = filled.wish.as_ref().filter(|wish| policy.barred(request_type, wish, chosen).is_some());
    let barred = barred.filter(|_| !is_not_offered);
    add(
        "priority".into(),
        barred.map(|wish| Fault::PriorityBarred { request_type: request_type.clone(), priority: wish.clone() }),
    );
    faults
}

fn subject(subject: &str) -> Option<Fault> {
    let characters = one_line(subject).chars().count();
    match characters {
        0 => Some(Fault::SubjectMissing),
        n if n > SUBJECT => Some(Fault::LineTooLong { characters, limit: SUBJECT }),
        _ => None,
    }
}

fn check_detail(
    (policy, chosen): (&Policy, Chosen<'_>),
    key: &DetailKey,
    detail: &Detail,
    filled: &Filled,
) -> Option<Fault> {
    let missing = || detail.is_required(chosen).then(|| Fault::DetailMissing { detail: key.clone() });
    if matches!(detail.kind, DetailKind::File | DetailKind::TextFile) {
        let refused = || filled.refused.get(key).map(|kind| Fault::NoSuchFile { kind: *kind });
        return if filled.files.contains(key) { None } else { missing().and_then(|fault| refused().or(Some(fault))) };
    }
    let value = filled.details.get(key).map_or("", |value| value.trim());
    if value.is_empty() {
        return missing();
    }
    let characters = value.chars().count();
    if characters > DETAIL {
        return Some(Fault::TooLong { characters, limit: DETAIL });
    }
    let offered = match detail.kind {
        DetailKind::Choice => detail.choices.contains(value),
        DetailKind::Deployment => policy.deployments.contains(value),
        DetailKind::Area => policy.areas.contains(value),
        DetailKind::Version => return policy.version_fault(value, chosen),
        DetailKind::Line | DetailKind::Text | DetailKind::File | DetailKind::TextFile => true,
    };
    (!offered).then_some(Fault::NotOffered)
}
