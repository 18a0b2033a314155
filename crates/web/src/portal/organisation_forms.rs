//! Forms on the page of an organisation, its own people's and the desk's: what was done leads back to it, and what was refused
//! comes back on it, at the field and with what was typed.

use axum::{
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};

use super::organisation;
use crate::{
    agent,
    app::App,
    door::{Problem, Visit, What},
    pages::{form::Amiss, html::show as page},
    shown::Saying,
};

/// A form that was sent from the page of an organisation.
#[derive(Clone, Debug)]
pub(crate) struct Sent<'a> {
    /// Of the organisation.
    pub id: i64,
    /// The field's id on the page, and what was typed there.
    pub field: String,
    pub typed: &'a str,
    /// The member in whose row it stands.
    pub member: Option<i64>,
    /// Where it leads once it is done, behind the address of the page.
    pub place: &'static str,
}

impl<'a> Sent<'a> {
    pub(crate) fn new(id: i64, field: &str, typed: &'a str) -> Self {
        Self { id, field: field.to_owned(), typed, member: None, place: "" }
    }

    pub(crate) fn of_member(id: i64, (field, member): (&str, i64), typed: &'a str) -> Self {
        Self { field: format!("{field}-{member}"), member: Some(member), ..Self::new(id, field, typed) }
    }

    pub(crate) fn leading_to(self, place: &'static str) -> Self {
        Self { place, ..self }
    }
}

/// Answers it.
pub(crate) async fn answered<T>(
    app: &App,
    visit: &Visit,
    sent: Sent<'_>,
    done: desk::Result<T>,
) -> Result<Response, Problem> {
    let is_desk = visit.path.starts_with("/desk/");
    let path = format!("{}/organisations/{}", if is_desk { "/desk" } else { "" }, sent.id);
    let problem = match done {
        Ok(_) => return Ok(Redirect::to(&format!("{path}{}", sent.place)).into_response()),
        Err(error) => Problem::from(error),
    };
    let Some(words) = words(app, &problem).await? else { return Err(problem) };
    let amiss = Amiss { at: sent.field, typed: sent.typed.to_owned(), words };
    // As the page itself is asked for, on which the member stands first.
    let visit = Visit { path, ..visit.clone() };
    let after = sent.member.map(|member| member - 1);
    Ok(match is_desk {
        true => page(problem.status, &agent::organisations::again(app, &visit, sent.id, after, amiss).await?),
        false => page(problem.status, &organisation::own(app, &visit, sent.id, after, amiss).await?),
    })
}

/// What a field says, where it is the field that is wrong.
async fn words(app: &App, problem: &Problem) -> Result<Option<String>, Problem> {
    let say = Saying::of(app).await?;
    Ok(match &problem.what {
        What::Refused(refusal) if problem.status == StatusCode::UNPROCESSABLE_ENTITY => Some(say.refusal(refusal)),
        What::Invalid(faults) => Some(faults.iter().map(|it| say.fault(&it.fault)).collect::<Vec<_>>().join(" ")),
        _ => None,
    })
}
