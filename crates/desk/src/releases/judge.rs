//! The version of a report, held against the latest release (BUG-1): what the form shows while one types, and what filing goes by on
//! every channel.

use std::{collections::BTreeMap, sync::Arc};

use jiff::civil::Date;
use rules::{
    ids::OrganisationId,
    keys::{DetailKey, TypeKey},
    policy::Policy,
    refusal::{Fault, FieldFault},
    releases::{self, Asked, Catalogue, Compared, Place, Verdict, Version, accept},
};

use super::{catalogue, place_of, today};
use crate::{Desk, Result};

/// What a verdict is read from.
#[derive(Clone, Debug)]
pub struct Judged {
    pub catalogue: Arc<Catalogue>,
    /// The detail that asks for the version.
    pub detail: DetailKey,
    pub place: Place,
    installed: String,
    /// What it runs on, and the version typed.
    runs_on: Vec<(String, String)>,
    subject: String,
    today: Date,
}

/// How what it runs on stands to what a release needs (BUG-8).
#[derive(Clone, Debug)]
pub struct Underneath<'j> {
    pub release: Version,
    pub compared: Vec<Compared<'j>>,
}

impl Judged {
    pub fn verdict(&self) -> Verdict<'_> {
        let asked = Asked { installed: &self.installed, place: &self.place, subject: &self.subject, today: self.today };
        accept(&self.catalogue, asked)
    }

    /// What it runs on, against what the release needs that it says; against the latest where that one is not known.
    pub fn underneath(&self) -> Option<Underneath<'_>> {
        let own = Version::first_in(&self.installed).ok().filter(|version| self.catalogue.release(version).is_some());
        let release = own.or_else(|| Some(self.catalogue.latest_at(&self.place)?.version.clone()))?;
        let compared = releases::compare(self.catalogue.runs_on(&release), &self.runs_on);
        Some(Underneath { release, compared })
    }

    /// Why a report of it is not taken, where it is not.
    pub fn fault(&self) -> Option<Fault> {
        match self.verdict() {
            Verdict::Outdated(outdated) => {
                Some(Fault::VersionOutdated { installed: outdated.installed, latest: outdated.latest })
            }
            Verdict::Withdrawn { installed, instead, .. } => Some(Fault::VersionWithdrawn { installed, instead }),
            // Whether it has to be known, and is one, the policy says.
            Verdict::Accepted(_) | Verdict::Unknown { .. } | Verdict::Unreadable(_) => None,
        }
    }
}

/// Judges the version that a form names; nothing where its type takes any, where it names none, or where no release is known.
pub async fn judge(
    desk: &Desk,
    of: (&TypeKey, Option<OrganisationId>),
    typed: (&BTreeMap<DetailKey, String>, &str),
) -> Result<Option<Judged>> {
    let takes_any = !desk.policy().await?.policy().request_type(of.0).is_some_and(|kind| kind.latest_release_only);
    if takes_any { Ok(None) } else { compare(desk, of, typed).await }
}

/// The same of any type: what staff see beside a request.
pub async fn compare(
    desk: &Desk,
    (request_type, organisation): (&TypeKey, Option<OrganisationId>),
    (details, subject): (&BTreeMap<DetailKey, String>, &str),
) -> Result<Option<Judged>> {
    let compiled = desk.policy().await?;
    let policy: &Policy = compiled.policy();
    let catalogue = catalogue(desk).await?;
    let Some((detail, installed)) = policy.version_in(request_type, details) else { return Ok(None) };
    if catalogue.releases().is_empty() {
        return Ok(None);
    }
    let (deployment, area) = policy.named_in(request_type, details);
    let chosen = rules::policy::Chosen { deployment: deployment.as_ref(), area: area.as_ref(), details: Some(details) };
    let place = place_of(desk.store.read(), policy, organisation, chosen).await?;
    Ok(Some(Judged {
        catalogue,
        detail: detail.clone(),
        place,
        installed: installed.to_owned(),
        runs_on: policy.runs_on(request_type, details),
        subject: subject.to_owned(),
        today: today(desk).await?,
    }))
}

/// The same as a fault of its field.
pub(crate) async fn version_fault(
    desk: &Desk,
    of: (&TypeKey, Option<OrganisationId>),
    typed: (&BTreeMap<DetailKey, String>, &str),
) -> Result<Option<FieldFault>> {
    let judged = judge(desk, of, typed).await?;
    let wrong =
        |judged: Judged| Some(FieldFault { field: format!("detail.{}", judged.detail), fault: judged.fault()? });
    Ok(judged.and_then(wrong))
}
