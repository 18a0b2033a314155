//! One's own organisation on the portal: who is in it, who manages it, what its people see of each other's requests.

use askama::Template;

use super::{
    desk::organisations::MemberRow,
    form::{Amiss, Choice, Field},
    frame::{Frame, Place, Reader},
    html::parts,
    parts::When,
    resale::ResalePart,
    samples::{self, Samples},
};

/// `GET /organisations/{id}`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/organisation.html")]
pub struct OwnOrganisationPage {
    pub frame: Frame,
    pub number: i64,
    pub name: String,
    /// Whether nobody of the support team has looked at it yet.
    pub waits: bool,
    /// "You manage it."
    pub role: String,
    pub sees: String,
    /// Whether there is more that can be asked for.
    pub asks_more: bool,
    pub domains: Vec<String>,
    pub is_last_manager: bool,
    pub managers: Vec<ManagerRow>,
    /// What managers see of all members.
    pub members: Option<MembersPart>,
    /// For managers too.
    pub invitations: Option<InvitationsPart>,
    /// And who files for whom (ENT-4).
    pub resale: Option<ResalePart>,
    /// The reader's own, which somebody may go on with.
    pub open_requests: usize,
    /// A form of it that was refused.
    pub amiss: Amiss,
}

#[derive(Clone, Debug)]
pub struct ManagerRow {
    pub name: String,
    pub address: String,
    pub is_me: bool,
}

/// Who is asked to join and has not answered, and the form that asks.
#[derive(Clone, Debug, Template)]
#[template(path = "parts/invitations.html")]
pub struct InvitationsPart {
    /// The page that they stand on.
    pub base: String,
    pub rows: Vec<InvitationRow>,
    /// Who can be asked.
    pub whom: String,
    pub roles: Vec<Choice>,
    pub amiss: Amiss,
}

#[derive(Clone, Debug)]
pub struct InvitationRow {
    pub id: i64,
    pub address: String,
    pub role: String,
    pub sent: When,
    pub until: When,
    pub ran_out: bool,
}

parts!(InvitationsPart);

/// `GET /invitations/{token}`.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/invitation.html")]
pub struct InvitationPage {
    pub frame: Frame,
    /// Where it is answered.
    pub action: String,
    pub organisation: String,
    /// "Dana … asks you to join as a member."
    pub asks: String,
    /// The invited address.
    pub address: String,
    /// What the account shall be called, for who has none.
    pub name: Field,
    pub guest: Guest,
}

/// Who opens an invitation.
#[derive(Clone, Debug)]
pub enum Guest {
    /// Has no account: a name and a password make one.
    New { fault: Option<String> },
    /// Has one.
    Known,
    /// Is signed in as somebody else.
    Other,
}

impl InvitationsPart {
    pub(crate) fn sample(base: &str) -> Self {
        let row = |id, address: &str, ran_out| InvitationRow {
            id,
            address: address.into(),
            role: "member".into(),
            sent: samples::when("3 Mar 2025"),
            until: samples::when("17 Mar 2025"),
            ran_out,
        };
        Self {
            base: base.into(),
            rows: vec![row(1, "mila@acme-robotics.example", false), row(2, "otto@acme-robotics.example", true)],
            whom: "People with an address of one of the domains above can be asked.".into(),
            roles: vec![Choice::new("member", "Member").chosen(), Choice::new("manager", "Manager")],
            amiss: Amiss::default(),
        }
    }
}

impl InvitationPage {
    pub fn samples() -> Samples<Self> {
        let page = |guest| Self {
            frame: samples::portal("Invitation", Place::Elsewhere, Reader::Nobody),
            action: "/invitations/k3Jd0".into(),
            organisation: "Acme Robotics".into(),
            asks: "dana@acme-robotics.example asks you to join as a manager.".into(),
            address: "mila@acme-robotics.example".into(),
            name: Field::line("name", "Your name", ""),
            guest,
        };
        let weak = Some("It is among the passwords that are tried first.".into());
        vec![
            ("new", page(Guest::New { fault: None })),
            ("weak", page(Guest::New { fault: weak })),
            ("known", page(Guest::Known)),
            ("other", page(Guest::Other)),
        ]
    }
}

/// A page of members.
#[derive(Clone, Debug)]
pub struct MembersPart {
    pub rows: Vec<MemberRow>,
    pub more: Option<String>,
}

impl OwnOrganisationPage {
    pub fn samples() -> Samples<Self> {
        let member = |id, name: &str, address: &str, role: &str| MemberRow {
            id,
            name: name.into(),
            address: address.into(),
            role: role.into(),
            roles: vec![Choice::new("member", "Member").chosen(), Choice::new("manager", "Manager")],
            since: samples::when("3 Mar 2025"),
        };
        let manager =
            ManagerRow { name: "Dana Whitlock".into(), address: "dana@acme-robotics.example".into(), is_me: true };
        let page = Self {
            frame: samples::portal("Acme Robotics", Place::Elsewhere, Reader::Person(samples::dana())),
            number: 3,
            name: "Acme Robotics".into(),
            waits: false,
            role: "You manage it.".into(),
            sees: "You and the other managers see the requests of all members; everybody else sees their own.".into(),
            asks_more: true,
            domains: vec!["acme-robotics.example".into(), "acme.example".into()],
            is_last_manager: true,
            managers: vec![manager.clone()],
            members: Some(MembersPart {
                rows: vec![
                    member(4, "Dana Whitlock", "dana@acme-robotics.example", "manager"),
                    member(5, "Ravi Menon", "ravi.menon-with-a-very-long-name@quality.acme-robotics.example", "member"),
                ],
                more: Some("/organisations/3?after=5".into()),
            }),
            invitations: Some(InvitationsPart::sample("/organisations/3")),
            resale: Some(ResalePart::sample("/organisations/3")),
            open_requests: 2,
            amiss: Amiss::default(),
        };
        let member = Self {
            role: "You are a member.".into(),
            sees: "Everybody sees the requests that they filed themselves, and those they were added to.".into(),
            is_last_manager: false,
            managers: vec![ManagerRow { is_me: false, ..manager }],
            members: None,
            invitations: None,
            resale: None,
            ..page.clone()
        };
        let fresh = Self {
            waits: true,
            asks_more: false,
            domains: vec![],
            managers: vec![],
            open_requests: 0,
            ..member.clone()
        };
        vec![("manager", page), ("member", member), ("fresh", fresh)]
    }
}
