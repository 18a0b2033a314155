//! A security report of somebody who is not signed in, where the policy takes one (SEC-1).

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Actor, Error,
    intake::{self, Report, Waiting},
    people::NewPassword,
};
use rules::{
    policy::Intake,
    refusal::{Fault, FieldFault},
};

use super::sign_up::{Sent, check_mail};
use crate::{
    app::App,
    door::{Client, Fields, Path, Problem, Visit},
    pages::{
        form::{Control, Field, Need},
        frame::Place,
        html::{Safe, show as page},
        security_report::{ConfirmReportPage, Door, SecurityReportPage},
    },
    shown::{Saying, portal_frame},
};

/// What was typed.
#[derive(Debug, Default)]
struct Typed {
    report: Report,
    affected: String,
    faults: Vec<FieldFault>,
    fault: Option<String>,
}

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    Typed::default().show(&app, &visit).await
}

pub(crate) async fn send(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let text = |name: &str| fields.text(name).to_owned();
    let report =
        Report { name: text("name"), address: text("address"), subject: text("subject"), finding: text("finding") };
    let mut typed = Typed { report, affected: text("affected"), ..Typed::default() };
    match intake::report(&app.desk, &visit.actor, typed.whole()).await {
        Ok(address) => return check_mail(&app, &visit, &address, Sent::Report).await,
        Err(Error::Invalid(faults)) => typed.faults = faults,
        Err(Error::Refused(refusal)) => typed.fault = Some(Saying::of(&app).await?.refusal(&refusal)),
        Err(error) => return Err(error.into()),
    }
    typed.show(&app, &visit).await
}

impl Typed {
    /// The report with the versions below it, as one text.
    fn whole(&self) -> Report {
        let affected = self.affected.trim();
        let mut report = self.report.clone();
        if !affected.is_empty() && !report.finding.trim().is_empty() {
            report.finding = format!("{}\n\nAffected versions: {affected}", report.finding.trim());
        }
        report
    }

    async fn show(self, app: &App, visit: &Visit) -> Result<Response, Problem> {
        let say = Saying::of(app).await?;
        let security = say.policy().security.as_ref().ok_or_else(Problem::not_found)?;
        let form = format!("/requests/new/{}", security.request_type);
        if matches!(visit.actor, Actor::Person(_)) {
            return Ok(Redirect::to(&form).into_response());
        }
        let door = if security.intake == Intake::Anyone { Door::Open } else { Door::SignIn };
        let status = match (door, self.faults.is_empty() && self.fault.is_none()) {
            (Door::SignIn, _) => StatusCode::NOT_FOUND,
            (Door::Open, true) => StatusCode::OK,
            (Door::Open, false) => StatusCode::UNPROCESSABLE_ENTITY,
        };
        let shown = SecurityReportPage {
            frame: portal_frame(app, visit, "Report something dangerous", Place::Elsewhere).await?,
            door,
            takes: security.takes.iter().map(|(_, point)| say.text(&point.text).to_owned()).collect(),
            confidentiality: say.text(&security.confidentiality.text).to_owned(),
            sign_in: format!("/sign-in?then={form}"),
            fields: self.fields(&say),
            fault: self.fault,
        };
        Ok(page(status, &shown))
    }

    fn fields(&self, say: &Saying) -> Vec<Field> {
        let Report { name, address, subject, finding } = &self.report;
        let fault = |name: &str| say.wrong(&self.faults, name);
        let example = say.policy().versions.as_ref().map(|versions| format!("Like {}.", versions.example));
        let text = Control::Text { value: finding.clone() };
        vec![
            Field { fault: fault("name"), ..Field::line("name", "What shall we call you?", name) },
            Field {
                why: Some("We send a link to it; the report counts once you have opened that.".to_owned()),
                fault: fault("address"),
                ..Field::line("address", "Your mail address", address)
            },
            Field { fault: fault("subject"), ..Field::line("subject", "In one line", subject) },
            Field {
                why: Some("What is at risk, and how one gets there. Files can be added once it is sent.".to_owned()),
                fault: fault("finding"),
                ..Field::new("finding", "What did you find?", text)
            },
            Field {
                why: example,
                need: Need::Optional,
                ..Field::line("affected", "Affected versions", &self.affected)
            },
        ]
    }
}

pub(crate) async fn show_confirm(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
) -> Result<Response, Problem> {
    confirm_page(&app, &visit, &token, None).await
}

pub(crate) async fn confirm(
    State(app): State<App>,
    visit: Visit,
    Path(token): Path<String>,
    client: Client,
    fields: Fields,
) -> Result<Response, Problem> {
    let new = NewPassword { link: token.clone(), password: fields.text("password").to_owned() };
    match intake::confirm(&app.desk, new, client.browser(&visit)).await {
        Ok(confirmed) => {
            let there = Redirect::to(&format!("/requests/{}?just=filed", confirmed.ticket));
            Ok(match confirmed.entered {
                Some(entered) => (client.keeps(&app, entered).await?, there).into_response(),
                None => there.into_response(),
            })
        }
        Err(Error::Invalid(faults)) => {
            let fault = faults.iter().find(|fault| matches!(fault.fault, Fault::WeakPassword { .. }));
            let fault = fault.map(|it| it.fault.clone()).ok_or_else(Problem::not_found)?;
            let words = Saying::of(&app).await?.fault(&fault);
            confirm_page(&app, &visit, &token, Some(words)).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn confirm_page(app: &App, visit: &Visit, token: &str, fault: Option<String>) -> Result<Response, Problem> {
    let Waiting { name, address, subject, finding, has_account } = intake::waiting(&app.desk, token).await?;
    let status = if fault.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let shown = ConfirmReportPage {
        frame: portal_frame(app, visit, "Your report", Place::Elsewhere).await?,
        action: format!("/security/report/{token}"),
        subject,
        finding: Safe::new(words::markdown::message(&finding)),
        address,
        person: name,
        asks_password: !has_account,
        fault,
    };
    Ok(page(status, &shown))
}
