//! A refusal for programs: RFC 9457.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// One of several things that are wrong.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Detail {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<usize>,
    pub detail: String,
}

#[derive(Debug, Serialize)]
struct Said<'a> {
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[Detail]>::is_empty")]
    faults: &'a [Detail],
}

pub(crate) fn problem_json(status: StatusCode, title: &str, detail: &str, faults: &[Detail]) -> Response {
    let said = Said { title, status: status.as_u16(), detail, faults };
    let text = serde_json::to_string(&said).unwrap_or_else(|_| "{}".to_owned());
    let mut response = (status, text).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
    if status == StatusCode::UNAUTHORIZED {
        headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer realm=\"Firstline\""));
    }
    response
}
