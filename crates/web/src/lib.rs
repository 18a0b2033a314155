//! Doors for people and programs: routes, handlers, pages, assets. A handler reads a form, calls a verb of
//! `desk` and fills a page; rules, SQL and sentences about facts live elsewhere.

pub mod assets;
pub mod pages;
