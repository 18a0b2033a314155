//! What stands at the top of every page while nothing can be written, or soon may not be: a kind sentence for customers,
//! the reason for staff, and for administrators a warning while there is still time.

use desk::{Actor, Standing};
use rules::access::Grant;
use words::size::{limit, size};

use crate::{
    app::App,
    door::Visit,
    pages::{banner, parts::Notice},
};

pub(crate) fn banner(app: &App, visit: &Visit) -> Option<Notice> {
    let grants = match &visit.actor {
        Actor::Person(signed) => Some(signed.grants),
        Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => None,
    };
    let is_staff = grants.is_some_and(|grants| grants.is_staff());
    match app.desk.standing() {
        Standing::Writes if is_staff && app.desk.is_tight() => {
            Some(banner::tight(&size(app.desk.space.free().unwrap_or(0)), &limit(app.desk.kept_free)))
        }
        Standing::Writes if grants.is_some_and(|grants| grants.has(Grant::Administrator)) => {
            let room = app.desk.room().filter(|room| room.is_low())?;
            Some(banner::low(&size(room.free), &size(room.size)))
        }
        Standing::Writes => None,
        Standing::Full if is_staff => Some(banner::full()),
        Standing::Stopped if is_staff => Some(banner::stopped()),
        Standing::Full | Standing::Stopped => Some(banner::kind()),
    }
}
