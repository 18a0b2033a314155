//! Where a page of a list begins, as an address carries it: behind the last row of the page before.

use desk::tickets::After;
use rules::ids::TicketId;

pub(crate) fn after_text(after: After) -> String {
    format!("{}.{}.{}", after.bucket, after.at, after.id)
}

pub(crate) fn parse_after(text: &str) -> Option<After> {
    let mut parts = text.split('.').map(str::parse::<i64>);
    let mut next = || parts.next()?.ok();
    Some(After { bucket: next()?, at: next()?, id: TicketId(next()?) })
}
