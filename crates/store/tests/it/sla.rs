//! Shows clocks and their marks, on both engines.

use rules::{events::TargetKind, ids::TicketId};
use store::sla::{self, ClockRow};

use crate::{
    cast::{danas_request, minute},
    stage::Stage,
};

both_engines!(clocks_are_replaced_and_only_what_is_due_is_found);

fn clock(mark: Option<i64>) -> ClockRow {
    ClockRow {
        target: TargetKind::FirstResponse,
        cycle: 0,
        started_at: minute(0),
        due_at: Some(minute(480)),
        standing: "running".into(),
        ended_at: None,
        worked: None,
        mark_at: mark.map(minute),
    }
}

async fn clocks_are_replaced_and_only_what_is_due_is_found(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (first, second) = (danas_request(&tx).await.0, danas_request(&tx).await.0);
    assert_eq!(store::upcoming(&tx).await.unwrap().mark, None);
    sla::replace(&tx, first, &[clock(Some(10)), clock(Some(30)), clock(None)]).await.unwrap();
    sla::replace(&tx, second, &[clock(Some(20))]).await.unwrap();
    let due = async |now, limit| -> Vec<TicketId> { sla::due(&tx, minute(now), limit).await.unwrap() };
    assert_eq!(due(9, 10).await, []);
    assert_eq!(due(10, 10).await, [first]);
    assert_eq!(due(30, 10).await, [first, second], "each once, the oldest mark first");
    assert_eq!(due(30, 1).await, [first]);
    assert_eq!(store::upcoming(&tx).await.unwrap().mark, Some(minute(10)));
    sla::replace(&tx, first, &[clock(Some(25))]).await.unwrap();
    assert_eq!(due(30, 10).await, [second, first], "the clocks that it no longer has are gone");
}
