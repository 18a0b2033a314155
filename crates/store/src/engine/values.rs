//! Our values as parameters of a statement.

use rules::{audit, bugs, events, ids, instant::Instant, keys, notices, releases, teams};
use sea_orm::Value;

/// A value that a statement can take.
pub(crate) trait ToValue {
    fn to_value(&self) -> Value;
    /// The typed NULL of this kind of value.
    fn null() -> Value;
}

macro_rules! to_value {
    ($kind:ident: $($type:ty => |$it:ident| $value:expr),+ $(,)?) => {$(
        impl ToValue for $type {
            fn to_value(&self) -> Value {
                let $it = self;
                Value::$kind(Some($value))
            }
            fn null() -> Value {
                Value::$kind(None)
            }
        }
    )+};
}

to_value!(BigInt:
    i64 => |n| *n,
    i32 => |n| i64::from(*n),
    u32 => |n| i64::from(*n),
    u8 => |n| i64::from(*n),
    Instant => |at| at.micros(),
    ids::PersonId => |id| id.0, ids::AddressId => |id| id.0, ids::OrganisationId => |id| id.0, ids::MergeId => |id| id.0,
    ids::SessionId => |id| id.0, ids::InvitationId => |id| id.0, ids::ResaleId => |id| id.0, ids::LinkId => |id| id.0, ids::TicketId => |id| id.0,
    ids::MessageId => |id| id.0, ids::AttachmentId => |id| id.0, ids::DraftId => |id| id.0, ids::UploadId => |id| id.0,
    ids::PolicyVersionId => |id| id.0, ids::JobId => |id| id.0, ids::OutgoingId => |id| id.0,
    ids::SimulationId => |id| id.0, ids::BulkJobId => |id| id.0, ids::ApiTokenId => |id| id.0, ids::SavedViewId => |id| id.0, ids::TeamId => |id| id.0, ids::TemplateId => |id| id.0, ids::DomainNoteId => |id| id.0, ids::NotificationId => |id| id.0, ids::PushDeviceId => |id| id.0, ids::PushKeyId => |id| id.0, ids::ToolId => |id| id.0, ids::ExportId => |id| id.0, ids::Seq => |id| id.0, ids::LicenceId => |id| id.0, ids::ReleaseId => |id| id.0, ids::BugId => |id| id.0, ids::BugCommentId => |id| id.0,
    ids::CircularId => |id| id.0,
);
to_value!(Bool: bool => |b| *b);
to_value!(Bytes: Vec<u8> => |b| b.clone(), [u8] => |b| b.to_vec(), [u8; 32] => |b| b.to_vec());
to_value!(String:
    str => |s| storable(s),
    String => |s| storable(s),
    keys::EntryKey => |k| k.0.clone(), keys::TypeKey => |k| k.0.clone(), keys::PriorityKey => |k| k.0.clone(), keys::DetailKey => |k| k.0.clone(),
    keys::TickKey => |k| k.0.clone(), keys::PlanKey => |k| k.0.clone(), keys::DeploymentKey => |k| k.0.clone(),
    keys::RegionKey => |k| k.0.clone(),
    releases::Change => |w| word(w), releases::Instance => |w| w.as_str().to_owned(), releases::Edition => |w| w.as_str().to_owned(),
    events::State => |w| word(w), events::Secrecy => |w| word(w), events::Channel => |w| word(w),
    events::Audience => |w| word(w), events::ActorKind => |w| word(w), events::TargetKind => |w| word(w),
    bugs::Stage => |w| word(w), bugs::Severity => |w| word(w), bugs::Source => |w| word(w), keys::AreaKey => |k| k.0.clone(),
    teams::Sharing => |w| word(w), notices::Notice => |w| word(w), notices::Way => |w| word(w), events::Via => |w| word(w), audit::Area => |w| word(w), audit::Of => |w| word(w),
);

impl<T: ToValue> ToValue for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(T::null, ToValue::to_value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
    fn null() -> Value {
        T::null()
    }
}

/// Text as both engines keep it: PostgreSQL knows no U+0000, so its visible substitute stands for it.
fn storable(text: &str) -> String {
    text.replace('\0', "\u{fffd}")
}

/// The word that a unit variant serialises to.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        other => unreachable!("a word serialises to a string, not {other:?}"),
    }
}

/// Parameters in the order of `$1`, `$2` …
macro_rules! values {
    ($($value:expr),* $(,)?) => { vec![$($crate::engine::ToValue::to_value(&$value)),*] };
}
pub(crate) use values;

/// `$1, $2, …` for a list of `count` parameters, from `first` on.
pub(crate) fn slots(first: usize, count: usize) -> String {
    (first..first + count).map(|n| format!("${n}")).collect::<Vec<_>>().join(", ")
}
