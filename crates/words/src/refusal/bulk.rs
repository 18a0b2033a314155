//! What is said of a job in bulk that is not begun, changed or put back.

use rules::bulk::BulkRefusal;

use super::Said;

pub(super) fn bulk(why: BulkRefusal) -> Said<'static> {
    match why {
        BulkRefusal::NothingChosen => Said::plain("refusal-bulk-nothing-chosen"),
        BulkRefusal::TooMany { limit } => Said::plain("refusal-bulk-too-many").and("limit", limit),
        BulkRefusal::NoQuestion => Said::plain("refusal-bulk-no-question"),
        BulkRefusal::StillBuilding => Said::plain("refusal-bulk-still-building"),
        BulkRefusal::Begun => Said::plain("refusal-bulk-begun"),
        BulkRefusal::StillJudging => Said::plain("refusal-bulk-still-judging"),
        BulkRefusal::NothingToDo => Said::plain("refusal-bulk-nothing-to-do"),
        BulkRefusal::CannotBeUndone => Said::plain("refusal-bulk-cannot-be-undone"),
        BulkRefusal::StillRunning => Said::plain("refusal-bulk-still-running"),
        BulkRefusal::UndoneAlready => Said::plain("refusal-bulk-undone-already"),
    }
}
