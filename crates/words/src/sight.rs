//! Who sees a request, in words (VIS-1, VIS-2), and why somebody does or does not.

use fluent_bundle::FluentValue;
use rules::{
    access::{Circle, Grant, Line, NotShared, Setting, Sight, WhySeen, Withheld},
    events::Secrecy,
    ids::OrganisationId,
    instant::Instant,
};

use crate::lang::Lang;

/// What the sentences of a sight need beside it.
#[derive(Clone, Copy)]
pub struct Naming<'a> {
    pub lang: Lang,
    /// The name of an organisation.
    pub organisation: &'a dyn Fn(OrganisationId) -> String,
    /// An instant by the reader's clock.
    pub when: &'a dyn Fn(Instant) -> String,
}

impl std::fmt::Debug for Naming<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Naming").field("lang", &self.lang).finish_non_exhaustive()
    }
}

/// "Ravi Menon sees it: Acme Robotics shares it with them."
pub fn verdict(naming: Naming<'_>, name: &str, sight: &Sight, secrecy: Secrecy) -> String {
    let lang = naming.lang;
    match sight.seen {
        Some(why) => {
            let why = seen(naming, why, secrecy);
            lang.say("sight-sees", &[("name", name.into()), ("why", why.into())])
        }
        None => lang.say("sight-sees-not", &[("name", name.into())]),
    }
}

/// By which line of their scope somebody sees it: "they were added to it."
pub fn seen(naming: Naming<'_>, why: WhySeen, secrecy: Secrecy) -> String {
    let lang = naming.lang;
    match why {
        WhySeen::Requester => lang.say("sight-requester", &[]),
        WhySeen::Participant => lang.say("sight-participant", &[]),
        WhySeen::Heir => lang.say("sight-heir", &[]),
        WhySeen::Colleague(id) => lang.say("sight-colleague", &[("organisation", (naming.organisation)(id).into())]),
        WhySeen::Resold { organisation, reseller } => lang.say("sight-resold", &of_two(naming, organisation, reseller)),
        WhySeen::Staff => lang.say("sight-staff", &[]),
        WhySeen::TrustedStaff => lang.say("sight-trusted", &[("secrecy", secret(secrecy))]),
    }
}

/// What one line of a scope says to the request.
pub fn line(naming: Naming<'_>, line: Line) -> String {
    let plain = |key: &str| naming.lang.say(key, &[]);
    let of = |key: &str, id| naming.lang.say(key, &[("organisation", (naming.organisation)(id).into())]);
    let secrecy = |key: &str, secrecy| naming.lang.say(key, &[("secrecy", secret(secrecy))]);
    let from = |key: &str, id, at| {
        let arguments = [("organisation", (naming.organisation)(id).into()), ("when", (naming.when)(at).into())];
        naming.lang.say(key, &arguments)
    };
    match line {
        Line::Filed => plain("sight-line-filed"),
        Line::FiledByAnother => plain("sight-line-filed-by-another"),
        Line::Added => plain("sight-line-added"),
        Line::GoesOn => plain("sight-line-goes-on"),
        Line::AddedAndApart { organisation, why: Withheld::InDoubt } => of("sight-line-added-doubted", organisation),
        Line::AddedAndApart { organisation, why: Withheld::GrantEnded } => {
            of("sight-line-added-grant-ended", organisation)
        }
        Line::AddedAndApart { organisation, .. } => of("sight-line-added-left", organisation),
        Line::NotAdded => plain("sight-line-not-added"),
        Line::Shared { organisation, filed_from: None } => of("sight-line-shared", organisation),
        Line::Shared { organisation, filed_from: Some(at) } => from("sight-line-shared-from", organisation, at),
        Line::Resold { organisation, reseller } => {
            naming.lang.say("sight-line-resold", &of_two(naming, organisation, reseller))
        }
        Line::NotShared(NotShared::NoOrganisation) => plain("sight-line-no-organisation"),
        Line::NotShared(NotShared::Secret { secrecy: kind }) => secrecy("sight-line-secret", kind),
        Line::NotShared(NotShared::NoMember { organisation }) => of("sight-line-no-member", organisation),
        Line::NotShared(NotShared::FiledBefore { organisation, filed_from }) => {
            from("sight-line-before", organisation, filed_from)
        }
        Line::NotShared(NotShared::Withheld { organisation, withheld }) => of(withholding(withheld), organisation),
        Line::Staff { secrecy: kind } => secrecy("sight-line-staff", kind),
        Line::StaffWithout { secrecy: kind } => secrecy("sight-line-staff-without", kind),
        Line::NoStaff => plain("sight-line-no-staff"),
    }
}

fn of_two(
    naming: Naming<'_>,
    organisation: OrganisationId,
    reseller: OrganisationId,
) -> [(&'static str, FluentValue<'static>); 2] {
    let name = |id| FluentValue::from((naming.organisation)(id));
    [("organisation", name(organisation)), ("reseller", name(reseller))]
}

fn withholding(withheld: Withheld) -> &'static str {
    match withheld {
        Withheld::Left => "sight-line-left",
        Withheld::InDoubt => "sight-line-doubted",
        Withheld::GrantEnded => "sight-line-grant-ended",
        Withheld::Unconfirmed => "sight-line-unconfirmed",
        Withheld::BySetting { setting: Setting::Own } => "sight-line-own",
        Withheld::BySetting { setting: Setting::Managers } => "sight-line-managers",
        Withheld::BySetting { setting: Setting::Everyone } => "sight-line-everyone",
    }
}

