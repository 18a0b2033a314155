//! What routes of work in bulk name, and a request's file.

use bytes::Bytes;
use desk::tickets;
use rules::{
    bulk::{Act, Phase, Standing, Was},
    ids::{MessageId, Seq},
};
use store::bulk_jobs::{self, NewBulkJob, WasDone};

use super::{Knocking, Named, Names};

impl Knocking<'_> {
    /// A job in bulk of who knocks: one that can be begun, or one that is over and can be put back.
    pub(super) async fn bulk_job(&self) -> i64 {
        let (desk, ticket) = (&self.house.scene.desk, self.request(&[]).await);
        let by = self.actor.as_ref().unwrap_or(&self.house.other).signed().unwrap().person;
        let (now, act) = (desk.now(), Act::Assign { to: None });
        let tx = desk.store.begin().await.unwrap();
        let new = NewBulkJob { by, phase: Phase::Chosen, total: 1, undoes: None, now };
        let id = bulk_jobs::insert(&tx, new).await.unwrap();
        bulk_jobs::add(&tx, id, Standing::Waiting, &[(ticket, None)]).await.unwrap();
        let round = bulk_jobs::decide(&tx, id, &act, "").await.unwrap();
        bulk_jobs::judge(&tx, (id, round), (ticket, MessageId(0)), None).await.unwrap();
        let go = async |from, to| assert!(bulk_jobs::go(&tx, (id, round), (from, to), now).await.unwrap());
        go(Phase::Judging, Phase::Judged).await;
        if self.case.names == Names::BulkDone {
            go(Phase::Judged, Phase::Running).await;
            let done = WasDone { was: Some(Was::Assignee(None)), seq: Some(Seq(1)), at: now };
            assert!(bulk_jobs::done(&tx, id, ticket, &done).await.unwrap());
            go(Phase::Running, Phase::Ended).await;
        }
        tx.commit().await.unwrap();
        id.0
    }

    pub(super) async fn request_file(&self) -> Named {
        // A log would not be taken with a question (REQ-2).
        let content = Bytes::from_static(b"What stands on the screen.\n");
        let file = world::File { field: "detail.evidence".to_owned(), name: "screen.txt".to_owned(), content };
        let ticket = self.request(&[file]).await;
        let requester = self.requester().await;
        let shown = tickets::show(&self.house.scene.desk, &requester, ticket).await.unwrap();
        Named { id: shown.files[0].id.0, ..Named::default() }
    }
}
