//! The portal's URLs.

use Permission::{Everybody, SignedIn};
use axum::http::Method;

use super::{Permission, Route, get, post, step, upload};
use crate::{
    assets,
    portal::{
        account, attachments, bugs, details, drafts, home, invitation, licences, message, migrate, new_request,
        organisation, preview, rating, redaction, releases, releases_feed, request, requests, resale, search,
        security_report, security_txt, sign_in, sign_up, suggestions, support, uploads, verdict,
    },
};

/// What was released, for everybody.
fn of_releases() -> Vec<Route> {
    vec![
        get("/releases", "releases.list", Everybody, releases::list),
        get("/releases.atom", "releases.list", Everybody, releases_feed::show),
        get("/releases/between", "releases.between", Everybody, releases::fixed_between),
        get("/releases/{version}", "releases.show", Everybody, releases::show),
        post("/verdict", "releases.judge", SignedIn, verdict::show),
    ]
}

/// Bugs as customers see them.
fn of_bugs() -> Vec<Route> {
    vec![
        get("/bugs", "bugs.known_list", Everybody, bugs::list),
        get("/bugs/{id}", "bugs.known", Everybody, bugs::show),
        post("/bugs/{id}/following", "bugs.follow", SignedIn, bugs::follow),
        post("/requests/{id}/still-there", "bugs.still_there", SignedIn, bugs::still_there),
        get("/messages/{id}", "bugs.own_circular", SignedIn, message::show),
        post("/messages/{id}", "bugs.answer_circular", SignedIn, message::answer),
    ]
}

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/", "home", Everybody, home::show),
        get("/search", "search.find", Everybody, search::show),
        get("/support", "policy.support_page", Everybody, support::show),
        get("/support.md", "policy.support_page", Everybody, support::markdown),
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
        get("/requests", "tickets.own", SignedIn, requests::show),
        upload("/requests", "tickets.open", SignedIn, new_request::send),
        post("/requests/visibility", "tickets.ask_visibility", SignedIn, requests::ask_visibility),
        get("/requests/new", "tickets.open", Everybody, new_request::types),
        get("/requests/new/{type}", "tickets.open", SignedIn, new_request::show),
        post("/suggestions", "search.suggest", SignedIn, suggestions::show),
        post("/suggestions/opened", "search.opened", SignedIn, suggestions::opened),
        post("/suggestions/waved-away", "search.wave_away", SignedIn, suggestions::wave_away),
        get("/requests/{id}", "tickets.show", SignedIn, request::show),
        upload("/requests/{id}/messages", "tickets.answer", SignedIn, request::answer),
        get("/requests/{id}/details", "tickets.give_details", SignedIn, details::show),
        upload("/requests/{id}/details", "tickets.give_details", SignedIn, details::send),
        post("/requests/{id}/wish", "tickets.raise_wish", SignedIn, request::raise_wish),
        post("/requests/{id}/escalation", "tickets.escalate", SignedIn, request::escalate),
        post("/requests/{id}/participants", "tickets.add_participant", SignedIn, request::add_participant),
        post(
            "/requests/{id}/participants/{person}/removal",
            "tickets.remove_participant",
            SignedIn,
            request::remove_participant,
        ),
        post("/requests/{id}/rating", "tickets.rate", SignedIn, rating::say),
        get("/rating/{ticket}/{person}/{signature}", "tickets.rate_by_link", Everybody, rating::show),
        post("/rating/{ticket}/{person}/{signature}", "tickets.rate_by_link", Everybody, rating::say_by_link),
        post("/requests/{id}/closure", "tickets.close", SignedIn, request::close),
        get("/requests/{id}/redaction/{place}", "tickets.redact", SignedIn, redaction::show),
        post("/requests/{id}/redaction/{place}", "tickets.redact", SignedIn, redaction::send),
        get("/attachments/{id}/redaction", "tickets.redact_file", SignedIn, redaction::show_file),
        post("/attachments/{id}/redaction", "tickets.redact_file", SignedIn, redaction::send_file),
        get("/drafts", "drafts.list", SignedIn, drafts::list),
        post("/drafts", "drafts.save", SignedIn, drafts::save),
        get("/drafts/{id}", "drafts.show", SignedIn, drafts::show),
        post("/drafts/{id}", "drafts.discard", SignedIn, drafts::change),
        upload("/drafts/{id}/attachments", "attachments.attach", SignedIn, drafts::attach),
        step((Method::OPTIONS, "/uploads"), "attachments.upload_terms", Everybody, uploads::terms),
        step((Method::POST, "/uploads"), "attachments.begin_upload", SignedIn, uploads::begin),
        step((Method::HEAD, "/uploads/{token}"), "attachments.find_upload", SignedIn, uploads::find),
        step((Method::PATCH, "/uploads/{token}"), "attachments.append", SignedIn, uploads::append),
        step((Method::DELETE, "/uploads/{token}"), "attachments.cancel_upload", SignedIn, uploads::cancel),
        post("/uploads/{token}/file", "attachments.finish_upload", SignedIn, uploads::finish),
        get("/attachments/{id}", "tickets.fetch_file", SignedIn, attachments::fetch),
        post("/attachments/{id}/removal", "attachments.remove", SignedIn, attachments::remove),
        post("/preview", "words.preview", SignedIn, preview::show),
    ];
    routes.extend(of_releases());
    routes.extend(of_bugs());
    routes.extend([account(), security(), belonging(), moving(), of_organisations()].into_iter().flatten());
    routes
}