fn secret(secrecy: Secrecy) -> FluentValue<'static> {
    match secrecy {
        Secrecy::Open => "open",
        Secrecy::Confidential => "confidential",
        Secrecy::Security => "security",
    }
    .into()
}

/// The names of the organisation that a request was filed for, and of the reseller that filed it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sides<'a> {
    pub organisation: Option<&'a str>,
    pub reseller: Option<&'a str>,
}

/// Who sees it besides those who are on it: "the managers of Acme", "our support team".
pub fn circle(lang: Lang, circle: &Circle, sides: Sides<'_>) -> Vec<String> {
    let side = |setting, [managers, everyone]: [&'static str; 2], name: Option<&str>| {
        let key = match setting {
            Setting::Own => None,
            Setting::Managers => Some(managers),
            Setting::Everyone => Some(everyone),
        };
        key.zip(name).map(|(key, name)| lang.say(key, &[("name", name.into())]))
    };
    let of = side(circle.colleagues, ["sight-managers-of", "sight-everyone-of"], sides.organisation);
    let by = side(circle.resellers, ["sight-managers-of-reseller", "sight-everyone-of-reseller"], sides.reseller);
    let team = match circle.grants.as_slice() {
        [] => "sight-team-none",
        grants if grants.len() == Grant::ALL.len() => "sight-team",
        [Grant::Security] => "sight-team-security",
        _ => "sight-team-answering",
    };
    of.into_iter().chain(by).chain([lang.say(team, &[])]).collect()
}

/// "You, Ravi Menon, the managers of Acme and our support team".
pub fn everybody(lang: Lang, people: Vec<String>, around: &Circle, sides: Sides<'_>) -> String {
    crate::time::list(lang, people.into_iter().chain(circle(lang, around, sides)).collect())
}

/// The grants that read it: "agents, leads and security".
pub fn grants(lang: Lang, grants: &[Grant]) -> String {
    let named = |grant: &Grant| lang.say("sight-grant", &[("grant", grant.as_str().into())]);
    crate::time::list(lang, grants.iter().map(named).collect())
}

/// Any one of these roles: "lead or administrator".
pub fn roles(lang: Lang, grants: &[Grant]) -> String {
    let named = grants.iter().map(|grant| lang.say("sight-role", &[("grant", grant.as_str().into())]));
    crate::time::choice(lang, named.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(it: Line) -> String {
        let naming =
            Naming { lang: Lang::En, organisation: &|_| "Acme".to_owned(), when: &|_| "20 Nov 2026".to_owned() };
        line(naming, it)
    }

    #[test]
    fn vis_1_every_line_of_a_scope_has_its_sentence() {
        let organisation = OrganisationId(1);
        let at: Instant = "2026-11-20T16:40:00Z".parse().expect("an instant");
        let withheld = |withheld| Line::NotShared(NotShared::Withheld { organisation, withheld });
        let mut lines = vec![Line::Filed, Line::FiledByAnother, Line::Added, Line::GoesOn, Line::NotAdded];
        lines.push(Line::Resold { organisation, reseller: OrganisationId(2) });
        lines.extend(
            [Withheld::Left, Withheld::InDoubt, Withheld::GrantEnded]
                .map(|why| Line::AddedAndApart { organisation, why }),
        );
        lines.extend([None, Some(at)].map(|filed_from| Line::Shared { organisation, filed_from }));
        lines.extend([Withheld::Left, Withheld::InDoubt, Withheld::Unconfirmed, Withheld::GrantEnded].map(withheld));
        for setting in [Setting::Own, Setting::Managers, Setting::Everyone] {
            lines.push(withheld(Withheld::BySetting { setting }));
        }
        for secrecy in [Secrecy::Open, Secrecy::Confidential, Secrecy::Security] {
            lines.extend([Line::Staff { secrecy }, Line::StaffWithout { secrecy }]);
            lines.push(Line::NotShared(NotShared::Secret { secrecy }));
        }
        let before = NotShared::FiledBefore { organisation, filed_from: at };
        lines.extend([NotShared::NoOrganisation, NotShared::NoMember { organisation }, before].map(Line::NotShared));
        lines.push(Line::NoStaff);
        for it in lines {
            let said = say(it);
            assert!(said.ends_with('.') && !said.contains('{'), "{it:?}: {said}");
        }
    }

    #[test]
    fn ent_4_who_sees_it_names_both_sides() {
        let circle =
            Circle { colleagues: Setting::Managers, resellers: Setting::Everyone, grants: Grant::ALL.to_vec() };
        let sides = Sides { organisation: Some("Acme"), reseller: Some("Resell") };
        let said = everybody(Lang::En, vec!["You".to_owned()], &circle, sides);
        let both = "You, the managers of Acme, everyone at Resell as reseller and our support team";
        assert_eq!(said, both);
    }

    #[test]
    fn vis_2_who_sees_it_is_named_in_one_sentence() {
        let said = |colleagues, grants: &[Grant]| {
            let circle = Circle { colleagues, resellers: Setting::Own, grants: grants.to_vec() };
            let sides = Sides { organisation: Some("Acme"), reseller: None };
            everybody(Lang::En, vec!["You".to_owned()], &circle, sides)
        };
        assert_eq!(said(Setting::Own, &Grant::ALL), "You and our support team");
        assert_eq!(said(Setting::Managers, &Grant::ALL), "You, the managers of Acme and our support team");
        let answering = [Grant::Agent, Grant::Lead, Grant::Security];
        assert_eq!(said(Setting::Own, &answering), "You and those of us who answer requests");
        assert_eq!(said(Setting::Everyone, &[Grant::Security]), "You, everyone at Acme and our security team");
    }
}
