//! The search index: whether there is one, and how far behind the journal it is.

use desk::search::{Mark, peek};
use store::Store;

use super::Finding;
use crate::{config::Config, wire};

/// Entries of the journal that an index may be behind before somebody should look.
const BEHIND: i64 = 1_000;

pub(super) async fn look(config: &Config) -> Option<Finding> {
    let conn = Store::look(&wire::place(config)).ok()?;
    let last = store::events::last(&conn).await.ok();
    // It was only read from.
    let _ = conn.close().await;
    Some(judge(peek(&config.data_dir), last?.0))
}

fn judge(mark: Option<Mark>, last: i64) -> Finding {
    let Some(mark) = mark else {
        return Finding::ok("search", "there is no index yet; the server makes it beside its work");
    };
    let behind = last - mark.seq.0;
    match mark.upto {
        Some(upto) => Finding::ok(
            "search",
            format!("the server is making the index beside its work; requests up to {upto} are in it"),
        ),
        None if behind < 0 => Finding::warn(
            "search",
            "the index knows of more than the database: it is of another one",
            "start the server: it makes the index anew",
        ),
        None if behind > BEHIND => Finding::warn(
            "search",
            format!("the index is {behind} entries of the journal behind"),
            "see that the server runs; if it does, its log says why",
        ),
        None => Finding::ok("search", format!("the index is whole, {behind} entries of the journal behind")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::Verdict;

    #[test]
    fn an_index_that_is_far_behind_or_of_another_database_is_something_to_look_at() {
        let folder = tempfile::tempdir().unwrap();
        let verdict = |last| judge(peek(folder.path()), last).verdict;
        assert_eq!(verdict(5_000), Verdict::Ok, "there is none yet");
        std::fs::create_dir(folder.path().join("search")).unwrap();
        let mark = |upto: &str| {
            let mark = format!(r#"{{"form":1,"seq":900,"recorded_at":7,"upto":{upto},"policy":1,"purge":false}}"#);
            let meta = serde_json::json!({ "payload": mark }).to_string();
            std::fs::write(folder.path().join("search/meta.json"), meta).unwrap();
        };
        mark("null");
        assert_eq!([899, 900, 1_900, 1_901].map(verdict), [Verdict::Warn, Verdict::Ok, Verdict::Ok, Verdict::Warn]);
        mark("17");
        assert_eq!(verdict(9_000), Verdict::Ok, "it is being made");
    }
}
