//! What surrounds every page: who reads it, and whether somebody is here.

use std::fmt::Display;

use desk::{Actor, actor::Signed, notifications, views};
use rules::{
    access::{Action, Grants, may},
    keymap::Act,
};
use words::{hours, lang::Lang, time::Watch};

use super::{Saying, banner::banner};
use crate::{
    agent::column::{OF_TEAMS, TEAMS, saved_key, zone},
    app::App,
    door::{Problem, Visit},
    pages::{
        desk::keys::KeyLine,
        frame::{Demo, DeskFrame, Frame, Here, Me, Place, Reader, Role, Switch, Urgency, View, ViewGroup},
        parts::{Link, Notice, Openness, Signal, Tag},
    },
};

/// The portal's frame.
pub(crate) async fn portal_frame(app: &App, visit: &Visit, title: &str, place: Place) -> Result<Frame, Problem> {
    let say = Saying::of(app).await?;
    let reader = match &visit.actor {
        Actor::Person(signed) => Reader::Person(Me { switch: switch(signed, visit), ..me(signed) }),
        Actor::Visitor { .. } | Actor::Program { .. } | Actor::Desk(_) => Reader::Nobody,
    };
    Ok(Frame {
        product: say.policy().product.name.clone(),
        title: title.to_owned(),
        lang: say.lang.tag().to_owned(),
        theme: visit.theme,
        place,
        reader,
        zone: zone_note(visit),
        banner: banner(app, visit).or_else(|| in_doubt(visit)),
        notice: None,
        demo: demo(app),
        releases: !desk::releases::catalogue(&app.desk).await?.releases().is_empty(),
    })
}

/// An address that has to be proven once more, on every page until it is (REG-7).
fn in_doubt(visit: &Visit) -> Option<Notice> {
    let signed = visit.actor.signed().ok().filter(|it| it.doubted && !it.organisations.is_empty())?;
    if visit.path == "/account" {
        return None;
    }
    Some(Notice {
        signal: Signal::Soon,
        words: format!("Is {} still yours? Until that is confirmed you see your own requests only.", signed.address),
        link: Some(Link::new("Confirm it", "/account#proof")),
    })
}

fn demo(app: &App) -> Demo {
    if app.site.is_demo() { Demo::Yes } else { Demo::No }
}

fn zone_note(visit: &Visit) -> String {
    match visit.zone.as_ref().and_then(|zone| zone.iana_name()) {
        Some(name) => format!("Times are in {}, as your browser says.", name.replace('_', " ")),
        None => "Times are in UTC.".to_owned(),
    }
}

fn me(signed: &Signed) -> Me {
    Me {
        name: signed.name.clone(),
        address: signed.address.clone(),
        role: if signed.grants.is_staff() { Role::Staff } else { Role::Customer },
        drafts: usize::try_from(signed.drafts).unwrap_or(usize::MAX),
        organisations: signed
            .organisations
            .iter()
            .map(|(id, name)| Link::new(name.clone(), format!("/organisations/{id}")))
            .collect(),
        switch: None,
    }
}

fn switch(signed: &Signed, visit: &Visit) -> Option<Switch> {
    let (now, others) = signed.files_for.split_first()?;
    let others: Vec<_> = others.iter().map(|it| (it.organisation.0, it.name.clone())).collect();
    (!others.is_empty()).then(|| Switch { now: now.name.clone(), others, then: visit.path.clone(), along: None })
}

/// The desk's frame, with its views and their counts.
pub(crate) async fn desk_frame(app: &App, visit: &Visit, title: &str, view: &str) -> Result<DeskFrame, Problem> {
    let signed = visit.actor.signed()?;
    // Every page of the desk listens: the bell rings on each, and a job that is further is shown.
    let since = desk::live::position(&app.desk).await?;
    let say = Saying::of(app).await?;
    let counts = desk::tickets::desk_counts(&app.desk, &visit.actor).await?;
    let entry = |key: &str, name: &str, count: Option<i64>, urgency| View {
        key: key.to_owned(),
        name: name.to_owned(),
        count: count.map_or_else(String::new, |n| counted(n, counts.most)),
        urgency,
        here: if key == view { Here::Here } else { Here::Elsewhere },
    };
    let hot = if counts.needs_answer > 0 { Urgency::Hot } else { Urgency::Calm };
    let mut views = vec![
        entry("needs-answer", "Needs an answer", Some(counts.needs_answer), hot),
        entry("mine", "Mine", Some(counts.mine), Urgency::Calm),
        entry("unassigned", "Unassigned", Some(counts.unassigned), Urgency::Calm),
        entry("waiting", "Waiting for customer", None, Urgency::Calm),
        entry("developers", "With developers", None, Urgency::Calm),
        entry("to-confirm", "To confirm", None, Urgency::Calm),
        entry("solved", "Solved", None, Urgency::Calm),
    ];
    if !may(signed.grants, Action::Reply) {
        views.retain(|view| view.key != "mine");
    }
    if let Some(count) = of_teams(app, visit).await? {
        views.insert(3, View { count, ..entry(TEAMS, "My teams", None, Urgency::Calm) });
    }
    let kept = kept_views(app, visit, view).await?;
    let (unread, counted) = notifications::unread(&app.desk, &visit.actor).await?;
    Ok(DeskFrame {
        title: title.to_owned(),
        lang: say.lang.tag().to_owned(),
        theme: visit.theme,
        me: me(signed),
        openness: openness(app, visit, &say).now,
        views,
        kept,
        banner: banner(app, visit),
        notice: None,
        demo: demo(app),
        unread: match unread {
            0 => String::new(),
            n if n >= counted => format!("{}+", counted - 1),
            n => n.to_string(),
        },
        since: Some(since.0),
        lead: lead(signed.grants),
        audits: may(signed.grants, Action::ReadAudit),
        keys: key_lines(app, visit, &say).await?,
    })
}