/// Who one is here (REG-6, 7).
fn account() -> Vec<Route> {
    vec![
        get("/account", "people.sessions", SignedIn, account::show),
        post("/account/sessions/{id}/revocation", "people.end_session", SignedIn, account::end_session),
        post("/account/proof", "people.ask_proof", SignedIn, account::ask_proof),
        get("/proof/{token}", "people.prove", Everybody, account::show_proof),
        post("/proof/{token}", "people.prove", Everybody, account::prove),
        post("/account/sign-out-everywhere", "people.sign_out_everywhere", SignedIn, account::sign_out_everywhere),
        post("/account/exports", "exports.ask", SignedIn, account::ask_export),
        get("/account/exports/{id}", "exports.fetch", SignedIn, account::fetch_export),
    ]
}

/// One's own organisation (REG-7).
fn belonging() -> Vec<Route> {
    vec![
        get("/invitations/{token}", "organisations.invited", Everybody, invitation::show),
        post("/invitations/{token}", "organisations.accept", Everybody, invitation::accept),
        post("/account/invitations/{id}", "organisations.answer", SignedIn, invitation::answer),
        post("/account/resales/{id}", "organisations.answer_resale", SignedIn, resale::answer),
        post("/organisations/{id}/resellers", "organisations.offer_resale", SignedIn, resale::offer),
        post("/organisations/{id}/resellers/{resale}/end", "organisations.end_resale", SignedIn, resale::end),
        post("/organisation", "organisations.act_for", SignedIn, organisation::act_for),
        get("/organisations/{id}", "organisations.own", SignedIn, organisation::show),
        post("/organisations/{id}/invitations", "organisations.invite", SignedIn, organisation::invite),
        post(
            "/organisations/{id}/invitations/{invitation}/resending",
            "organisations.resend",
            SignedIn,
            organisation::resend,
        ),
        post(
            "/organisations/{id}/invitations/{invitation}/revocation",
            "organisations.revoke",
            SignedIn,
            organisation::revoke,
        ),
        post("/organisations/{id}/leaving", "organisations.leave", SignedIn, organisation::leave),
        post("/organisations/{id}/members/{person}/role", "organisations.set_role", SignedIn, organisation::set_role),
        post(
            "/organisations/{id}/members/{person}/leaving",
            "organisations.end_membership",
            SignedIn,
            organisation::end_membership,
        ),
    ]
}

/// What an organisation has paid for, and who files for it.
fn of_organisations() -> Vec<Route> {
    vec![
        get("/licences", "licences.mine", SignedIn, licences::show),
        post("/organisations/{id}/contacts", "organisations.set_role", SignedIn, licences::name),
        post("/organisations/{id}/contacts/{person}/removal", "organisations.set_role", SignedIn, licences::unname),
    ]
}

/// From another system (REQ-6).
fn moving() -> Vec<Route> {
    vec![
        get("/migrate", "migration.tools", Everybody, migrate::show),
        post("/migrate/systems", "migration.ask_system", SignedIn, migrate::ask_system),
        get("/migrate/tool/{id}", "migration.fetch_tool", SignedIn, migrate::fetch_tool),
    ]
}

/// Where finders of vulnerabilities go (SEC-1).
fn security() -> Vec<Route> {
    vec![
        get("/push-worker.js", "assets.push_worker", Everybody, assets::push_worker),
        get("/.well-known/security.txt", "policy.security_txt", Everybody, security_txt::show),
        get("/security/report", "intake.report", Everybody, security_report::show),
        post("/security/report", "intake.report", Everybody, security_report::send),
        get("/security/report/{token}", "intake.waiting", Everybody, security_report::show_confirm),
        post("/security/report/{token}", "intake.confirm", Everybody, security_report::confirm),
    ]
}
