//! A report that is merged into another request leaves its bug in favour of that one (FRT-5, BUG-2).

use desk::{
    bugs::{self, Accepted},
    tickets::{merge, undo_merge},
};
use rules::{
    bugs::Severity,
    ids::{BugId, TicketId},
};
use testkit::{Scene, on_both};

async fn bug_of(scene: &Scene, ticket: TicketId) -> Option<BugId> {
    store::bugs::of_ticket(scene.desk.store.read(), ticket).await.unwrap()
}

/// Two reports of Dana's; the first is accepted.
async fn two(scene: &Scene) -> (TicketId, TicketId, BugId) {
    let (dana, ines) = (scene.dana().await, scene.ines().await);
    let one = scene.files(&dana, "bug", "Exports lose the last line").await;
    let other = scene.files(&dana, "bug", "The last line is missing").await;
    let new = Accepted::New { title: "Exports lose a line".into(), severity: Severity::Major };
    let bug = bugs::accept(&scene.desk, &ines, one, new).await.unwrap();
    (one, other, bug)
}

on_both! {
    async fn frt_5_a_merged_report_leaves_its_bug_to_the_other_and_comes_back(scene) {
        let (one, other, bug) = two(&scene).await;
        let ines = scene.ines().await;
        merge(&scene.desk, &ines, one, other).await.unwrap();
        assert_eq!((bug_of(&scene, one).await, bug_of(&scene, other).await), (None, Some(bug)));
        undo_merge(&scene.desk, &ines, one).await.unwrap();
        assert_eq!((bug_of(&scene, one).await, bug_of(&scene, other).await), (Some(bug), None));
    }

    async fn frt_5_of_two_reports_of_two_bugs_the_other_stays_where_it_is(scene) {
        let (one, other, bug) = two(&scene).await;
        let ines = scene.ines().await;
        let new = Accepted::New { title: "Lines are missing".into(), severity: Severity::Minor };
        let second = bugs::accept(&scene.desk, &ines, other, new).await.unwrap();
        merge(&scene.desk, &ines, one, other).await.unwrap();
        assert_eq!((bug_of(&scene, one).await, bug_of(&scene, other).await), (None, Some(second)));
        undo_merge(&scene.desk, &ines, one).await.unwrap();
        assert_eq!((bug_of(&scene, one).await, bug_of(&scene, other).await), (Some(bug), Some(second)));
    }
}
