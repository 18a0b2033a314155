//! The numbers by which things are known. One newtype per table, so that they cannot be mixed up.

use serde::{Deserialize, Serialize};

macro_rules! id {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(s: &str) -> Result<Self, Self::Err> {
                s.parse().map($name)
            }
        }
    )*};
}

id! {
    /// A person; customers and staff share one space of ids, never reused.
    PersonId
    /// An e-mail address of a person.
    AddressId
    /// A customer's organisation.
    OrganisationId
    /// A signed-in browser.
    SessionId
    /// A single-use link (verification, password reset), of which only the hash is kept.
    LinkId
    /// Somebody who is asked to join an organisation.
    InvitationId
    /// An organisation that files for another, or is asked to.
    ResaleId
    /// An organisation that ended in another.
    MergeId
    /// A request; its id is the number that people see.
    TicketId
    /// A message of a conversation.
    MessageId
    /// A file that came with a draft, a request or a message.
    AttachmentId
    /// A file on its way.
    UploadId
    /// A text kept until it is sent.
    DraftId
    /// A stored version of the support policy.
    PolicyVersionId
    /// Something that is said of a bug.
    BugCommentId
    /// A unit of work that runs by itself.
    JobId
    /// A mail on its way out.
    OutgoingId
    /// A licence of an organisation.
    LicenceId
    /// An archive of what concerns a person, who asked for it.
    ExportId
    /// A build of the migration tool.
    ToolId
    /// A release of the product.
    ReleaseId
    /// A bug that reports join; its id is the number that people see.
    BugId
    /// A message of staff to those whom a bug affects.
    CircularId
    /// A token with which a program comes.
    ApiTokenId
    /// A question that somebody keeps as a view.
    SavedViewId
    /// Something that a member of staff is told.
    NotificationId
    /// A browser to which notifications are pushed.
    PushDeviceId
    /// A key by which push services know the desk.
    PushKeyId
    /// A team of the desk.
    TeamId
    /// A text that is kept for replies.
    TemplateId
    /// A domain that the audit names.
    DomainNoteId
    /// Something that was redacted.
    RedactionId
    /// Something that is done to many requests at once.
    BulkJobId
    /// A policy that is being tried on what happened.
    SimulationId
    /// The place of an event in the journal, in the order of commits.
    Seq
}
