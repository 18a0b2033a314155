//! What an entry of the audit says, with the names of today for those whom it names.

use std::collections::HashMap;

use fluent_bundle::FluentValue;
use rules::{
    access::{Earlier, Role, Setting},
    audit::{Act, Area, Broken, Licensed, Taking},
    entitlement::Kind,
    events::{ActorKind, By, EntrySet, Redacted, Secrecy},
    ids::{DomainNoteId, JobId, OrganisationId, PersonId, TeamId, TicketId},
    teams::{Called, Sharing},
};

mod bugs;

use crate::{lang::Lang, names};

/// Names of today; who was erased has none.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    pub lang: Lang,
    pub people: &'a HashMap<PersonId, String>,
    pub organisations: &'a HashMap<OrganisationId, String>,
    pub domains: &'a HashMap<DomainNoteId, String>,
    /// Also of those that ended.
    pub teams: &'a HashMap<TeamId, Called>,
}

impl Names<'_> {
    /// Who did it.
    pub fn by(&self, by: By) -> String {
        match (by.person, by.kind) {
            (Some(person), _) => self.person(person),
            (None, ActorKind::Integration) => self.lang.say("audit-by-program", &[]),
            (None, ActorKind::Command) => self.lang.say("audit-by-command", &[]),
            (None, ActorKind::Job) => self.lang.say("audit-by-job", &[]),
            (None, _) => self.lang.say("audit-by-desk", &[]),
        }
    }

    fn person(&self, id: PersonId) -> String {
        match self.people.get(&id).filter(|name| !name.is_empty()) {
            Some(name) => name.clone(),
            None => self.lang.say("audit-person", &[("number", id.to_string().into())]),
        }
    }

    fn organisation(&self, id: OrganisationId) -> String {
        match self.organisations.get(&id).filter(|name| !name.is_empty()) {
            Some(name) => name.clone(),
            None => self.lang.say("audit-organisation", &[("number", id.to_string().into())]),
        }
    }

    /// What was done, as it goes on behind the name of who did it.
    pub fn act(&self, by: By, act: &Act) -> String {
        match act {
            Act::GrantsSet { .. }
            | Act::PasswordSet { .. }
            | Act::SessionsEnded { .. }
            | Act::AddressProven { .. }
            | Act::AddressDoubted { .. }
            | Act::Admitted { .. }
            | Act::TurnedAway { .. }
            | Act::PersonExported { .. }
            | Act::PersonErased { .. } => self.of_person(by, act),
            Act::SecrecySet { .. }
            | Act::ParticipantAdded { .. }
            | Act::ParticipantRemoved { .. }
            | Act::Redacted { .. }
            | Act::OriginalRead { .. }
            | Act::Recomputed { .. } => self.of_request(act),
            Act::PolicyApplied { version, from, .. } => self.say(
                "audit-policy-applied",
                &[
                    ("version", text(version)),
                    ("from", from.timestamp().strftime("%Y-%m-%d %H:%M UTC").to_string().into()),
                ],
            ),
            Act::TokenMade { token, permit } => {
                self.say("audit-token-made", &[("token", text(token)), ("permit", permit.as_str().into())])
            }
            Act::TokenRevoked { token } => self.say("audit-token-revoked", &[("token", text(token))]),
            Act::TokenUsed { token } => self.say("audit-token-used", &[("token", text(token))]),
            Act::MailSentAgain { ticket, person, .. } => self.mail_sent_again(*ticket, *person),
            Act::WorkDropped { job, work, ticket } => self.work_dropped(*job, work, *ticket),
            Act::Bug(it) => bugs::of_bug(self.lang, it),
            Act::Tracker(did) => bugs::of_tracker(self.lang, *did),
            Act::ReleasePublished { .. }
            | Act::ReleaseAmended { .. }
            | Act::ReleaseWithdrawn { .. }
            | Act::RolledOut { .. } => self.of_release(act),
            _ if act.team().is_some() => self.of_team(by, act),
            _ => self.of_organisation(by, act),
        }
    }

    fn say<'a>(&self, key: &str, arguments: &[(&'a str, FluentValue<'a>)]) -> String {
        self.lang.say(key, arguments).trim().to_owned()
    }

    fn mail_sent_again(&self, ticket: Option<TicketId>, person: Option<PersonId>) -> String {
        let of = ticket.map_or_else(String::new, |ticket| {
            format!(" {}", self.lang.say("audit-mail-of", &[("request", format!("#{ticket}").into())]))
        });
        let to = person.map_or_else(String::new, |person| {
            format!(" {}", self.lang.say("audit-mail-to", &[("person", self.person(person).into())]))
        });
        format!("{}{to}{of}", self.lang.say("audit-mail-sent-again", &[]))
    }

    fn work_dropped(&self, job: JobId, work: &str, ticket: Option<TicketId>) -> String {
        let said = [("job", text(&job)), ("work", crate::work::kind(self.lang, work).into())];
        match ticket {
            Some(ticket) => {
                let of = [("ticket", text(&ticket))];
                self.say("audit-work-dropped-of", &said.into_iter().chain(of).collect::<Vec<_>>())
            }
            None => self.say("audit-work-dropped", &said),
        }
    }

    fn of_person(&self, by: By, act: &Act) -> String {
        let own = |person: &PersonId| by.person == Some(*person);
        let (key, person) = match act {
            Act::GrantsSet { person, grants } if grants.is_empty() => ("audit-grants-gone", person),
            Act::GrantsSet { person, grants } => {
                let held = grants.iter().map(|grant| grant.as_str()).collect::<Vec<_>>().join(", ");
                return self
                    .say("audit-grants-set", &[("person", self.person(*person).into()), ("grants", held.into())]);
            }
            Act::PasswordSet { person } if own(person) => ("audit-password-own", person),
            Act::PasswordSet { person } => ("audit-password-set", person),
            Act::SessionsEnded { person } if own(person) => ("audit-sessions-own", person),
            Act::SessionsEnded { person } => ("audit-sessions-ended", person),
            Act::AddressProven { person } => ("audit-address-proven", person),
            Act::AddressDoubted { person, bounced: true } => ("audit-address-bounced", person),
            Act::AddressDoubted { person, bounced: false } => ("audit-address-doubted", person),
            Act::Admitted { person } => ("audit-admitted", person),
            Act::TurnedAway { person } => ("audit-turned-away", person),
            Act::PersonExported { person } if own(person) => ("audit-person-exported-own", person),
            Act::PersonExported { person } => ("audit-person-exported", person),
            Act::PersonErased { person } => ("audit-person-erased", person),
            _ => return String::new(),
        };
        self.say(key, &[("person", self.person(*person).into())])
    }

    fn of_team(&self, by: By, act: &Act) -> String {
        let Some(team) = act.team() else { return String::new() };
        let called = match self.teams.get(&team) {
            Some(called) => crate::teams::called(self.lang, called),
            None => self.lang.say("audit-team", &[("number", text(&team))]),
        };
        let of = ("team", FluentValue::from(called));
        match act {
            Act::TeamMade { .. } => self.say("audit-team-made", &[of]),
            Act::TeamRenamed { .. } => self.say("audit-team-renamed", &[of]),
            Act::TeamJoined { person, .. } if by.person == Some(*person) => self.say("audit-team-joined-own", &[of]),
            Act::TeamLeft { person, .. } if by.person == Some(*person) => self.say("audit-team-left-own", &[of]),
            Act::TeamJoined { person, .. } => {
                self.say("audit-team-joined", &[of, ("person", self.person(*person).into())])
            }
            Act::TeamLeft { person, .. } => self.say("audit-team-left", &[of, ("person", self.person(*person).into())]),
            Act::TeamTakes { takes, .. } => {
                let takes = match takes {
                    Taking::Nothing => "nothing",
                    Taking::All => "all",
                    Taking::Asked => "asked",
                };
                self.say("audit-team-takes", &[of, ("takes", takes.into())])
            }
            Act::TeamShares { sharing, .. } => {
                let sharing = match sharing {
                    Sharing::Pull => "pull",
                    Sharing::Turns => "turns",
                    Sharing::Load => "load",
                };
                self.say("audit-team-shares", &[of, ("sharing", sharing.into())])
            }
            Act::TeamMovedUp { .. } => self.say("audit-team-moved-up", &[of]),
            Act::TeamEnded { .. } => self.say("audit-team-ended", &[of]),
            _ => String::new(),
        }
    }

    fn of_release(&self, act: &Act) -> String {
        let of = |version| ("version", text(version));
        match act {
            Act::ReleasePublished { version, .. } => self.say("audit-release-published", &[of(version)]),
            Act::ReleaseAmended { version, .. } => self.say("audit-release-amended", &[of(version)]),
            Act::ReleaseWithdrawn { version, instead: None, .. } => self.say("audit-release-withdrawn", &[of(version)]),
            Act::ReleaseWithdrawn { version, instead: Some(instead), .. } => {
                self.say("audit-release-withdrawn-for", &[of(version), ("instead", text(instead))])
            }
            Act::RolledOut { version, instance, .. } => {
                self.say("audit-rolled-out", &[of(version), ("instance", text(instance))])
            }
            _ => String::new(),
        }
    }

    fn of_request(&self, act: &Act) -> String {
        let request = |ticket: &TicketId| ("request", FluentValue::from(format!("#{ticket}")));
        match act {
            Act::SecrecySet { ticket, secrecy } => {
                let secrecy = match secrecy {
                    Secrecy::Open => "open",
                    Secrecy::Confidential => "confidential",
                    Secrecy::Security => "security",
                };
                self.say("audit-secrecy-set", &[request(ticket), ("secrecy", secrecy.into())])
            }
            Act::ParticipantAdded { ticket, person } => {
                self.say("audit-participant-added", &[request(ticket), ("person", self.person(*person).into())])
            }
            Act::ParticipantRemoved { ticket, person } => {
                self.say("audit-participant-removed", &[request(ticket), ("person", self.person(*person).into())])
            }
            Act::Redacted { ticket, what: Redacted::Passage(_), others, .. } => {
                self.say("audit-redacted-passage", &[request(ticket), ("others", text_of_count(*others))])
            }
            Act::Redacted { ticket, what: Redacted::File(file), .. } => {
                self.say("audit-redacted-file", &[request(ticket), ("file", text(file))])
            }
            Act::OriginalRead { ticket, file } => {
                self.say("audit-original-read", &[request(ticket), ("file", text(file))])
            }
            Act::Recomputed { ticket, version } => {
                self.say("audit-recomputed", &[request(ticket), ("version", text(version))])
            }
            _ => String::new(),
        }
    }

    fn of_organisation(&self, by: By, act: &Act) -> String {
        let Some(organisation) = act.organisations().next() else { return String::new() };
        let of = ("organisation", FluentValue::from(self.organisation(organisation)));
        let person = |id: &PersonId| ("person", FluentValue::from(self.person(*id)));
        match act {
            Act::OrganisationOpened { by_domain: true, .. } => self.say("audit-organisation-opened-domain", &[of]),
            Act::OrganisationOpened { .. } => self.say("audit-organisation-opened", &[of]),
            Act::OrganisationConfirmed { .. } => self.say("audit-organisation-confirmed", &[of]),
            Act::OrganisationRenamed { .. } => self.say("audit-organisation-renamed", &[of]),
            Act::DomainsSet { domains, entry, .. } => self.domains_set(of, *domains, *entry),
            Act::RegionSet { region: Some(region), .. } => {
                self.say("audit-region-set", &[of, ("region", region.0.as_str().into())])
            }
            Act::RegionSet { region: None, .. } => self.say("audit-region-gone", &[of]),
            Act::PlaceSet { edition, instance, .. } => {
                let named = |name: Option<&str>| FluentValue::from(name.unwrap_or("none").to_owned());
                let edition = ("edition", named(edition.as_ref().map(|it| it.as_str())));
                self.say(
                    "audit-place-set",
                    &[of, edition, ("instance", named(instance.as_ref().map(|it| it.as_str())))],
                )
            }
            Act::OrganisationMerged { into: other, .. } => {
                self.say("audit-organisation-merged", &[of, ("other", self.organisation(*other).into())])
            }
            Act::OrganisationSplit { off: other, .. } => {
                self.say("audit-organisation-split", &[of, ("other", self.organisation(*other).into())])
            }
            Act::Joined { person: who, .. } if by.person == Some(*who) => self.say("audit-joined-own", &[of]),
            Act::Left { person: who, heir: None, .. } if by.person == Some(*who) => self.say("audit-left-own", &[of]),
            Act::Joined { person: who, .. } => self.say("audit-joined", &[of, person(who)]),
            Act::RoleSet { person: who, role, .. } => {
                self.say("audit-role-set", &[of, person(who), ("role", role_word(*role).into())])
            }
            Act::Left { person: who, heir: None, .. } => self.say("audit-left", &[of, person(who)]),
            Act::Left { person: who, heir: Some(heir), .. } => {
                self.say("audit-left-heir", &[of, person(who), ("heir", self.person(*heir).into())])
            }
            Act::Invited { role, .. } => self.say("audit-invited", &[of, ("role", role_word(*role).into())]),
            Act::InvitationEnded { .. } => self.say("audit-invitation-ended", &[of]),
            Act::InvitingSet { others, .. } => self.say("audit-inviting-set", &[of, ("others", yes(*others))]),
            Act::ResaleOffered { .. } => self.say("audit-resale-offered", &[of]),
            Act::ResaleBegun { reseller, .. } => {
                self.say("audit-resale-begun", &[of, ("reseller", self.organisation(*reseller).into())])
            }
            Act::ResaleEnded { reseller: Some(reseller), .. } => {
                self.say("audit-resale-ended", &[of, ("reseller", self.organisation(*reseller).into())])
            }
            Act::ResaleEnded { reseller: None, .. } => self.say("audit-resale-withdrawn", &[of]),
            Act::SharingSet { setting, earlier, .. } => {
                let setting = match setting {
                    Setting::Own => "own",
                    Setting::Managers => "managers",
                    Setting::Everyone => "everyone",
                };
                let earlier = yes(*earlier == Earlier::Shown);
                self.say("audit-sharing-set", &[of, ("setting", setting.into()), ("earlier", earlier)])
            }
            Act::LicenceSet { licence, says, .. } => {
                self.say("audit-licence-set", &[of, ("licence", text(licence)), ("says", self.licensed(says).into())])
            }
            Act::OrganisationExported { left_out, .. } => {
                let left = text_of_count(u32::try_from(*left_out).unwrap_or(u32::MAX));
                self.say("audit-organisation-exported", &[of, ("left", left)])
            }
            Act::OrganisationErased { .. } => self.say("audit-organisation-erased", &[of]),
            _ => String::new(),
        }
    }

    fn domains_set(&self, of: (&str, FluentValue<'_>), domains: usize, entry: Option<EntrySet>) -> String {
        let count = ("count", text_of_count(u32::try_from(domains).unwrap_or(u32::MAX)));
        let named = |note| match self.domains.get(&note) {
            Some(domain) => ("domain", FluentValue::from(names::domain(domain))),
            None => ("domain", self.lang.say("audit-domain", &[]).into()),
        };
        match entry {
            Some(EntrySet::Claimed(note)) => self.say("audit-domain-claimed", &[of, count, named(note)]),
            Some(EntrySet::Released(note)) => self.say("audit-domain-released", &[of, count, named(note)]),
            None => self.say("audit-domains-set", &[of, count]),
        }
    }

    fn licensed(&self, says: &Licensed) -> String {
        let mut said = vec![self.say(
            match says.licensed {
                Kind::Paid => "audit-licence-paid",
                Kind::Trial => "audit-licence-trial",
                Kind::Partner => "audit-licence-partner",
            },
            &[],
        )];
        said.extend(says.plan.as_ref().map(|plan| self.say("audit-licence-plan", &[("plan", plan.0.as_str().into())])));
        let deployment = says.deployment.as_ref();
        said.extend(deployment.map(|it| self.say("audit-licence-deployment", &[("deployment", it.0.as_str().into())])));
        said.extend(says.seats.map(|seats| self.say("audit-licence-seats", &[("seats", text(&seats))])));
        said.push(match says.through {
            Some(day) => self.say("audit-licence-through", &[("day", text(&day))]),
            None => self.say("audit-licence-no-end", &[]),
        });
        said.join(", ")
    }
}

