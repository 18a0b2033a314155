//! The support page, rendered from the policy in force (POL-2).

use axum::{
    extract::State,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use words::{
    hours,
    support_page::SupportPage as Rendered,
    time::{Watch, zone_name},
};

use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        frame::Place,
        hours::{HoursPicture, WeekNow, Weekday},
        html::{Safe, show as page},
        support::{Section, Stat, SupportPage},
    },
    shown::{Saying, figures, openness, portal_frame},
};

pub(crate) async fn show(State(app): State<App>, visit: Visit) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let rendered = Rendered::of(&say.compiled, say.lang, figures(&app).await?);
    let shown = SupportPage {
        frame: portal_frame(&app, &visit, &rendered.title, Place::SupportPage).await?,
        title: rendered.title.clone(),
        lead: rendered.lead.clone(),
        openness: openness(&app, &visit, &say),
        stats: rendered
            .figures
            .iter()
            .map(|figure| Stat { figure: figure.said.clone(), meaning: figure.caption.clone() })
            .collect(),
        sections: rendered
            .sections
            .iter()
            .map(|section| Section {
                id: section.id.to_string(),
                heading: section.title.clone(),
                body: Safe::new(section.html.clone()),
                hours: (section.id == "hours").then(|| week(&app, &visit, &say)),
            })
            .collect(),
    };
    Ok(page(StatusCode::OK, &shown))
}

/// The week of the page's calendar as a picture, with now in it.
fn week(app: &App, visit: &Visit, say: &Saying) -> HoursPicture {
    let calendar = say.compiled.hours();
    let weekdays = hours::week_rows(say.lang, calendar).into_iter().map(|row| Weekday {
        short: row.day.chars().take(3).collect(),
        said: if row.slots.is_empty() {
            "closed".to_owned()
        } else {
            row.slots.iter().map(|slot| slot.said.clone()).collect::<Vec<_>>().join(", ")
        },
        slots: row.slots.iter().map(|slot| (slot.from_minutes, slot.to_minutes)).collect(),
    });
    let local = calendar.zone().to_datetime(app.desk.now().timestamp());
    let now = WeekNow {
        weekday: usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or(0),
        minute: u16::try_from(i32::from(local.hour()) * 60 + i32::from(local.minute())).unwrap_or(0),
    };
    let watch = Watch { lang: say.lang, zone: calendar.zone(), now: app.desk.now() };
    HoursPicture {
        reader: visit.zone.as_ref().and_then(|zone| hours::week_for(&watch, calendar, zone)),
        ..HoursPicture::week(&weekdays.collect::<Vec<_>>(), Some(now), &zone_name(say.lang, calendar.zone()))
    }
}

/// The same as Markdown, for whoever wants to keep or compare it.
pub(crate) async fn markdown(State(app): State<App>) -> Result<Response, Problem> {
    let say = Saying::of(&app).await?;
    let text = Rendered::of(&say.compiled, say.lang, figures(&app).await?).markdown();
    let kind = HeaderValue::from_static("text/markdown; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind)], text).into_response())
}
