//! The reports of dry runs that came with a migration request, read.

use futures_util::TryStreamExt;
use rules::{
    ids::AttachmentId,
    migration::{MOST_BYTES, NoReport, Report},
};
use store::attachments::Attachment;

use crate::{Desk, Result, tickets::Shown};

/// Reports of a request that are read.
const READ: usize = 3;

/// A file that calls itself a report.
#[derive(Clone, Debug)]
pub struct ShownReport {
    pub file: AttachmentId,
    pub name: String,
    pub report: std::result::Result<Report, NoReport>,
}

/// Those among the files that the reader sees, the newest first.
pub async fn reports(desk: &Desk, shown: &Shown) -> Result<Vec<ShownReport>> {
    let policy = desk.policy().await?;
    let is_migration =
        policy.policy().migration.as_ref().is_some_and(|it| it.request_type == shown.ticket.request_type);
    let mut reports = vec![];
    let candidates = shown.files.iter().rev().filter(|file| is_migration && may_be_one(file));
    for file in candidates {
        if reports.len() == READ {
            break;
        }
        let report = match Report::read(&content(desk, file).await?) {
            Err(NoReport::Another) => continue,
            read => read,
        };
        reports.push(ShownReport { file: file.id, name: file.name.clone(), report });
    }
    Ok(reports)
}

fn may_be_one(file: &Attachment) -> bool {
    let is_json = file.name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("json"));
    is_json && usize::try_from(file.bytes).is_ok_and(|bytes| bytes <= MOST_BYTES)
}

async fn content(desk: &Desk, file: &Attachment) -> Result<Vec<u8>> {
    let pieces = desk.store.blobs().stream(&file.blob).await?;
    Ok(pieces
        .try_fold(vec![], |mut whole, piece| async move {
            whole.extend_from_slice(&piece);
            Ok(whole)
        })
        .await?)
}
