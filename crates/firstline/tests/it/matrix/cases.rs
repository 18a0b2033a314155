//! For every route what it names and what its form holds when it is filled in well. A route without a line here fails
//! the tests, and so does a line without a route.

use web::routes::Route;

/// What a route's address names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Names {
    Nothing,
    Request,
    /// A reply that is still held: one's own, for who may write one.
    HeldReply,
    /// A member of staff's message in a request.
    Response,
    /// A message of the customer's in a request.
    CustomerMessage,
    /// A request and somebody who was added to it.
    Added,
    /// A request and another that it is linked with, of the same requester.
    Linked,
    /// A request that was merged into another just now.
    Merged,
    /// A request that is with the developers.
    WithDevelopers,
    /// A request that is over.
    Over,
    /// A security report that has an advisory.
    Advised,
    /// The link of the mail that asks how it went.
    RatingLink,
    /// A file that a request was filed with.
    RequestFile,
    Draft,
    DraftFile,
    /// A file on its way, and one that has arrived whole.
    DraftUpload,
    ArrivedUpload,
    Session,
    /// A browser that shows notifications, of one's own or somebody else's.
    PushDevice,
    /// An archive of somebody's own data.
    Export,
    /// A mail that failed for good.
    FailedWork,
    /// A mail that a server refused.
    RefusedMail,
    /// A build of the migration tool.
    Tool,
    /// An organisation of its own, known by a domain, and a member of it.
    Organisation,
    /// The same, and somebody who is asked to join it.
    Asking,
    /// The same, and another into which it may go.
    Mergeable,
    /// An organisation and one that ended in it.
    Ended,
    /// An organisation and the grant by which another files for it.
    Reselling,
    /// An offer, to who knocks or to somebody else, that theirs files for an organisation.
    Offer,
    /// Somebody who waits to be let in.
    Waiting,
    /// An organisation to whose people those who knock belong, each in their way, with somebody who is asked to join it.
    OwnOrganisation,
    /// An invitation to who knocks, or to somebody else.
    Invitation,
    /// The link of an invitation to an address without an account.
    InvitationLink,
    /// The token of a program.
    Token,
    SavedView,
    /// A job in bulk that can be begun.
    BulkJob,
    /// One that is over.
    BulkDone,
    Team,
    /// A bug that everybody may read of.
    Bug,
    /// A message to those whom a bug affects, which the one who knocks got, or another.
    Circular,
    /// A report of a bug: alone, in a bug, or asked to confirm its fix.
    Report,
    ReportInBug,
    ToConfirm,
    /// A release of the product.
    Release,
    Template,
    /// A customer who is there for nothing else.
    Somebody,
    /// An organisation and its licence.
    Licence,
    /// A policy that is being tried: by who knocks, where they are staff.
    Simulation,
    /// A link from a mail.
    VerificationLink,
    ResetLink,
    ProofLink,
    /// A mail that the demo kept.
    Mail,
}

