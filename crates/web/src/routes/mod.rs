//! Every URL, with its handler and who may use it, one table per door. The matrix of `docs/generated/permissions.md` is made
//! from these tables.

mod agent;
mod api;
mod demo;
mod portal;

use axum::{
    http::Method,
    routing::{MethodFilter, MethodRouter},
};
use rules::{access::Action, programs::Permit};

use crate::app::{App, Mode};

pub(crate) use api::DOOR as API;

/// One URL and method.
#[derive(Clone, Debug)]
pub struct Route {
    pub method: Method,
    pub path: &'static str,
    /// The verb behind it: `tickets.open`.
    pub key: &'static str,
    pub permission: Permission,
    pub handler: MethodRouter<App>,
}

/// Who may use a route. What of it they see is the verb's own decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    Everybody,
    /// Others are asked to sign in first.
    SignedIn,
    /// Staff entrusted with the action; for customers there is no desk.
    Staff(Action),
    /// Programs whose token permits it.
    Program(Permit),
}

/// All routes of a site in this mode.
pub fn all(mode: Mode) -> Vec<Route> {
    let mut routes = portal::routes();
    routes.extend(agent::routes());
    routes.extend(api::routes());
    if mode == Mode::Demo {
        routes.extend(demo::routes());
    }
    routes
}

/// A page.
fn get<H, T>(path: &'static str, key: &'static str, permission: Permission, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::GET, path, key, permission, handler: axum::routing::get(handler) }
}

/// A form; cross-site ones are refused for all of them (`app`).
fn post<H, T>(path: &'static str, key: &'static str, permission: Permission, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    Route { method: Method::POST, path, key, permission, handler: axum::routing::post(handler) }
}

/// What a program sends, of so many bytes at most.
fn small<H, T>(path: &'static str, key: &'static str, (permission, bytes): (Permission, usize), handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    let mut route = post(path, key, permission, handler);
    route.handler = route.handler.layer(axum::extract::DefaultBodyLimit::max(bytes));
    route
}

/// A step of a resumable upload, by its own method (tus 1.0.0).
fn step<H, T>((method, path): (Method, &'static str), key: &'static str, permission: Permission, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    let filter = MethodFilter::try_from(method.clone()).expect("the method is one of HTTP's own");
    let handler = axum::routing::on(filter, handler).layer(axum::extract::DefaultBodyLimit::disable());
    Route { method, path, key, permission, handler }
}

/// A form with files, which have the policy's limit instead of the forms'.
fn upload<H, T>(path: &'static str, key: &'static str, permission: Permission, handler: H) -> Route
where
    H: axum::handler::Handler<T, App>,
    T: 'static,
{
    let mut route = post(path, key, permission, handler);
    route.handler = route.handler.layer(axum::extract::DefaultBodyLimit::disable());
    route
}
