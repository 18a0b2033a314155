//! The audit as it is kept, for whoever keeps it elsewhere: the oldest first, piece by piece.

use std::collections::VecDeque;

use futures_util::stream::{self, BoxStream, StreamExt};
use rules::{access::Action, instant::Instant};
use store::audit::{From, Kept, Wanted};

use crate::{Actor, Desk, Result};

/// Entries that are read at once.
const PIECE: i64 = 500;

/// All entries that are wanted; the desk's own command may too.
pub fn export(desk: &Desk, actor: &Actor, wanted: Wanted) -> Result<BoxStream<'static, Result<Kept>>> {
    if !matches!(actor, Actor::Desk(_)) {
        actor.staff(Action::ReadAudit)?;
    }
    let reading = Reading { desk: desk.clone(), wanted, after: None, read: VecDeque::new(), is_over: false };
    Ok(stream::try_unfold(reading, |mut reading| async {
        let next = reading.next().await?;
        Ok(next.map(|kept| (kept, reading)))
    })
    .boxed())
}

/// An entry as a line of JSON that holds its own hash. One whose actor does not read any more is written as it is kept.
pub fn json_line(kept: &Kept) -> String {
    let line = kept.chained().map(|it| it.link.line_with(it.hash));
    line.unwrap_or_else(|| serde_json::json!({ "number": kept.number, "spoilt": kept.act }).to_string()) + "\n"
}

const COLUMNS: &str = "number,at,by,person,about,what,previous,hash";

/// The first line of a table.
pub fn csv_head() -> String {
    format!("{COLUMNS}\r\n")
}

/// An entry as a line of a table (RFC 4180). It holds numbers, words of ours and JSON, which begins with a brace: nothing that a
/// spreadsheet would run.
pub fn csv_line(kept: &Kept) -> String {
    let person = kept.actor_id.map_or_else(String::new, |person| person.to_string());
    let act = kept.act.replace('"', "\"\"");
    let Kept { number, at, actor_kind, area, previous, hash, .. } = kept;
    format!("{number},{at},{actor_kind},{person},{area},\"{act}\",{previous},{hash}\r\n")
}

struct Reading {
    desk: Desk,
    wanted: Wanted,
    after: Option<(Instant, i64)>,
    read: VecDeque<Kept>,
    is_over: bool,
}

impl Reading {
    async fn next(&mut self) -> Result<Option<Kept>> {
        if self.read.is_empty() && !self.is_over {
            let from = From::After(self.after);
            let read = store::audit::list(self.desk.store.read(), &self.wanted, from, PIECE).await?;
            self.after = read.last().map(|last| (last.at, last.number));
            self.is_over = read.is_empty();
            self.read.extend(read);
        }
        Ok(self.read.pop_front())
    }
}
