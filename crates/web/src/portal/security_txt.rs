//! Where a finder of a vulnerability learns how to report it (SEC-1, RFC 9116). It is made for each reader, so it does not
//! run out while the desk answers.

use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use jiff::SignedDuration;
use rules::policy::{Intake, Policy};

use crate::{app::App, door::Problem, shown::Saying};

/// How long a copy of it may be gone by; the RFC asks for less than a year.
const HOLDS: SignedDuration = SignedDuration::from_hours(30 * 24);

pub(crate) async fn show(State(app): State<App>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let expires = app.desk.now().plus(HOLDS).timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    let text = text(say.policy(), &app.desk.settings.base_url, expires).ok_or_else(Problem::not_found)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}

/// `None` where the policy takes no security reports.
fn text(policy: &Policy, base: &str, expires: jiff::civil::Date) -> Option<String> {
    let security = policy.security.as_ref()?;
    let contact = match security.intake {
        Intake::Anyone => "security/report".to_owned(),
        Intake::Registered => format!("requests/new/{}", security.request_type),
    };
    Some(format!(
        "Contact: {base}/{contact}\nExpires: {expires}T00:00:00Z\nPolicy: {base}/support#security\n\
         Canonical: {base}/.well-known/security.txt\n"
    ))
}
