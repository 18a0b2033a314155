//! The demo's URLs: doors for its visitors, and the mails that it keeps instead of sending. They do not exist in
//! production.

use super::{Permission::Everybody, Route, get, post};
use crate::demo;

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/demo", "demo.doors", Everybody, demo::doors),
        get("/demo/sign-in/{role}", "demo.sign_in", Everybody, demo::sign_in),
        post("/demo/sign-in/{role}", "demo.sign_in", Everybody, demo::sign_in),
        get("/demo/mails", "demo.mails", Everybody, demo::mails),
        get("/demo/mails/{id}", "demo.mail", Everybody, demo::mail),
        get("/demo/mails/{id}/html", "demo.mail_html", Everybody, demo::mail_html),
    ]
}
