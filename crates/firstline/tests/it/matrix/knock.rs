//! Knocks at one door as one role: makes what the address names, anew each time, so that no answer depends on the one
//! before; sends the form; and says what came back.

mod bulk;
mod links;
mod made;
mod organisations;

use axum::body::Body;
use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use desk::{Actor, attachments, drafts, people, tickets};
use rules::{
    events::{Secrecy, State},
    ids::{DraftId, TicketId},
    tickets::AfterReply,
};
use testkit::{
    Browser,
    browser::{Answer, Part},
};
use web::routes::Route;

use crate::forms::Sheet;

use super::{
    cases::{Case, Form, Names, of},
    roles::{House, Role, policy},
};

/// Which of the things that a route can name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Subject {
    Nothing,
    Request(Secrecy),
    Own,
    Another,
    /// Of whose people those who knock are.
    Organisation,
}

impl Subject {
    /// All that make a difference for what a route names.
    pub(crate) fn of(names: Names) -> &'static [Subject] {
        match names {
            Names::Nothing
            | Names::VerificationLink
            | Names::ResetLink
            | Names::ProofLink
            | Names::Mail
            | Names::RatingLink
            | Names::Simulation
            | Names::Organisation
            | Names::Asking
            | Names::Mergeable
            | Names::Ended
            | Names::Reselling
            | Names::Waiting
            | Names::InvitationLink
            | Names::Licence
            | Names::Somebody
            | Names::Token
            | Names::SavedView
            | Names::PushDevice
            | Names::BulkJob
            | Names::BulkDone
            | Names::Team
            | Names::Bug
            | Names::BugBesideTracker
            | Names::Issue
            | Names::BugComment
            | Names::Release
            | Names::Template
            | Names::FailedWork
            | Names::RefusedMail
            | Names::Tool => &[Subject::Nothing],
            Names::OwnOrganisation => &[Subject::Organisation],
            Names::Report | Names::ReportInBug | Names::ToConfirm => &[Subject::Request(Secrecy::Open)],
            Names::Request
            | Names::HeldReply
            | Names::Response
            | Names::CustomerMessage
            | Names::Added
            | Names::Linked
            | Names::Merged
            | Names::WithDevelopers
            | Names::Over
            | Names::RequestFile => &[
                Subject::Request(Secrecy::Open),
                Subject::Request(Secrecy::Confidential),
                Subject::Request(Secrecy::Security),
            ],
            Names::Advised => &[Subject::Request(Secrecy::Security)],
            Names::Draft
            | Names::DraftFile
            | Names::DraftUpload
            | Names::ArrivedUpload
            | Names::Export
            | Names::Circular
            | Names::Invitation
            | Names::Offer
            | Names::Session => &[Subject::Own, Subject::Another],
        }
    }
}

impl Subject {
    /// Who differ where it is named.
    pub(crate) fn roles(self) -> &'static [Role] {
        match self {
            Subject::Request(_) => &Role::ALL,
            Subject::Organisation => &Role::OF_ORGANISATION,
            Subject::Nothing | Subject::Own | Subject::Another => &Role::FEW,
        }
    }
}

/// What came back.
#[derive(Clone, Debug)]
pub(crate) struct Heard {
    pub role: Role,
    pub said: String,
    /// For 404: whether a number that nothing has gets the same page.
    pub as_if_absent: bool,
}

/// A number that nothing has.
const ABSENT: i64 = 987_654_321;

/// Asks, and says what came back.
pub(crate) async fn knock(house: &House, route: &Route, subject: Subject, role: Role) -> Heard {
    let knocking = Knocking { house, case: of(route), subject, role, actor: house.actor(role).await };
    let named = knocking.named().await;
    let mut browser = knocking.browser().await;
    let answer = knocking.ask(&mut browser, &route.method, (&filled(route.path, &named), &named)).await;
    let as_if_absent = answer.status == 404 && {
        let token = if named.token.is_empty() { String::new() } else { "0".repeat(32) };
        let absent = Named { token, id: ABSENT, message: ABSENT, other: ABSENT, person: ABSENT, resale: ABSENT };
        let mut browser = knocking.browser().await;
        let other = knocking.ask(&mut browser, &route.method, (&filled(route.path, &absent), &absent)).await;
        other.status == 404 && other.body == answer.body
    };
    Heard { role, said: said(&answer), as_if_absent }
}

