//! The demo's door: sign in as somebody of the cast, and read the mails that the desk kept.

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{Html, IntoResponse, Redirect, Response},
};
use desk::mail::{Kept, kept, newest};
use rules::ids::OutgoingId;
use serde::Deserialize;

use crate::{
    app::App,
    door::{Client, Path, Problem, Query, Visit, forget_session},
    pages::{
        demo::{Door, DoorsPage, MailLine, MailPage, MailsPage},
        frame::Place,
        html::show as page,
        parts::{Link, Pages},
    },
    shown::{portal_frame, when},
};

/// Who can be signed in as: the last part of the address, the cast's address, and what they do.
const DOORS: [(&str, &str, &str); 6] = [
    ("visitor", "", "Nobody yet: reads the support page, signs up"),
    ("customer", "dana@acme.example", "QA lead at Acme Robotics: files requests and waits for answers"),
    ("agent", "ines@firstline.example", "Agent: works the queue, answers, decides priorities"),
    ("lead", "theo@firstline.example", "Lead: sees what runs late, rules on first responses"),
    ("security", "jana@firstline.example", "Agent with the security grant: reads security reports"),
    ("administrator", "ada@firstline.example", "Administrator: applies policies, adds staff"),
];

pub(crate) async fn doors(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let mut doors = Vec::new();
    for (role, address, about) in DOORS {
        let name = desk::people::name_of(&app.desk, address).await?;
        doors.push(Door {
            role: role.to_owned(),
            name: name.unwrap_or_else(|| "A visitor".to_owned()),
            about: about.to_owned(),
        });
    }
    let shown = DoorsPage { frame: portal_frame(&app, &visit, "Demo", Place::Elsewhere).await?, doors };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn sign_in(
    State(app): State<App>,
    visit: Visit,
    Path(role): Path<String>,
    client: Client,
) -> Result<Response, Problem> {
    let (_, address, _) = DOORS.into_iter().find(|(known, ..)| *known == role).ok_or_else(Problem::not_found)?;
    if address.is_empty() {
        return Ok((forget_session(&app, client.jar), Redirect::to("/")).into_response());
    }
    let entered = desk::people::enter_as(&app.desk, address, client.browser(&visit)).await?;
    let home = if desk::people::is_staff(&app.desk, entered.person).await? { "/desk" } else { "/" };
    Ok((client.keeps(&app, entered).await?, Redirect::to(home)).into_response())
}

/// Where a page of mails begins.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Before {
    before: Option<i64>,
}

pub(crate) async fn mails(
    State(app): State<App>,
    visit: Visit,
    Query(Before { before }): Query<Before>,
) -> Result<Response, Problem> {
    let listed = newest(&app.desk, before.map(OutgoingId)).await?;
    let now = app.desk.now();
    let older = listed.last().filter(|_| listed.len() >= 50).map(|mail| format!("/demo/mails?before={}", mail.id));
    let shown = MailsPage {
        frame: portal_frame(&app, &visit, "Mails", Place::Elsewhere).await?,
        mails: listed
            .iter()
            .map(|mail| MailLine {
                id: mail.id.0,
                subject: mail.subject.clone(),
                to: mail.recipient.clone(),
                at: when(&visit, mail.created_at, now),
            })
            .collect(),
        pages: Pages { newer: before.map(|_| "/demo/mails".to_owned()), older },
    };
    Ok(page(StatusCode::OK, &shown))
}

pub(crate) async fn mail(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    let Kept { mail, parts } = kept(&app.desk, OutgoingId(id)).await?;
    let links = parts.links.iter().map(|link| Link::new(link.clone(), link.clone())).collect();
    let shown = MailPage {
        frame: portal_frame(&app, &visit, &mail.subject, Place::Elsewhere).await?,
        subject: mail.subject,
        from: mail.sender,
        to: mail.recipient,
        at: when(&visit, mail.created_at, app.desk.now()),
        html_href: format!("/demo/mails/{id}/html"),
        text: parts.text,
        links,
    };
    Ok(page(StatusCode::OK, &shown))
}

/// A mail brings its own styles; nothing else of it works, and only our page frames it.
const SEALED: &str = "default-src 'none'; object-src 'none'; base-uri 'none'; form-action 'none'; \
    style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox";

/// The HTML part, for a frame that may do nothing.
pub(crate) async fn mail_html(State(app): State<App>, Path(id): Path<i64>) -> Result<Response, Problem> {
    let Kept { parts, .. } = kept(&app.desk, OutgoingId(id)).await?;
    let mut response = Html(parts.html).into_response();
    let policy = HeaderValue::from_static(SEALED);
    response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, policy);
    Ok(response)
}
