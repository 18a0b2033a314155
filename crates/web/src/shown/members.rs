//! Members of an organisation and who is asked to become one, as the desk's page and the organisation's own show them.

use desk::organisations::{Asking, Member};
use rules::{access::Role, people::Others};

use super::when;
use crate::{
    app::App,
    door::Visit,
    pages::{
        desk::organisations::MemberRow,
        form::{Amiss, Choice},
        organisation::{InvitationRow, InvitationsPart},
        parts::When,
    },
};

const ROLES: [(Role, &str, &str); 3] =
    [(Role::Member, "member", "Member"), (Role::Contact, "contact", "Contact"), (Role::Manager, "manager", "Manager")];

pub(crate) fn member_row(member: &Member, since: When) -> MemberRow {
    MemberRow {
        id: member.person.0,
        name: member.name.clone(),
        address: member.address.clone().unwrap_or_default(),
        role: role_word(member.role).to_owned(),
        roles: roles(member.role),
        since,
    }
}

/// The roles to choose from; `now` is chosen.
fn roles(now: Role) -> Vec<Choice> {
    let choice = |(role, value, label): (Role, &str, &str)| {
        let choice = Choice::new(value, label);
        if role == now { choice.chosen() } else { choice }
    };
    ROLES.map(choice).into()
}

pub(crate) fn role_word(role: Role) -> &'static str {
    ROLES.iter().find(|(known, ..)| *known == role).map_or("", |(_, word, _)| word)
}

/// Who is asked to join, on the page at `base`.
pub(crate) fn invitations(
    app: &App,
    visit: &Visit,
    (base, amiss): (String, &Amiss),
    asking: &Asking,
) -> InvitationsPart {
    let now = app.desk.now();
    let is_desk = base.starts_with("/desk");
    let whom = match (is_desk, asking.others) {
        (true, _) => "Any address can be asked but throw-away ones.",
        (false, Others::Allowed) => {
            "People with an address of your domains can be asked, and others who work with you."
        }
        (false, Others::Refused) => {
            "People with an address of your domains can be asked. The support team can allow others."
        }
    };
    let row = |it: &desk::organisations::Waiting| InvitationRow {
        id: it.id.0,
        address: it.address.clone(),
        role: role_word(it.role).to_owned(),
        sent: when(visit, it.sent_at, now),
        until: when(visit, it.expires_at, now),
        ran_out: it.expires_at <= now,
    };
    InvitationsPart {
        base,
        rows: asking.waiting.iter().map(row).collect(),
        whom: whom.to_owned(),
        roles: roles(Role::Member),
        amiss: amiss.clone(),
    }
}
