//! A build of the tool is kept, to be downloaded with its hash.

use bytes::Bytes;
use futures_util::Stream;
use rules::{
    access::Action,
    ids::ToolId,
    migration::tidy,
    refusal::{Fault, FieldFault, Refusal},
};
use store::{blobs::NotKept, tools::NewTool};

use crate::{Actor, Desk, Error, Result};

/// Bytes of a build, at most.
const LARGEST: u64 = 2 << 30;

/// A build about to be kept.
#[derive(Clone, Debug)]
pub struct NewBuild {
    pub version: String,
    /// "Linux x86-64".
    pub platform: String,
    /// The file's name.
    pub name: String,
}

/// Keeps it. One version has one build for a platform, and a second is a conflict.
pub async fn add_tool<E: std::fmt::Display>(
    desk: &Desk,
    actor: &Actor,
    new: NewBuild,
    stream: impl Stream<Item = std::result::Result<Bytes, E>>,
) -> Result<ToolId> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::AddTool)?;
    }
    let version = field("version", &new.version)?;
    let (platform, name) = (field("platform", &new.platform)?, field("name", &new.name)?);
    let incoming: String = desk.draw::<16>().iter().map(|byte| format!("{byte:02x}")).collect();
    let written = desk.store.blobs().write(&incoming, LARGEST, stream).await.map_err(|why| match why {
        NotKept::TooLarge { limit } => Refusal::FileTooLarge { limit_bytes: limit }.into(),
        NotKept::Interrupted(_) => Error::from(Refusal::UploadInterrupted),
        NotKept::Store(error) => error.into(),
    })?;
    let tx = desk.store.begin().await?;
    let bytes = i64::try_from(written.bytes).map_err(Error::broken)?;
    let tool = NewTool {
        version: &version,
        platform: &platform,
        name: &name,
        bytes,
        blob: &written.id,
        added_by: actor.by().person,
        now: desk.now(),
    };
    let id = store::tools::insert(&tx, tool).await?;
    tx.commit().await?;
    Ok(id)
}

fn field(name: &str, written: &str) -> Result<String> {
    tidy(written).ok_or_else(|| Error::Invalid(vec![FieldFault { field: name.to_owned(), fault: Fault::Missing }]))
}
