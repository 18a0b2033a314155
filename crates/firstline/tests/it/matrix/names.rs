//! What the addresses of routes name: made anew for each knock.

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
    /// The same, where a tracker is set up.
    BugBesideTracker,
    /// The same, with an issue in it.
    Issue,
    /// A bug and a comment on it.
    BugComment,
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