fn said(answer: &Answer) -> String {
    if answer.status == 303 && answer.location().starts_with("/sign-in") {
        return "sign in".to_owned();
    }
    answer.status.as_u16().to_string()
}

fn upload_step(method: &axum::http::Method, path: &str) -> axum::http::request::Builder {
    let step = axum::http::Request::builder().method(method.clone()).uri(path);
    step.header("sec-fetch-site", "same-origin").header("tus-resumable", "1.0.0")
}

/// The changing parts of an address.
#[derive(Clone, Debug, Default)]
struct Named {
    id: i64,
    message: i64,
    other: i64,
    person: i64,
    resale: i64,
    token: String,
}

fn filled(path: &str, named: &Named) -> String {
    path.replace("{ticket}/{person}/{signature}", &named.token)
        .replace("{id}", &named.id.to_string())
        .replace("{message}", &named.message.to_string())
        .replace("{comment}", &named.other.to_string())
        .replace("{other}", &named.other.to_string())
        .replace("{invitation}", &named.other.to_string())
        .replace("{resale}", &named.resale.to_string())
        .replace("{licence}", &named.other.to_string())
        .replace("{person}", &named.person.to_string())
        .replace("{token}", &named.token)
        .replace("{version}", &format!("1.{}", named.id))
        .replace("{view}", "needs-answer")
        .replace("{type}", "question")
        .replace("{place}", "subject")
        .replace("{role}", "agent")
}

struct Knocking<'a> {
    house: &'a House,
    case: Case,
    subject: Subject,
    role: Role,
    actor: Option<Actor>,
}

