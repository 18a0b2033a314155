//! The desk's URLs.

use rules::access::Action;

use super::{Permission::Staff, Route, get, post, upload};
use crate::{
    agent::{queue, request},
    portal::attachments,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/desk", "tickets.desk_view", Staff(Action::UseDesk), queue::show),
        get("/desk/views/{view}", "tickets.desk_view", Staff(Action::UseDesk), queue::view),
        get("/desk/requests/{id}", "tickets.show", Staff(Action::UseDesk), request::show),
        upload("/desk/requests/{id}/replies", "tickets.reply", Staff(Action::Reply), request::reply),
        post(
            "/desk/requests/{id}/replies/{message}/retraction",
            "tickets.take_back",
            Staff(Action::Reply),
            request::take_back,
        ),
        post(
            "/desk/requests/{id}/replies/{message}/ruling",
            "tickets.rule_on_response",
            Staff(Action::RuleOnResponse),
            request::rule,
        ),
        upload("/desk/requests/{id}/notes", "tickets.note", Staff(Action::Note), request::note),
        post("/desk/requests/{id}/assignment", "tickets.assign", Staff(Action::Assign), request::assign),
        post("/desk/requests/{id}/state", "tickets.change_state", Staff(Action::ChangeState), request::change_state),
        post(
            "/desk/attachments/{id}/original",
            "tickets.fetch_original",
            Staff(Action::ReadOriginal),
            attachments::original,
        ),
        post(
            "/desk/requests/{id}/priority",
            "tickets.decide_priority",
            Staff(Action::DecidePriority),
            request::decide_priority,
        ),
    ]
}
