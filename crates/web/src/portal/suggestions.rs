//! What may answer a question while its subject is typed, and what its reader makes of that.

use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use desk::{
    search::{self, Asked},
    tickets::Row,
};
use rules::{
    keys::{EntryKey, TypeKey},
    policy::Stand,
    search::{PassageOf, Target},
};

use super::requests::standing_words;
use crate::{
    app::App,
    door::{Fields, Problem, Visit},
    pages::{
        html::show as page,
        suggestions::{Answer, ScopePanel, Suggestions},
    },
    shown::{Saying, when},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let asked = Asked {
        request_type: TypeKey::from(fields.text("type")),
        form: fields.text("form").chars().take(64).collect(),
        subject: fields.text("subject").to_owned(),
    };
    let found = search::suggest(&app.desk, &visit.actor, asked).await?;
    let now = app.desk.now();
    let request = |row: &Row| {
        let ticket = &row.ticket;
        let state = standing_words(ticket).to_lowercase();
        Answer {
            target: Target::Request(ticket.id).to_string(),
            href: format!("/requests/{}", ticket.id),
            name: ticket.subject.clone(),
            about: format!("{} · {state} · filed {}", ticket.id, when(&visit, ticket.filed_at, now).said),
        }
    };
    let passage = |of: &PassageOf| {
        let (section, name) = match of {
            PassageOf::Section(id) => (*id, say.section(id)),
            PassageOf::Scope(key) => ("scope", say.policy().scope.get(key).map(|it| say.text(&it.name).to_owned())?),
        };
        Some(Answer {
            target: Target::Passage(of.clone()).to_string(),
            href: format!("/support#{section}"),
            name,
            about: if section == "scope" { "what support covers" } else { "on the support page" }.to_owned(),
        })
    };
    let shown = Suggestions {
        scope: found.scope.and_then(|key| panel(&say, &key)),
        answers: found.requests.iter().map(request).chain(found.passages.iter().filter_map(passage)).collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

fn panel(say: &Saying, key: &EntryKey) -> Option<ScopePanel> {
    let entry = say.policy().scope.get(key)?;
    let stand = match entry.stand {
        Stand::Covered => return None,
        Stand::AsDocumented => "Support goes as far as the documentation.",
        Stand::NotCovered => "Support does not cover this.",
    };
    let text = |text: &rules::policy::Text| say.text(text).to_owned();
    Some(ScopePanel {
        target: Target::Passage(PassageOf::Scope(key.clone())).to_string(),
        name: text(&entry.name),
        stand: stand.to_owned(),
        text: text(&entry.text),
        except: entry.except.as_ref().map(text),
        instead: entry.instead.as_ref().map(text),
        link: entry.link.clone(),
    })
}

fn target(fields: &Fields) -> Result<Target, Problem> {
    fields.text("target").parse().map_err(|_| Problem::not_found())
}

pub(crate) async fn opened(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    search::opened(&app.desk, &visit.actor, fields.text("form"), &target(&fields)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

pub(crate) async fn wave_away(State(app): State<App>, visit: Visit, fields: Fields) -> Result<Response, Problem> {
    search::wave_away(&app.desk, &visit.actor, fields.text("form"), &target(&fields)?).await?;
    Ok(StatusCode::NO_CONTENT.into_response())
}