/// How many requests of the reader's teams need an answer, where they are in one.
async fn of_teams(app: &App, visit: &Visit) -> Result<Option<String>, Problem> {
    if desk::teams::teams_of(&app.desk, &visit.actor).await?.is_empty() {
        return Ok(None);
    }
    let Ok(asked) = views::ask(&app.desk, &visit.actor, OF_TEAMS, zone(visit)).await? else { return Ok(None) };
    let (counts, most) = views::counts(&app.desk, &visit.actor, vec![asked]).await?;
    let count = counts.first().copied().unwrap_or_default();
    Ok(Some(counted(count, most)))
}

/// A count as it is said: "214", or "1000+" where counting stopped.
pub(crate) fn counted<N: Display + PartialOrd>(count: N, most: N) -> String {
    if count >= most { format!("{count}+") } else { count.to_string() }
}

/// What the reader presses for what.
async fn key_lines(app: &App, visit: &Visit, say: &Saying) -> Result<Vec<KeyLine>, Problem> {
    let keys = desk::people::keys(&app.desk, &visit.actor).await?;
    let line = |act: Act| KeyLine {
        act: act.name(),
        does: words::keymap::act(say.lang, act),
        pressed: keys.key(act).to_owned(),
    };
    Ok(Act::ALL.map(line).into())
}

/// What leads look after.
fn lead(grants: Grants) -> Vec<Link> {
    let pages = [
        (Action::ReadReports, "Report", "/desk/report"),
        (Action::ReadMails, "Outbox", "/desk/outbox"),
        (Action::ReadJobs, "Parked work", "/desk/parked"),
        (Action::ReadJobs, "Health", "/desk/health"),
    ];
    pages.into_iter().filter(|(action, ..)| may(grants, *action)).map(|(_, name, href)| Link::new(name, href)).collect()
}

/// Whether somebody is here, until when, in the desk's zone and the reader's (HRS-3).
pub(crate) fn openness(app: &App, visit: &Visit, say: &Saying) -> Openness {
    let now = app.desk.now();
    let calendar = say.compiled.hours();
    let watch = Watch { lang: Lang::En, zone: calendar.zone(), now };
    let presence = hours::presence(&watch, calendar, visit.zone.as_ref());
    let signal = if presence.open { Signal::Done } else { Signal::Waiting };
    let mut lines = vec![format!("{}.", hours::week_sentence(Lang::En, calendar))];
    lines.extend(
        visit.zone.as_ref().and_then(|zone| hours::week_for(&watch, calendar, zone)).map(|week| format!("{week}.")),
    );
    let today = calendar.zone().to_datetime(now.timestamp()).date();
    // HRS-4: every closed day of the next fortnight, else the next one.
    let coming = hours::holidays(&watch, calendar, today);
    let soon = coming.iter().filter(|day| (day.date - today).get_days() <= 14).count().max(1);
    lines.extend(coming.iter().take(soon).map(|day| match &day.name {
        Some(name) => format!("Closed {} ({name}).", day.said),
        None => format!("Closed {}.", day.said),
    }));
    Openness { now: Tag::new(signal, presence.said), lines }
}

/// The views that staff keep, with their counts: what all see, then the reader's own.
async fn kept_views(app: &App, visit: &Visit, here: &str) -> Result<Vec<ViewGroup>, Problem> {
    let kept = views::saved(&app.desk, &visit.actor).await?;
    let mut asked = vec![];
    for view in &kept {
        // A question that makes no sense any more counts nothing; its page says why.
        asked.push(views::ask(&app.desk, &visit.actor, &view.question, zone(visit)).await?.ok());
    }
    let (counts, most) = views::counts(&app.desk, &visit.actor, asked.iter().flatten().cloned().collect()).await?;
    let mut counts = counts.into_iter();
    let (mut shared, mut own) = (vec![], vec![]);
    for (view, asked) in kept.into_iter().zip(asked) {
        let key = saved_key(view.id);
        let shown = View {
            name: view.name,
            count: asked.and_then(|_| counts.next()).map_or_else(String::new, |count| counted(count, most)),
            urgency: Urgency::Calm,
            here: if key == here { Here::Here } else { Here::Elsewhere },
            key,
        };
        if view.shared { shared.push(shown) } else { own.push(shown) }
    }
    let groups = [("Shared", shared), ("Yours", own)];
    let filled = groups.into_iter().filter(|(_, views)| !views.is_empty());
    Ok(filled.map(|(name, views)| ViewGroup { name: name.to_owned(), views }).collect())
}
