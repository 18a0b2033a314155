//! Doors for people and programs: routes, handlers, pages, assets. A handler reads a form, calls a verb of
//! `desk` and fills a page; rules, SQL and sentences about facts live elsewhere.

mod agent;
mod api;
pub mod app;
pub mod assets;
mod demo;
mod door;
mod live;
pub mod pages;
mod portal;
pub mod routes;
mod shown;

pub use app::{App, router};