impl Knocking<'_> {
    async fn browser(&self) -> Browser {
        let mut browser = Browser::visitor(&self.house.scene);
        if let Some(address) = self.role.address() {
            browser.enter(&self.house.scene, &address).await;
        }
        browser
    }

    async fn ask(&self, browser: &mut Browser, method: &axum::http::Method, (path, named): (&str, &Named)) -> Answer {
        if method == axum::http::Method::GET {
            return browser.get(path).await;
        }
        match self.case.form {
            Form::Nothing if method != axum::http::Method::POST || path.starts_with("/uploads") => {
                browser.send(upload_step(method, path).body(Body::empty()).unwrap()).await
            }
            Form::BeginUpload => {
                let draft = STANDARD.encode(named.id.to_string());
                let step = upload_step(method, path).header("upload-length", "17");
                let step = step.header("upload-metadata", format!("draft {draft}"));
                browser.send(step.body(Body::empty()).unwrap()).await
            }
            Form::UploadPart => {
                let step = upload_step(method, path).header("upload-offset", "0");
                let step = step.header("content-type", "application/offset+octet-stream");
                browser.send(step.body(Body::from("08:00:01 started\n")).unwrap()).await
            }
            Form::Nothing => browser.post(path, &[]).await,
            Form::Fields(fields) => browser.post(path, fields).await,
            Form::File => browser.upload(path, &[Part::file("file.logs", "server.log", b"08:00:01 started\n")]).await,
            Form::Table => {
                let table: &[u8] = match path {
                    "/desk/installed/import" => b"organisation,version\n1,5.12\n",
                    _ => b"key,organisation\nSUB-1,1\n",
                };
                browser.upload(path, &[Part::text("do", "check"), Part::file("file", "books.csv", table)]).await
            }
            Form::Changelog => {
                browser.upload(path, &[Part::text("text", "## [0.9] - 2026-01-05"), Part::text("do", "check")]).await
            }
            Form::SignUp => {
                let proof = world::proof(&self.house.scene.desk).unwrap();
                let address = format!("{}@newcomer.example", self.role.name().replace([' ', ','], ""));
                browser.post(path, &[("name", "Mila Novak"), ("address", &address), ("altcha", &proof)]).await
            }
            Form::SignIn => {
                let address = format!("{}@newcomer.example", self.role.name().replace([' ', ','], ""));
                browser.post(path, &[("address", &address), ("password", "a wrong one")]).await
            }
            Form::Filing => {
                let filing = self.house.scene.form("question", "Which role may only read?").await;
                browser.post(path, &Sheet::of(filing).pairs()).await
            }
            Form::Another(field) => browser.post(path, &[(field, &named.other.to_string())]).await,
            Form::This(field) => browser.post(path, &[(field, &named.id.to_string())]).await,
            Form::Address => browser.post(path, &[("address", &self.role_to_add())]).await,
            Form::Policy => {
                // The policy of this house, so that who is asked later finds the same one in force.
                let text = format!("{}\n# By the {}.\n", policy(), self.role.name());
                browser.post(path, &[("text", &text), ("since", "2026-11-01")]).await
            }
            Form::Priority => {
                let priority = if self.subject == Subject::Request(Secrecy::Security) { "urgent" } else { "medium" };
                browser.post(path, &[("priority", priority), ("reason", "It stops nobody.")]).await
            }
        }
    }

    /// Makes what the address names.
    async fn named(&self) -> Named {
        match self.case.names {
            Names::Nothing => Named::default(),
            Names::Request => Named { id: self.request(&[]).await.0, ..Named::default() },
            Names::HeldReply => self.reply(self.actor.as_ref()).await,
            Names::Response => self.reply(None).await,
            Names::RequestFile => self.request_file().await,
            Names::CustomerMessage => self.customer_message().await,
            Names::Added => {
                let person = self.house.participants[0].0;
                Named { id: self.request(&[]).await.0, person, ..Named::default() }
            }
            Names::Advised => self.advised().await,
            Names::Linked => self.linked().await,
            Names::Merged => {
                let named = self.linked().await;
                let security = self.security().await;
                let (id, into) = (TicketId(named.id), TicketId(named.other));
                tickets::merge(&self.house.scene.desk, &security, id, into).await.unwrap();
                named
            }
            Names::WithDevelopers => self.in_state(&[State::WithDevelopers]).await,
            Names::Over => self.in_state(&[State::Solved]).await,
            Names::RatingLink => self.rating_link().await,
            Names::Draft => Named { id: self.draft().await.0, ..Named::default() },
            Names::DraftUpload => Named { token: self.upload(b"").await, ..Named::default() },
            Names::ArrivedUpload => Named { token: self.upload(b"08:00:01 started\n").await, ..Named::default() },
            Names::DraftFile => Named { id: self.draft_file().await, ..Named::default() },
            Names::Session => Named { id: self.session().await, ..Named::default() },
            Names::PushDevice => Named { id: self.push_device().await, ..Named::default() },
            Names::Circular => Named { id: self.circular().await, ..Named::default() },
            Names::Export => Named { id: self.export().await, ..Named::default() },
            Names::Organisation => self.organisation("fresh.example").await,
            Names::Asking => self.asking("fresh.example").await,
            Names::Mergeable => self.mergeable().await,
            Names::Ended => self.ended().await,
            Names::Waiting => self.waiting().await,
            Names::OwnOrganisation => self.own_organisation().await,
            Names::Invitation => {
                let address = self.owner().signed().unwrap().address.clone();
                Named { id: self.invitation(&address).await.1.0, ..Named::default() }
            }
            Names::Offer => {
                let address = self.owner().signed().unwrap().address.clone();
                Named { id: self.offer(&address).await.0, ..Named::default() }
            }
            Names::Reselling => self.reselling().await,
            Names::InvitationLink => {
                let name = self.role.name().replace([' ', ','], "");
                Named { token: self.invitation(&format!("{name}@invited.example")).await.0, ..Named::default() }
            }
            Names::Licence => self.licence().await,
            Names::Somebody => self.somebody().await,
            Names::Token => self.programs_token().await,
            Names::BulkJob | Names::BulkDone => Named { id: self.bulk_job().await, ..Named::default() },
            Names::Team => self.team().await,
            Names::Bug => Named { id: self.bug().await.0, ..Named::default() },
            Names::BugBesideTracker | Names::Issue | Names::BugComment => self.mirrored().await,
            Names::Report | Names::ReportInBug | Names::ToConfirm => self.report().await,
            Names::Release => self.release().await,
            Names::Template | Names::SavedView | Names::FailedWork | Names::Tool | Names::Simulation => {
                Named { id: self.thing(self.case.names).await, ..Named::default() }
            }
            Names::VerificationLink | Names::ResetLink | Names::ProofLink => {
                Named { token: self.token().await, ..Named::default() }
            }
            Names::Mail => self.mail().await,
            Names::RefusedMail => self.refused_mail().await,
        }
    }

    /// Who filed the request.
    async fn requester(&self) -> Actor {
        match self.role {
            Role::SharedColleague => self.house.sharing.clone(),
            Role::Manager => self.house.managed.clone(),
            Role::Reseller => self.house.resellers[0].clone(),
            Role::FormerReseller => self.house.resellers[1].clone(),
            _ => self.house.actor(Role::Requester).await.unwrap(),
        }
    }

    pub(super) async fn request(&self, files: &[world::File]) -> TicketId {
        let scene = &self.house.scene;
        let request_type = match self.subject {
            _ if matches!(self.case.names, Names::Report | Names::ReportInBug | Names::ToConfirm) => "bug",
            Subject::Request(Secrecy::Confidential) => "migration",
            Subject::Request(Secrecy::Security) => "security",
            _ => "question",
        };
        let mut filing = scene.form(request_type, "What one sees of another").await;
        filing.files.extend_from_slice(files);
        let former = self.role == Role::FormerReseller;
        if former {
            self.grant(true).await;
        }
        let id = world::file(&scene.desk, &self.requester().await, filing).await.unwrap();
        if former {
            self.grant(false).await;
        }
        let tx = scene.desk.store.begin().await.unwrap();
        for person in &self.house.participants {
            store::tickets::add_participant(&tx, id, *person, scene.desk.now()).await.unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    /// A reply in a new request: by who knocks, where they can write one, else by the security role, who can always.
    async fn reply(&self, by: Option<&Actor>) -> Named {
        let desk = &self.house.scene.desk;
        let id = self.request(&[]).await;
        let input = tickets::Answer { text: world::text("Which version do you run?"), after: AfterReply::KeepState };
        let own = match by {
            Some(actor) => tickets::reply(desk, actor, id, input.clone()).await.ok(),
            None => None,
        };
        let message = match own {
            Some(replied) => replied.message,
            None => {
                let security = self.house.actor(Role::Security).await.unwrap();
                tickets::reply(desk, &security, id, input).await.unwrap().message
            }
        };
        Named { id: id.0, message: message.0, ..Named::default() }
    }

    async fn security(&self) -> Actor {
        self.house.actor(Role::Security).await.unwrap()
    }

    fn role_to_add(&self) -> String {
        Role::Colleague.address().unwrap()
    }

    async fn advised(&self) -> Named {
        let id = self.request(&[]).await;
        let draft = tickets::Draft { affected: "5.12".into(), body: "A draft.".into(), embargo_until: None };
        tickets::keep_advisory(&self.house.scene.desk, &self.security().await, id, draft).await.unwrap();
        Named { id: id.0, ..Named::default() }
    }

    async fn linked(&self) -> Named {
        let (id, other) = (self.request(&[]).await, self.request(&[]).await);
        tickets::link(&self.house.scene.desk, &self.security().await, id, other).await.unwrap();
        Named { id: id.0, other: other.0, ..Named::default() }
    }

    async fn in_state(&self, states: &[State]) -> Named {
        let id = self.request(&[]).await;
        for state in states {
            let change = tickets::StateChange { to: *state, reason: String::new() };
            tickets::change_state(&self.house.scene.desk, &self.security().await, id, change).await.unwrap();
        }
        Named { id: id.0, ..Named::default() }
    }

    async fn customer_message(&self) -> Named {
        let id = self.request(&[]).await;
        let requester = self.requester().await;
        let said = tickets::answer(&self.house.scene.desk, &requester, id, world::text("It is still so.")).await;
        let tickets::Answered::Here(message) = said.unwrap() else { panic!("the request is open") };
        Named { id: id.0, message: message.0, ..Named::default() }
    }

    /// The link that the requester was mailed.
    async fn rating_link(&self) -> Named {
        let named = self.in_state(&[State::Solved, State::Closed]).await;
        self.house.scene.settle().await;
        let told = self.house.scene.mail.last(&Role::Requester.address().unwrap());
        let Some(desk::ports::About::AskRating { url, .. }) = told else { panic!("{told:?}") };
        let (_, token) = url.split_once("/rating/").unwrap();
        Named { token: token.to_owned(), ..named }
    }

    /// Whose the thing is that is one's own or another's.
    fn owner(&self) -> &Actor {
        match (self.subject, &self.actor) {
            (Subject::Own, Some(actor)) => actor,
            _ => &self.house.other,
        }
    }

    async fn draft(&self) -> DraftId {
        // What was begun for the doors before goes, so that nobody has too many files on their way.
        for old in drafts::list(&self.house.scene.desk, self.owner()).await.unwrap() {
            drafts::discard(&self.house.scene.desk, self.owner(), old.id).await.unwrap();
        }
        let fields = [("subject".to_owned(), "Half a thought".to_owned())].into();
        let typed = drafts::Typed { draft: None, purpose: "new/question".to_owned(), fields };
        drafts::save(&self.house.scene.desk, self.owner(), typed).await.unwrap()
    }

    async fn draft_file(&self) -> i64 {
        let draft = self.draft().await;
        let new = attachments::NewFile { draft, field: "detail.evidence".to_owned(), name: "a.log".to_owned() };
        let content = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(b"08:00:01 started\n"))]);
        attachments::attach(&self.house.scene.desk, self.owner(), new, content).await.unwrap().id.0
    }

    async fn upload(&self, arrived: &'static [u8]) -> String {
        let desk = &self.house.scene.desk;
        let draft = self.draft().await;
        let file = attachments::NewFile { draft, field: "detail.evidence".to_owned(), name: "a.log".to_owned() };
        let new = attachments::NewUpload { file, mark: String::new(), bytes: 17 };
        let token = attachments::begin(desk, self.owner(), new).await.unwrap().token;
        let part = attachments::Appending { offset: 0, checksum: None };
        let content = futures_util::stream::iter([Ok::<_, std::io::Error>(Bytes::from_static(arrived))]);
        attachments::append(desk, self.owner(), (&token, part), content).await.unwrap();
        token
    }

    async fn session(&self) -> i64 {
        let desk = &self.house.scene.desk;
        let person = self.owner().signed().unwrap().person;
        let address = people::address(desk, person).await.unwrap().unwrap();
        people::enter_as(
            desk,
            &address,
            people::Browser { network: "192.0.2.9", agent: "", session: None, known: None },
        )
        .await
        .unwrap();
        people::sessions(desk, self.owner()).await.unwrap().iter().map(|session| session.id.0).max().unwrap()
    }

    async fn export(&self) -> i64 {
        let scene = &self.house.scene;
        let id = desk::exports::ask(&scene.desk, self.owner()).await.unwrap();
        scene.settle().await;
        id.0
    }
}
