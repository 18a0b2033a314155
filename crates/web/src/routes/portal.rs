//! The portal's URLs.

use Permission::{Everybody, SignedIn};

use super::{Permission, Route, get, post, upload};
use crate::portal::{
    account, attachments, drafts, home, new_request, preview, request, requests, search, security_txt, sign_in,
    sign_up, suggestions, support,
};

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/", "home", Everybody, home::show),
        get("/search", "search.find", Everybody, search::show),
        get("/support", "policy.support_page", Everybody, support::show),
        get("/support.md", "policy.support_page", Everybody, support::markdown),
        get("/.well-known/security.txt", "policy.security_txt", Everybody, security_txt::show),
        get("/sign-up", "people.sign_up", Everybody, sign_up::show),
        post("/sign-up", "people.sign_up", Everybody, sign_up::send),
        get("/altcha/challenge", "people.challenge", Everybody, sign_up::challenge),
        get("/verify/{token}", "people.verify", Everybody, sign_up::show_verify),
        post("/verify/{token}", "people.verify", Everybody, sign_up::verify),
        get("/sign-in", "people.sign_in", Everybody, sign_in::show),
        post("/sign-in", "people.sign_in", Everybody, sign_in::send),
        post("/sign-out", "people.sign_out", SignedIn, sign_in::sign_out),
        get("/reset", "people.ask_reset", Everybody, sign_in::show_reset),
        post("/reset", "people.ask_reset", Everybody, sign_in::ask_reset),
        get("/reset/{token}", "people.reset", Everybody, sign_in::show_new_password),
        post("/reset/{token}", "people.reset", Everybody, sign_in::reset),
        get("/account", "people.sessions", SignedIn, account::show),
        post("/account/sessions/{id}/revocation", "people.end_session", SignedIn, account::end_session),
        post("/account/sign-out-everywhere", "people.sign_out_everywhere", SignedIn, account::sign_out_everywhere),
        get("/requests", "tickets.own", SignedIn, requests::show),
        upload("/requests", "tickets.open", SignedIn, new_request::send),
        get("/requests/new", "tickets.open", Everybody, new_request::types),
        get("/requests/new/{type}", "tickets.open", SignedIn, new_request::show),
        post("/suggestions", "search.suggest", SignedIn, suggestions::show),
        post("/suggestions/opened", "search.opened", SignedIn, suggestions::opened),
        post("/suggestions/waved-away", "search.wave_away", SignedIn, suggestions::wave_away),
        get("/requests/{id}", "tickets.show", SignedIn, request::show),
        upload("/requests/{id}/messages", "tickets.answer", SignedIn, request::answer),
        post("/requests/{id}/wish", "tickets.raise_wish", SignedIn, request::raise_wish),
        post("/requests/{id}/closure", "tickets.close", SignedIn, request::close),
        get("/drafts", "drafts.list", SignedIn, drafts::list),
        post("/drafts", "drafts.save", SignedIn, drafts::save),
        get("/drafts/{id}", "drafts.show", SignedIn, drafts::show),
        post("/drafts/{id}", "drafts.discard", SignedIn, drafts::change),
        upload("/drafts/{id}/attachments", "attachments.attach", SignedIn, drafts::attach),
        get("/attachments/{id}", "tickets.fetch_file", SignedIn, attachments::fetch),
        post("/attachments/{id}/removal", "attachments.remove", SignedIn, attachments::remove),
        post("/preview", "words.preview", SignedIn, preview::show),
    ]
}
