//! The search index, from the command line: made anew, and how far that is.

use desk::{Desk, search::Standing};

use super::Response;

/// Throws it away; whoever follows the journal makes it anew.
pub(super) async fn rebuild(desk: &Desk) -> Response {
    match desk.store.search().begin_anew(desk.store.read()).await {
        Ok(()) => {
            desk.wake();
            Response::Done("The search index is being made anew.".to_owned())
        }
        Err(error) => Response::Refused(error.to_string()),
    }
}

/// While it is being made, up to which request of how many; then that it is whole.
pub(super) async fn progress(desk: &Desk) -> Response {
    let all = match store::tickets::newest(desk.store.read()).await {
        Ok(all) => all,
        Err(error) => return Response::Refused(error.to_string()),
    };
    match desk.store.search().standing().0 {
        Standing::Absent => Response::Text(said(0, all)),
        Standing::Building { upto } => Response::Text(said(upto, all)),
        Standing::Ready => Response::Done("The search index is whole.".to_owned()),
    }
}

/// "120000 of 1000000 requests".
pub(crate) fn said(upto: i64, all: i64) -> String {
    format!("{upto} of {all} requests")
}
