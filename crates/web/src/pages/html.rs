//! HTML that is already safe, and how a page becomes an answer. Decides nothing about what is on a page.

use std::fmt;

use askama::{Template, filters::HtmlSafe};
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};

/// HTML or SVG made by `words` or cleaned by it; templates print it as it is. Never made from a person's text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Safe(pub String);

impl Safe {
    pub fn new(html: impl Into<String>) -> Self {
        Self(html.into())
    }
}

impl fmt::Display for Safe {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Safe {}

/// A label, a reason or another line of the policy: short Markdown.
pub(crate) fn phrase(markdown: &str) -> Safe {
    Safe::new(words::markdown::label(markdown))
}

/// A page as an answer with a status. A template that cannot be written is a fault of ours: 500, in plain words.
pub fn show(status: StatusCode, page: &impl Template) -> Response {
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(fault) => {
            tracing::error!(%fault, "a page could not be written");
            (StatusCode::INTERNAL_SERVER_ERROR, "This page could not be shown. The fault is ours; please try again.")
                .into_response()
        }
    }
}

/// Templates that are parts of others print themselves unescaped; they escape their own values.
macro_rules! parts {
    ($($part:ty),* $(,)?) => {$(
        impl askama::filters::HtmlSafe for $part {}
    )*};
}
pub(crate) use parts;
