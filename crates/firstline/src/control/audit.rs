//! The audit on the command line: proven whole, and written out.

use std::path::Path;

use anyhow::{Context, ensure};
use desk::{
    Actor, Desk,
    audit::{Head, Wanted, csv_head, csv_line, export, json_line},
};
use futures_util::StreamExt;
use words::lang::Lang;

use super::{Response, exports::save};

/// Whether every entry fits, and those of the heads that were kept elsewhere are there.
pub(super) async fn verify(desk: &Desk, heads: &[Head]) -> Response {
    match desk::audit::verify(desk.store.read(), heads).await {
        Err(error) => Response::Refused(error.to_string()),
        Ok(verdict) => match verdict.broken {
            Some(broken) => Response::Refused(said(&broken, &verdict.head)),
            None => Response::Done(whole(&verdict.head)),
        },
    }
}

/// Where a chain that is whole ends.
pub(crate) fn whole(head: &Head) -> String {
    match head.number {
        0 => "The audit is whole: no entries yet.".to_owned(),
        _ => format!("The audit is whole: {} entries, and the last is {head}", head.number),
    }
}

/// What does not fit, and what does before it.
pub(crate) fn said(broken: &desk::audit::Broken, head: &Head) -> String {
    format!("the audit is not whole: {}. The last entry that fits is {head}", words::audit::broken(Lang::En, broken))
}

/// All of it, as CSV or JSON Lines by the ending of the file.
pub(super) async fn write(desk: &Desk, into: &Path) -> Response {
    match written(desk, into).await {
        Ok(said) => Response::Done(said),
        Err(error) => Response::Refused(format!("{error:#}")),
    }
}

async fn written(desk: &Desk, into: &Path) -> anyhow::Result<String> {
    ensure!(!into.exists(), "{} is there already; name something that is not", into.display());
    let ending = into.extension().and_then(|ending| ending.to_str()).unwrap_or_default().to_lowercase();
    let is_table = match ending.as_str() {
        "csv" => true,
        "jsonl" | "ndjson" => false,
        _ => anyhow::bail!(
            "{} names no form; end it in .csv for a table, or in .jsonl for lines of JSON",
            into.display()
        ),
    };
    let head = if is_table { csv_head() } else { String::new() };
    let entries = export(desk, &Actor::COMMAND, Wanted::default())?;
    let lines = entries.map(move |kept| {
        kept.map(|kept| bytes::Bytes::from(if is_table { csv_line(&kept) } else { json_line(&kept) }))
    });
    let first = futures_util::stream::iter([Ok(bytes::Bytes::from(head))]);
    save(into, first.chain(lines)).await.context("the audit was not written")?;
    let head = store::audit::head(desk.store.read()).await?;
    Ok(format!("Wrote the audit to {}: {} entries, and the last is {head}", into.display(), head.number))
}