/// What entries are about, to choose from.
pub fn area(lang: Lang, area: Area) -> String {
    lang.say(
        match area {
            Area::Staff => "audit-area-staff",
            Area::Accounts => "audit-area-accounts",
            Area::Organisations => "audit-area-organisations",
            Area::Visibility => "audit-area-visibility",
            Area::Licences => "audit-area-licences",
            Area::Policy => "audit-area-policy",
            Area::Redaction => "audit-area-redaction",
            Area::Originals => "audit-area-originals",
            Area::Exports => "audit-area-exports",
            Area::Erasures => "audit-area-erasures",
            Area::Programs => "audit-area-programs",
            Area::Work => "audit-area-work",
            Area::Teams => "audit-area-teams",
            Area::Bugs => "audit-area-bugs",
            Area::Releases => "audit-area-releases",
        },
        &[],
    )
}

/// How the chain of entries does not fit.
pub fn broken(lang: Lang, broken: &Broken) -> String {
    let (key, number) = match broken {
        Broken::Missing { number } => ("audit-missing", number),
        Broken::Torn { number } => ("audit-torn", number),
        Broken::Changed { number } => ("audit-changed", number),
        Broken::Misfiled { number } => ("audit-misfiled", number),
        Broken::Rewritten { number } => ("audit-rewritten", number),
        Broken::CutOff { number, last } => {
            return lang.say("audit-cut-off", &[("number", text(number)), ("last", text(last))]);
        }
    };
    lang.say(key, &[("number", text(number))])
}

/// A number as it is, without the separators of a quantity.
fn text(number: &impl std::fmt::Display) -> FluentValue<'static> {
    number.to_string().into()
}

fn text_of_count(count: u32) -> FluentValue<'static> {
    f64::from(count).into()
}

fn yes(is_so: bool) -> FluentValue<'static> {
    if is_so { "yes".into() } else { "no".into() }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Contact => "contact",
        Role::Manager => "manager",
    }
}

#[cfg(test)]
#[path = "audit/tests.rs"]
mod tests;
