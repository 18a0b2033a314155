//! What an installed version means for a report (BUG-1): asked as it is typed, and shown in the form that came back.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{
    releases::{Judged, judge},
    tickets::{Filled, Shown},
};
use rules::{
    ids::OrganisationId,
    keys::{DetailKey, TypeKey},
    policy::Policy,
    refusal::{Fault, FieldFault},
    releases::{Accepted, Compared, Match, Release, Stand, Verdict, Version},
};
use words::{markdown, releases as said};

use super::releases::entry_href;
use crate::{
    app::App,
    door::{Fields, Problem, Visit, percent_encoded},
    pages::{
        html::{Safe, show as page},
        parts::{Link, Signal, Tag},
        verdict::{FixedEntry, VersionCheck, VersionVerdict},
    },
    shown::Saying,
};

/// Fixes that are shown beside the field; the page behind them has all.
const SHOWN: usize = 5;

/// `POST /verdict`: a fragment; nothing where nothing can be said.
pub(crate) async fn show(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let key = TypeKey::from(fields.text("type"));
    let details = fields.below("detail.").map(|(key, value)| (DetailKey::from(key), value.to_owned())).collect();
    let organisation = organisation(&visit, fields.number("organisation").map(OrganisationId));
    let judged = judge(&app.desk, (&key, organisation), (&details, fields.text("subject"))).await?;
    match judged.and_then(|judged| verdict(&say, &key, &judged)) {
        Some(verdict) => Ok(page(StatusCode::OK, &verdict)),
        None => Ok(StatusCode::NO_CONTENT.into_response()),
    }
}

/// The same in the form, where its type takes the latest only. What its fault says is not said twice.
pub(super) async fn check(
    app: &App,
    (visit, say): (&Visit, &Saying),
    (key, wanted): (&TypeKey, Option<OrganisationId>),
    (filled, faults): (&Filled, &[FieldFault]),
) -> Result<Option<VersionCheck>, Problem> {
    if !say.policy().request_type(key).is_some_and(|kind| kind.latest_release_only) {
        return Ok(None);
    }
    let of = (key, organisation(visit, wanted));
    let judged = judge(&app.desk, of, (&filled.details, &filled.subject)).await?;
    let mut verdict = judged.as_ref().and_then(|judged| verdict(say, key, judged));
    let is_told = |it: &FieldFault| matches!(it.fault, Fault::VersionOutdated { .. } | Fault::VersionWithdrawn { .. });
    if let Some(verdict) = &mut verdict
        && faults.iter().any(is_told)
    {
        verdict.says = None;
    }
    Ok(Some(VersionCheck { verdict }))
}

/// Of a request that is there, where its version came later, or with another type: what its customer has to know of it (BUG-1). What was
/// released since it was filed is not held against it.
pub(super) async fn outdated(app: &App, say: &Saying, shown: &Shown) -> Result<Option<VersionVerdict>, Problem> {
    let ticket = &shown.ticket;
    if ticket.state.is_over() {
        return Ok(None);
    }
    let details = shown.details.iter().cloned().collect();
    let of = (&ticket.request_type, ticket.organisation);
    let judged = judge(&app.desk, of, (&details, &ticket.subject)).await?;
    let filed_on = app.desk.policy().await?.hours().date_of(ticket.filed_at);
    let was_out = |judged: &Judged, installed: &Version| {
        let newer = |it: &&Release| it.version > *installed && it.is_live() && !it.version.is_early();
        let there = judged.catalogue.releases().iter().filter(newer);
        there.filter(|it| it.is_for(judged.place.edition.as_ref())).any(|it| it.released_on < filed_on)
    };
    let outdated = judged.filter(|judged| match judged.verdict() {
        Verdict::Outdated(it) => was_out(judged, &it.installed),
        _ => false,
    });
    let said = outdated.and_then(|judged| verdict(say, &ticket.request_type, &judged));
    Ok(said.map(|said| VersionVerdict { instead: None, ..said }))
}

/// For whom it is filed: one of those that the reader files for.
fn organisation(visit: &Visit, wanted: Option<OrganisationId>) -> Option<OrganisationId> {
    let signed = visit.actor.signed().ok()?;
    let chosen = wanted.filter(|id| signed.files_for.iter().any(|it| it.organisation == *id));
    chosen.or_else(|| signed.organisation())
}

/// The same in words.
fn verdict(say: &Saying, key: &TypeKey, judged: &Judged) -> Option<VersionVerdict> {
    let found = judged.verdict();
    let says = said::verdict(say.lang, &found);
    let underneath = underneath(say, judged);
    if says.is_none() && underneath.is_empty() {
        return None;
    }
    let signal = match &found {
        Verdict::Accepted(Accepted::NotKnown { .. }) => Signal::Plain,
        Verdict::Accepted(_) => Signal::Done,
        Verdict::Outdated(_) | Verdict::Unknown { .. } | Verdict::Unreadable(_) => Signal::Soon,
        Verdict::Withdrawn { .. } => Signal::Late,
    };
    let says = says.map(|says| Tag::new(signal, says));
    let blank = VersionVerdict { says, underneath, ..VersionVerdict::default() };
    Some(match &found {
        Verdict::Outdated(it) => {
            let (from, to) = (&it.installed, &it.latest);
            let all = it.fixed_since.len();
            VersionVerdict {
                count: Some(said::fixed_count(say.lang, from, all)),
                fixed: it.fixed_since.iter().take(SHOWN).map(fixed).collect(),
                all: (all > SHOWN).then(|| Link::new(format!("All {all}"), between(from, to))),
                instead: instead(say, key),
                ..blank
            }
        }
        Verdict::Withdrawn { .. } => VersionVerdict { instead: instead(say, key), ..blank },
        _ => blank,
    })
}

/// What is wrong with what it runs on (BUG-8); what is right needs no word while one types.
fn underneath(say: &Saying, judged: &Judged) -> Vec<Tag> {
    let Some(found) = judged.underneath() else { return vec![] };
    let said = |it: &Compared<'_>| {
        let signal = match it.stand {
            Stand::NotSupported { .. } => Signal::Late,
            Stand::NotRecommended { .. } => Signal::Soon,
            Stand::Unread(_) => Signal::Plain,
            Stand::Good { .. } | Stand::NotSaid => return None,
        };
        Some(Tag::new(signal, said::underneath(say.lang, &found.release, it)?))
    };
    found.compared.iter().filter_map(said).collect()
}

fn between(from: &Version, to: &Version) -> String {
    let [from, to] = [from, to].map(|version| percent_encoded(&version.to_string()));
    format!("/releases/between?from={from}&to={to}")
}

fn fixed(found: &Match<'_>) -> FixedEntry {
    let line = found.fixed.note.text.lines().next().unwrap_or_default();
    FixedEntry {
        href: entry_href(&found.fixed),
        text: Safe::new(markdown::label(line)),
        version: found.fixed.release.version.to_string(),
        is_like: !found.shared.is_empty(),
    }
}

/// As what it can be filed all the same.
fn instead(say: &Saying, key: &TypeKey) -> Option<String> {
    let policy: &Policy = say.policy();
    let into = policy.instead_of(key)?;
    Some(format!("File it as a {} instead", say.type_name(into).to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_what_was_built() {
        let [from, to] = ["5.12.1+4", "5.12.2"].map(|text| Version::parse(text).unwrap());
        assert_eq!(between(&from, &to), "/releases/between?from=5.12.1%2B4&to=5.12.2");
    }
}
