//! The builds that there are, and the bytes of one for who is signed in.

use bytes::Bytes;
use futures_util::stream::BoxStream;
use rules::ids::ToolId;
use store::tools::Tool;

use crate::{Actor, Desk, Result};

/// Builds that are listed at most.
const LISTED: i64 = 50;

/// All builds, the one added last first; that there are some is no secret.
pub async fn tools(desk: &Desk) -> Result<Vec<Tool>> {
    Ok(store::tools::newest(desk.store.read(), LISTED).await?)
}

/// Of all builds those of the version that was added last.
pub fn newest(tools: &[Tool]) -> Vec<&Tool> {
    let version = tools.first().map(|tool| tool.version.as_str());
    tools.iter().filter(|tool| Some(tool.version.as_str()) == version).collect()
}

/// A build and its bytes, piece by piece.
pub async fn fetch_tool(
    desk: &Desk,
    actor: &Actor,
    id: ToolId,
) -> Result<(Tool, BoxStream<'static, store::Result<Bytes>>)> {
    actor.signed()?;
    let tool = store::tools::get(desk.store.read(), id).await?;
    let stream = desk.store.blobs().stream(&tool.blob).await?;
    Ok((tool, stream))
}