/// What a form sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    Nothing,
    Fields(&'static [(&'static str, &'static str)]),
    /// One text file.
    File,
    /// A table of licences, to be tried.
    Table,
    /// A list of releases, to be tried.
    Changelog,
    /// A request, complete.
    Filing,
    /// A sign-up with its proof of work.
    SignUp,
    /// A pair that is none.
    SignIn,
    /// The priority wished for, with a reason.
    Priority,
    /// The number of another request of the same requester.
    Another(&'static str),
    /// The number of what the case names.
    This(&'static str),
    /// The address of a customer who has no part in it.
    Address,
    /// A support policy with a comment of its own, and a day.
    Policy,
    /// The first step of a resumable upload, and its next part.
    BeginUpload,
    UploadPart,
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct Case {
    pub names: Names,
    pub form: Form,
}

type Line = (&'static str, &'static str, Names, Form);

use Form::{
    Address, Another, BeginUpload, Changelog, Fields, File, Filing, Nothing as Empty, Policy, Priority, SignIn, SignUp,
    Table, This, UploadPart,
};
use Names::{
    Added, Advised, ArrivedUpload, Asking, Bug, BulkDone, BulkJob, Circular, CustomerMessage, Draft, DraftFile,
    DraftUpload, Ended, Export, FailedWork, HeldReply, Invitation, InvitationLink, Licence, Linked, Mail, Mergeable,
    Merged, Nothing, Offer, Organisation, Over, OwnOrganisation, ProofLink, PushDevice, RatingLink, RefusedMail,
    Release, Report, ReportInBug, Request, RequestFile, Reselling, ResetLink, Response, SavedView, Session, Simulation,
    Somebody, Team, Template, ToConfirm, Token, Tool, VerificationLink, Waiting, WithDevelopers,
};

/// A form that showed nothing.
const SHEET: &str = "00000000000000000000000000000000";

/// Where a browser is reached: the receiver of RFC 8291, appendix A.
pub(super) const SUBSCRIPTION: &str = r#"{"endpoint":"https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV","keys":{"p256dh":"BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4","auth":"BTBZMqHH6r4Tts7J_aSIgg"}}"#;

/// A message to those whom a bug affects, to be looked at.
const WRITTEN: Form = Fields(&[("subject.0", "Exports"), ("body.0", "Do not rely on them."), ("do", "look")]);
/// A word of the subject that every request here has; and a file.
const GONE: Form = Fields(&[("do", "redact"), ("passage.0", "sees"), ("why", "secret")]);

const CASES: &[Line] = &[
    ("GET", "/", Nothing, Empty),
    ("GET", "/search", Nothing, Empty),
    ("GET", "/push-worker.js", Nothing, Empty),
    ("GET", "/support", Nothing, Empty),
    ("GET", "/releases", Nothing, Empty),
    ("GET", "/releases.atom", Nothing, Empty),
    ("GET", "/releases/between", Nothing, Empty),
    ("GET", "/releases/{version}", Release, Empty),
    ("POST", "/verdict", Nothing, Fields(&[("type", "bug"), ("detail.version", "5.12.1")])),
    ("GET", "/support.md", Nothing, Empty),
    ("GET", "/migrate", Nothing, Empty),
    ("POST", "/migrate/systems", Nothing, Fields(&[("system", "Oldtest")])),
    ("GET", "/migrate/tool/{id}", Tool, Empty),
    ("GET", "/.well-known/security.txt", Nothing, Empty),
    ("GET", "/security/report", Nothing, Empty),
    (
        "POST",
        "/security/report",
        Nothing,
        Fields(&[("address", "mila@elsewhere.example"), ("subject", "Tokens in logs")]),
    ),
    ("GET", "/security/report/{token}", VerificationLink, Empty),
    ("POST", "/security/report/{token}", VerificationLink, Empty),
    ("GET", "/sign-up", Nothing, Empty),
    ("POST", "/sign-up", Nothing, SignUp),
    ("GET", "/altcha/challenge", Nothing, Empty),
    ("GET", "/verify/{token}", VerificationLink, Empty),
    ("POST", "/verify/{token}", VerificationLink, Fields(&[("password", world::PASSWORD)])),
    ("GET", "/sign-in", Nothing, Empty),
    ("POST", "/sign-in", Nothing, SignIn),
    ("POST", "/sign-out", Nothing, Empty),
    ("GET", "/reset", Nothing, Empty),
    ("POST", "/reset", Nothing, Fields(&[("address", "")])),
    ("GET", "/reset/{token}", ResetLink, Empty),
    ("POST", "/reset/{token}", ResetLink, Fields(&[("password", world::PASSWORD)])),
    ("GET", "/licences", Nothing, Empty),
    ("POST", "/organisations/{id}/contacts", Organisation, Fields(&[("address", "nobody@fresh.example")])),
    ("POST", "/organisations/{id}/contacts/{person}/removal", Organisation, Empty),
    ("GET", "/account", Nothing, Empty),
    ("POST", "/account/sessions/{id}/revocation", Session, Empty),
    ("POST", "/account/proof", Nothing, Empty),
    ("GET", "/proof/{token}", ProofLink, Empty),
    ("POST", "/proof/{token}", ProofLink, Empty),
    ("POST", "/account/sign-out-everywhere", Nothing, Empty),
    ("POST", "/account/exports", Nothing, Empty),
    ("GET", "/account/exports/{id}", Export, Empty),
    ("POST", "/account/invitations/{id}", Invitation, Fields(&[("do", "decline")])),
    ("POST", "/account/resales/{id}", Offer, Empty),
    ("GET", "/invitations/{token}", InvitationLink, Empty),
    ("POST", "/invitations/{token}", InvitationLink, Fields(&[("name", "Mila Novak"), ("password", world::PASSWORD)])),
    ("POST", "/organisation", OwnOrganisation, This("organisation")),
    ("GET", "/organisations/{id}", OwnOrganisation, Empty),
    ("POST", "/organisations/{id}/leaving", OwnOrganisation, Fields(&[("heir", "")])),
    ("POST", "/organisations/{id}/members/{person}/role", OwnOrganisation, Fields(&[("role", "manager")])),
    ("POST", "/organisations/{id}/members/{person}/leaving", OwnOrganisation, Fields(&[("heir", "")])),
    (
        "POST",
        "/organisations/{id}/invitations",
        OwnOrganisation,
        Fields(&[("address", "mila@own.example"), ("role", "member")]),
    ),
    ("POST", "/organisations/{id}/invitations/{invitation}/resending", OwnOrganisation, Empty),
    ("POST", "/organisations/{id}/invitations/{invitation}/revocation", OwnOrganisation, Empty),
    ("POST", "/organisations/{id}/resellers", OwnOrganisation, Fields(&[("reseller", "kim@resell.example")])),
    ("POST", "/organisations/{id}/resellers/{resale}/end", OwnOrganisation, Empty),
    ("GET", "/requests", Nothing, Empty),
    ("POST", "/requests", Nothing, Filing),
    ("POST", "/requests/visibility", Nothing, Fields(&[("organisation", "1")])),
    ("GET", "/requests/new", Nothing, Empty),
    ("GET", "/requests/new/{type}", Nothing, Empty),
    ("POST", "/suggestions", Nothing, Fields(&[("type", "question"), ("form", ""), ("subject", "When are you here?")])),
    ("POST", "/suggestions/opened", Nothing, Fields(&[("form", SHEET), ("target", "section/hours")])),
    ("POST", "/suggestions/waved-away", Nothing, Fields(&[("form", SHEET), ("target", "scope/framework")])),
    ("GET", "/requests/{id}", Request, Empty),
    ("POST", "/requests/{id}/messages", Request, Fields(&[("text", "It is still so.")])),
    ("GET", "/requests/{id}/details", Request, Empty),
    ("POST", "/requests/{id}/details", Request, Fields(&[("detail.symptoms", "It hangs.")])),
    ("POST", "/requests/{id}/wish", Request, Fields(&[("priority", "medium"), ("reason", "The plant stands still.")])),
    ("POST", "/requests/{id}/escalation", Request, Fields(&[("reason", "The plant stands still.")])),
    ("POST", "/requests/{id}/participants", Request, Address),
    ("POST", "/requests/{id}/participants/{person}/removal", Added, Empty),
    ("POST", "/requests/{id}/rating", Over, Fields(&[("verdict", "good")])),
    ("GET", "/rating/{ticket}/{person}/{signature}", RatingLink, Empty),
    ("POST", "/rating/{ticket}/{person}/{signature}", RatingLink, Fields(&[("verdict", "good")])),
    ("POST", "/requests/{id}/closure", Request, Empty),
    ("GET", "/requests/{id}/redaction/{place}", Request, Empty),
    ("POST", "/requests/{id}/redaction/{place}", Request, GONE),
    ("GET", "/attachments/{id}/redaction", RequestFile, Empty),
    ("POST", "/attachments/{id}/redaction", RequestFile, GONE),
    ("GET", "/drafts", Nothing, Empty),
    ("POST", "/drafts", Nothing, Fields(&[("draft_for", "new/question"), ("subject", "Half a thought")])),
    ("GET", "/drafts/{id}", Draft, Empty),
    ("POST", "/drafts/{id}", Draft, Fields(&[("do", "discard")])),
    ("POST", "/drafts/{id}/attachments", Draft, File),
    ("OPTIONS", "/uploads", Nothing, Empty),
    ("POST", "/uploads", Draft, BeginUpload),
    ("HEAD", "/uploads/{token}", DraftUpload, Empty),
    ("PATCH", "/uploads/{token}", DraftUpload, UploadPart),
    ("DELETE", "/uploads/{token}", DraftUpload, Empty),
    ("POST", "/uploads/{token}/file", ArrivedUpload, Empty),
    ("GET", "/attachments/{id}", RequestFile, Empty),
    ("POST", "/attachments/{id}/removal", DraftFile, Empty),
    ("POST", "/preview", Nothing, Fields(&[("text", "*so*")])),
    ("GET", "/desk", Nothing, Empty),
    ("GET", "/desk/views/{view}", Nothing, Empty),
    ("GET", "/desk/search", Nothing, Empty),
    ("GET", "/desk/search/offers", Nothing, Empty),
    ("GET", "/desk/palette", Nothing, Empty),
    ("GET", "/desk/bulk", BulkJob, Empty),
    ("POST", "/desk/bulk", BulkJob, Fields(&[("view", "needs-answer"), ("all", "yes"), ("act", "note")])),
    ("GET", "/desk/bulk/{id}", BulkJob, Empty),
    ("POST", "/desk/bulk/{id}/act", BulkJob, Fields(&[("act", "note"), ("words", "Known.")])),
    ("POST", "/desk/bulk/{id}/beginning", BulkJob, Fields(&[("round", "1")])),
    ("POST", "/desk/bulk/{id}/stopping", BulkJob, Empty),
    ("POST", "/desk/bulk/{id}/undoing", BulkDone, Fields(&[("reason", "It was a mistake.")])),
    ("POST", "/desk/requests/{id}/bug", Report, Fields(&[("bug", "new"), ("severity", "major")])),
    ("POST", "/desk/requests/{id}/bug/removal", ReportInBug, Empty),
    (
        "POST",
        "/desk/requests/{id}/bug/refusal",
        Report,
        Fields(&[("why", "not_reproducible"), ("text", "We tried it on 5.12.1."), ("then", "wait")]),
    ),
    ("GET", "/desk/bugs", Nothing, Empty),
    ("GET", "/desk/bugs/new", Nothing, Empty),
    (
        "POST",
        "/desk/bugs",
        Nothing,
        Fields(&[("title", "Exports lose a line"), ("severity", "major"), ("source", "own_tests")]),
    ),
    ("GET", "/desk/bugs/{id}", Bug, Empty),
    ("GET", "/desk/bugs/{id}/affected", Bug, Empty),
    ("GET", "/desk/bugs/{id}/affected.csv", Bug, Empty),
    ("GET", "/desk/bugs/{id}/affected/message", Bug, Empty),
    ("POST", "/desk/bugs/{id}/affected/message", Bug, WRITTEN),
    ("GET", "/messages/{id}", Circular, Empty),
    ("POST", "/messages/{id}", Circular, Fields(&[("body", "We saw it too.")])),
    ("POST", "/desk/bugs/{id}/step", Bug, Fields(&[("do", "confirm")])),
    ("POST", "/desk/bugs/{id}/checklist", Bug, Fields(&[("fault.start", "no"), ("around", "nothing")])),
    ("POST", "/desk/bugs/{id}/description", Bug, Fields(&[("title", "Exports lose a line"), ("severity", "minor")])),
    ("GET", "/bugs", Nothing, Empty),
    ("GET", "/bugs/{id}", Bug, Empty),
    ("POST", "/bugs/{id}/following", Bug, Empty),
    ("POST", "/requests/{id}/still-there", ToConfirm, Fields(&[("version", "5.12.1"), ("text", "It is still there.")])),
    ("GET", "/desk/releases", Nothing, Empty),
    ("GET", "/desk/releases/new", Nothing, Empty),
    ("POST", "/desk/releases", Nothing, Fields(&[("version", "1.1"), ("notes", "")])),
    ("GET", "/desk/releases/import", Nothing, Empty),
    ("POST", "/desk/releases/import", Nothing, Changelog),
    ("POST", "/desk/releases/rollout", Release, Fields(&[("version", "1.1"), ("instance", "eu1")])),
    ("GET", "/desk/releases/{version}", Release, Empty),
    ("POST", "/desk/releases/{version}", Release, Fields(&[("notes", "### Fixed\n\n- Exports end\n")])),
    (
        "POST",
        "/desk/releases/{version}/withdrawal",
        Release,
        Fields(&[("why", "It loses results."), ("do", "withdraw")]),
    ),
    ("GET", "/desk/teams", Nothing, Empty),
    ("GET", "/desk/teams/new", Nothing, Empty),
    ("GET", "/desk/teams/{id}", Team, Empty),
    ("POST", "/desk/teams", Team, Another("name")),
    ("POST", "/desk/teams/{id}", Team, Another("name")),
    ("POST", "/desk/teams/{id}/earlier", Team, Empty),
    ("POST", "/desk/teams/{id}/removal", Team, Empty),
    ("GET", "/desk/templates", Nothing, Empty),
    ("GET", "/desk/templates/new", Nothing, Empty),
    ("GET", "/desk/templates/{id}", Template, Empty),
    ("POST", "/desk/templates", Nothing, Fields(&[("name", "Logs"), ("body", "Please send them.")])),
    ("POST", "/desk/templates/{id}", Template, Fields(&[("name", "Logs"), ("body", "Please send all.")])),
    ("POST", "/desk/templates/{id}/removal", Template, Empty),
    ("GET", "/desk/keys", Nothing, Empty),
    ("POST", "/desk/keys", Nothing, Fields(&[("usual", "yes")])),
    ("POST", "/desk/views", Nothing, Fields(&[("name", "Bugs"), ("q", "type:bug")])),
    ("POST", "/desk/views/saved/{id}", SavedView, Fields(&[("name", "Bugs"), ("q", "type:bug")])),
    ("POST", "/desk/views/saved/{id}/removal", SavedView, Empty),
    ("GET", "/desk/live", Nothing, Empty),
    ("GET", "/desk/notifications", Nothing, Empty),
    ("POST", "/desk/notifications/read", Nothing, Empty),
    ("GET", "/desk/notifications/choices", Nothing, Empty),
    ("POST", "/desk/notifications/choices", Nothing, Fields(&[("assigned", "page")])),
    ("GET", "/desk/notifications/devices", Nothing, Empty),
    ("POST", "/desk/notifications/devices", Nothing, Fields(&[("subscription", SUBSCRIPTION)])),
    ("POST", "/desk/notifications/devices/test", Nothing, Empty),
    ("POST", "/desk/notifications/devices/{id}/removal", PushDevice, Empty),
    ("GET", "/desk/opening", Nothing, Empty),
    ("POST", "/desk/away", Nothing, Fields(&[("back", "1")])),
    ("POST", "/desk/requests/{id}/presence", Request, Fields(&[("doing", "looking"), ("page", "7")])),
    ("GET", "/desk/requests/{id}", Request, Empty),
    ("POST", "/desk/requests/{id}/replies", Request, Fields(&[("text", "Which version do you run?")])),
    ("POST", "/desk/requests/{id}/replies/{message}/retraction", HeldReply, Empty),
    ("POST", "/desk/requests/{id}/replies/{message}/ruling", Response, Fields(&[("reason", "It answers nothing.")])),
    ("POST", "/desk/requests/{id}/notes", Request, Fields(&[("text", "Seen before, in March.")])),
    ("POST", "/desk/requests/{id}/assignment", Request, Fields(&[("agent", "me")])),
    ("POST", "/desk/requests/{id}/state", Request, Fields(&[("to", "open")])),
    ("POST", "/desk/requests/{id}/conversion", Request, Fields(&[("to", "support")])),
    ("GET", "/desk/requests/{id}/advisory", Advised, Empty),
    ("POST", "/desk/requests/{id}/advisory", Advised, Fields(&[("affected", "5.12"), ("text", "A draft.")])),
    ("GET", "/desk/requests/{id}/advisory.md", Advised, Empty),
    ("GET", "/desk/requests/{id}/references", Request, Empty),
    ("GET", "/desk/requests/{id}/alike", Request, Empty),
    ("GET", "/desk/requests/{id}/sight", Request, Empty),
    ("POST", "/desk/requests/{id}/watch", Request, Empty),
    ("POST", "/desk/requests/{id}/escalation", Request, Fields(&[("reason", "They called.")])),
    ("POST", "/desk/requests/{id}/secrecy", Request, Fields(&[("secrecy", "confidential")])),
    ("POST", "/desk/requests/{id}/participants", Request, Address),
    ("POST", "/desk/requests/{id}/participants/{person}/removal", Added, Empty),
    ("POST", "/desk/requests/{id}/links", Linked, Another("other")),
    ("POST", "/desk/requests/{id}/links/{other}/removal", Linked, Empty),
    ("POST", "/desk/requests/{id}/merge", Linked, Another("into")),
    ("POST", "/desk/requests/{id}/merge/undoing", Merged, Empty),
    (
        "POST",
        "/desk/requests/{id}/messages/{message}/split",
        CustomerMessage,
        Fields(&[("type", "question"), ("subject", "Something else")]),
    ),
    ("POST", "/desk/requests/{id}/scope", Request, Fields(&[("entry", "third_party")])),
    ("POST", "/desk/requests/{id}/next-word", WithDevelopers, Fields(&[("days", "1")])),
    ("POST", "/desk/requests/{id}/priority", Request, Priority),
    ("GET", "/desk/migrations", Nothing, Empty),
    ("GET", "/desk/organisations", Nothing, Empty),
    ("GET", "/desk/organisations/{id}", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/confirmation", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/region", Organisation, Fields(&[("region", "")])),
    ("POST", "/desk/organisations/{id}/name", Organisation, Fields(&[("name", "Fresh Robotics")])),
    ("POST", "/desk/organisations/{id}/place", Organisation, Fields(&[("edition", ""), ("instance", "eu1")])),
    ("POST", "/desk/organisations/{id}/domains", Organisation, Fields(&[("domain", "new.example")])),
    ("POST", "/desk/organisations/{id}/domains/removal", Organisation, Fields(&[("domain", "fresh.example")])),
    ("POST", "/desk/organisations/{id}/sharing", Organisation, Fields(&[("setting", "managers")])),
    ("POST", "/desk/organisations/{id}/inviting", Organisation, Fields(&[("others", "allowed")])),
    (
        "POST",
        "/desk/organisations/{id}/invitations",
        Organisation,
        Fields(&[("address", "otto@fresh.example"), ("role", "manager")]),
    ),
    ("POST", "/desk/organisations/{id}/invitations/{invitation}/resending", Asking, Empty),
    ("POST", "/desk/organisations/{id}/invitations/{invitation}/revocation", Asking, Empty),
    ("POST", "/desk/organisations/{id}/resellers", Mergeable, Another("reseller")),
    ("POST", "/desk/organisations/{id}/resellers/{resale}/end", Reselling, Empty),
    ("GET", "/desk/organisations/{id}/merge", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/merge", Mergeable, Another("into")),
    ("POST", "/desk/organisations/{id}/merges/{other}/undoing", Ended, Empty),
    ("GET", "/desk/people/waiting", Nothing, Empty),
    ("POST", "/desk/people/{person}/admission", Waiting, Fields(&[("into", "")])),
    ("POST", "/desk/people/{person}/turning-away", Waiting, Fields(&[("reason", "We know no company behind it.")])),
    ("GET", "/desk/policy/holidays", Nothing, Empty),
    ("POST", "/desk/policy/holidays", Nothing, Table),
    ("GET", "/desk/installed/import", Nothing, Empty),
    ("POST", "/desk/installed/import", Nothing, Table),
    ("GET", "/desk/licences/import", Nothing, Empty),
    ("POST", "/desk/licences/import", Nothing, Table),
    ("GET", "/desk/organisations/{id}/licences/new", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/licences", Organisation, Fields(&[("kind", "trial")])),
    ("GET", "/desk/organisations/{id}/licences/{licence}", Licence, Empty),
    ("POST", "/desk/organisations/{id}/licences/{licence}", Licence, Fields(&[("seats", "40")])),
    ("POST", "/desk/organisations/{id}/licences/{licence}/end", Licence, Empty),
    ("POST", "/desk/organisations/{id}/members/{person}/role", Organisation, Fields(&[("role", "manager")])),
    ("POST", "/desk/organisations/{id}/members/{person}/leaving", Organisation, Fields(&[("heir", "")])),
    ("GET", "/desk/outbox", Nothing, Empty),
    ("POST", "/desk/outbox/{id}/trying", FailedWork, Empty),
    ("POST", "/desk/outbox/refused/{id}/sending", RefusedMail, Empty),
    ("POST", "/desk/outbox/{id}/giving-up", FailedWork, Fields(&[("reason", "They were told by phone.")])),
    ("GET", "/desk/parked", Nothing, Empty),
    ("POST", "/desk/parked/{id}/trying", FailedWork, Empty),
    ("POST", "/desk/parked/{id}/giving-up", FailedWork, Fields(&[("reason", "Nobody waits for it.")])),
    ("GET", "/desk/health", Nothing, Empty),
    ("GET", "/desk/report", Nothing, Empty),
    ("GET", "/desk/report/requests", Nothing, Empty),
    ("GET", "/desk/report.csv", Nothing, Empty),
    ("POST", "/desk/report/mail", Nothing, Fields(&[("wanted", "1")])),
    ("GET", "/desk/audit", Nothing, Empty),
    ("GET", "/desk/audit.csv", Nothing, Empty),
    ("GET", "/desk/audit.jsonl", Nothing, Empty),
    ("GET", "/desk/tokens", Nothing, Empty),
    ("POST", "/desk/tokens", Nothing, Fields(&[("name", "Books"), ("permit", "licences.import")])),
    ("POST", "/desk/tokens/{id}/revocation", Token, Empty),
    ("POST", "/api/licences/import", Nothing, Empty),
    ("POST", "/api/installed", Nothing, Empty),
    ("GET", "/api/requests", Nothing, Empty),
    ("GET", "/api/releases", Nothing, Empty),
    ("POST", "/api/releases/import", Nothing, Empty),
    ("POST", "/api/releases/{version}", Release, Empty),
    ("POST", "/api/releases/{version}/rollout", Release, Empty),
    ("POST", "/api/releases/{version}/withdrawal", Release, Empty),
    ("GET", "/desk/people/{id}", Somebody, Empty),
    ("POST", "/desk/people/{id}/sign-out", Somebody, Empty),
    ("POST", "/desk/people/{id}/export", Somebody, Empty),
    ("POST", "/desk/people/{id}/erasure", Somebody, Fields(&[("typed", "somebody@fresh.example")])),
    ("GET", "/desk/organisations/{id}/data", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/export", Organisation, Empty),
    ("POST", "/desk/organisations/{id}/erasure", Organisation, Fields(&[("typed", "Fresh"), ("people", "kept")])),
    ("GET", "/desk/policy", Nothing, Empty),
    ("POST", "/desk/policy", Nothing, Policy),
    ("POST", "/desk/policy/recomputing", Nothing, Empty),
    ("POST", "/desk/policy/check", Nothing, Policy),
    ("POST", "/desk/policy/simulations", Nothing, Policy),
    ("GET", "/desk/policy/simulations/{id}", Simulation, Empty),
    (
        "POST",
        "/desk/attachments/{id}/original",
        RequestFile,
        Fields(&[("reason", "The address of the proxy is masked.")]),
    ),
    ("GET", "/desk/requests/{id}/redaction/{place}", Request, Empty),
    ("POST", "/desk/requests/{id}/redaction/{place}", Request, GONE),
    ("GET", "/desk/attachments/{id}/redaction", RequestFile, Empty),
    ("POST", "/desk/attachments/{id}/redaction", RequestFile, GONE),
    ("GET", "/demo", Nothing, Empty),
    ("GET", "/demo/sign-in/{role}", Nothing, Empty),
    ("POST", "/demo/sign-in/{role}", Nothing, Empty),
    ("GET", "/demo/mails", Nothing, Empty),
    ("GET", "/demo/mails/{id}", Mail, Empty),
    ("GET", "/demo/mails/{id}/html", Mail, Empty),
];

/// The case of a route.
pub(crate) fn of(route: &Route) -> Case {
    let found = CASES.iter().find(|(method, path, ..)| route.method == *method && route.path == *path);
    let (_, _, names, form) =
        found.unwrap_or_else(|| panic!("{} {} has no case in matrix/cases.rs", route.method, route.path));
    Case { names: *names, form: *form }
}

/// Cases that no route has any more.
pub(crate) fn left_over(routes: &[Route]) -> Vec<&'static str> {
    let is_known = |method: &str, path: &str| routes.iter().any(|route| route.method == method && route.path == path);
    CASES.iter().filter(|(method, path, ..)| !is_known(method, path)).map(|(_, path, ..)| *path).collect()
}
