//! Holidays on the desk: proposals of a country, own days and calendar files, taken into the policy by a person (PLN-6).

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    extract::{
        Multipart, State,
        multipart::{MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::policy::{NotApplied, NotTaken, recompute, take_holidays};
use jiff::civil::Date;
use rules::{
    access::{Action, may},
    holidays::{MOST_YEARS, Proposed, amend::Amendment, countries, ics, proposals},
    keys::{CalendarKey, HolidaysKey, is_key},
    policy::Policy,
};
use serde::Deserialize;
use words::{holidays as said, time::Watch};

use crate::{
    app::{App, FORM_BYTES},
    door::{Problem, Query, Visit, What},
    pages::{
        desk::holidays::{HolidaysPage, ListDays, Proposal},
        form::{Choice, Chosen},
        html::show as page,
        parts::{Notice, Signal},
    },
    shown::{Saying, desk_frame},
};

/// Which place and years are asked about, and what was just done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    place: String,
    from: Option<i16>,
    to: Option<i16>,
    just: Option<String>,
    added: Option<usize>,
    removed: Option<usize>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    visit.actor.staff(Action::ApplyPolicy)?;
    let say = Saying::of(&app).await?;
    let this = today(&app, &say).year();
    let from = asked.from.unwrap_or(this).clamp(1990, 2100);
    let to = asked.to.unwrap_or(from.saturating_add(1)).clamp(from, from + MOST_YEARS - 1);
    let (country, region) = place(&asked.place);
    let days = match country {
        "" => vec![],
        country => {
            let language = say.policy().language.as_str().to_owned();
            proposals(country, region, (from, to), &language).map_err(|_| Problem::not_found())?
        }
    };
    let mut shown = blank(&app, &visit, &say, (from, to)).await?;
    shown.note = countries().into_iter().find(|(code, _)| *code == country).and_then(|(_, it)| it.note.clone());
    for choice in shown.places.iter_mut().filter(|choice| choice.value == asked.place) {
        choice.chosen = Chosen::Yes;
    }
    shown.proposals = proposed(&app, &say, &days);
    if asked.just.as_deref() == Some("taken") {
        let words = said::taken(say.lang, asked.added.unwrap_or(0), asked.removed.unwrap_or(0));
        shown.frame.notice = Some(Notice { signal: Signal::Done, words, link: None });
    }
    Ok(page(StatusCode::OK, &shown))
}

fn place(written: &str) -> (&str, Option<&str>) {
    written.split_once('/').map_or((written, None), |(country, region)| (country, Some(region)))
}

fn today(app: &App, say: &Saying) -> Date {
    say.compiled.hours().date_of(app.desk.now())
}

async fn blank(app: &App, visit: &Visit, say: &Saying, (from, to): (i16, i16)) -> Result<HolidaysPage, Problem> {
    let policy = say.policy();
    let lists = policy.holidays.iter().map(|(key, list)| Choice::new(key.to_string(), say.text(&list.name)));
    let calendars = policy.calendars.iter().map(|(key, calendar)| {
        let choice = Choice::new(key.to_string(), say.text(&calendar.name));
        if *key == policy.hours.calendar { choice.chosen() } else { choice }
    });
    Ok(HolidaysPage {
        frame: desk_frame(app, visit, "Holidays", "").await?,
        faults: vec![],
        places: places(),
        from,
        to,
        note: None,
        proposals: vec![],
        lists: lists.chain([Choice::new("", "A new list")]).collect(),
        new_list: String::new(),
        new_name: String::new(),
        calendars: calendars.collect(),
        own: String::new(),
        days: listed(app, say),
        may_recompute: may(visit.actor.signed()?.grants, Action::Recompute),
        limit: words::size::limit(FORM_BYTES as u64),
    })
}

/// Countries, each before its regions.
fn places() -> Vec<Choice> {
    let mut all = vec![Choice::new("", "Please choose")];
    for (code, country) in countries() {
        all.push(Choice::new(code, country.name.as_str()));
        let regions = country.regions().into_iter();
        all.extend(
            regions.map(|(key, name)| Choice::new(format!("{code}/{key}"), format!("{}: {name}", country.name))),
        );
    }
    all
}

/// What the lists have from today on.
fn listed(app: &App, say: &Saying) -> Vec<ListDays> {
    let today = today(app, say);
    let lists = say.policy().holidays.iter();
    lists
        .map(|(key, list)| ListDays {
            name: say.text(&list.name).to_owned(),
            days: list
                .dates
                .iter()
                .filter(|(date, _)| **date >= today)
                .map(|(date, name)| (format!("{key} {date}"), full(app, say, *date), say.text(name).to_owned()))
                .collect(),
        })
        .collect()
}

fn full(app: &App, say: &Saying, date: Date) -> String {
    let watch = Watch { lang: say.lang, zone: say.compiled.hours().zone(), now: app.desk.now() };
    watch.full_date(date)
}

/// Days to choose from; what stands in a list already, or has passed, is not chosen.
fn proposed(app: &App, say: &Saying, days: &[Proposed]) -> Vec<Proposal> {
    let today = today(app, say);
    let coming = days.iter().filter(|day| day.date >= today);
    coming
        .map(|day| {
            let known = say.policy().holidays.iter().find(|(_, list)| list.dates.contains(&day.date));
            Proposal {
                value: format!("{} {}", day.date, day.name),
                said: full(app, say, day.date),
                name: day.name.clone(),
                chosen: if known.is_some() { Chosen::No } else { Chosen::Yes },
                known: known.map(|(_, list)| say.text(&list.name).to_owned()),
            }
        })
        .collect()
}

/// What was sent.
#[derive(Default)]
struct Sent {
    take: Vec<String>,
    own: String,
    file: Vec<u8>,
    list: String,
    new_list: String,
    new_name: String,
    calendars: Vec<String>,
    remove: Vec<String>,
    years: (i16, i16),
    follows: bool,
    looks: bool,
}

pub(crate) async fn send(
    State(app): State<App>,
    visit: Visit,
    parts: Result<Multipart, MultipartRejection>,
) -> Result<Response, Problem> {
    let parts = parts.map_err(|fault| Problem::unreadable(StatusCode::BAD_REQUEST, &fault))?;
    let sent = sent(parts).await.map_err(|fault| unreadable(&fault))?;
    let say = Saying::of(&app).await?;
    let mut faults = Vec::new();
    let mut add = BTreeMap::new();
    for (at, line) in sent.take.iter().map(String::as_str).chain(sent.own.lines()).enumerate() {
        match own_day(line) {
            Some(Ok((date, name))) => drop(add.insert(date, name)),
            Some(Err(())) => faults.push(format!(
                "“{line}”, day {}, is no day with a name. Write it as 2026-12-24 Christmas Eve, year first.",
                at + 1
            )),
            None => {}
        }
    }
    match ics::read(&sent.file, sent.years) {
        _ if sent.file.is_empty() => {}
        Ok(days) => {
            for day in days {
                add.entry(day.date).or_insert(day.name);
            }
        }
        Err(wrong) => faults.extend(said::faults(say.lang, &wrong)),
    }
    let amendments = amendments(say.policy(), &sent, &add, &mut faults);
    if !faults.is_empty() || sent.looks {
        return again(&app, &visit, &say, (sent, add, faults)).await;
    }
    let (added, removed) = (add.len(), sent.remove.len());
    match take_holidays(&app.desk, &visit.actor, &amendments).await {
        Ok(_) => {}
        Err(NotTaken::NotApplied(NotApplied::Error(error))) => return Err(error.into()),
        Err(NotTaken::NotApplied(NotApplied::Unchanged { .. })) => {
            let words = "All of it stands in the policy already; nothing was stored.".to_owned();
            return again(&app, &visit, &say, (sent, add, vec![words])).await;
        }
        Err(NotTaken::ByHand | NotTaken::NotApplied(_)) => {
            let words = "The text of the policy is written so that days cannot be put into it by machine. Please write them \
                         into its text yourself.";
            return again(&app, &visit, &say, (sent, add, vec![words.to_owned()])).await;
        }
    }
    if sent.follows {
        recompute(&app.desk, &visit.actor).await?;
    }
    let next = format!("/desk/policy/holidays?just=taken&added={added}&removed={removed}");
    Ok(Redirect::to(&next).into_response())
}

/// A line of own days; `None` for an empty one.
fn own_day(line: &str) -> Option<Result<(Date, String), ()>> {
    let line = line.trim();
    if line.is_empty() {
        return None;
    }
    let (date, name) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let date = date.parse::<Date>().ok().filter(|it| it.to_string() == date);
    let name: String = name.trim().chars().filter(|sign| !sign.is_control()).take(200).collect();
    Some(date.filter(|_| !name.is_empty()).map(|date| (date, name)).ok_or(()))
}

/// One for each list that gains or loses days.
fn amendments(policy: &Policy, sent: &Sent, add: &BTreeMap<Date, String>, faults: &mut Vec<String>) -> Vec<Amendment> {
    let mut all: BTreeMap<HolidaysKey, Amendment> = BTreeMap::new();
    for value in &sent.remove {
        let Some((list, date)) = value.split_once(' ') else { continue };
        if let Ok(date) = date.parse::<Date>() {
            let list = HolidaysKey::from(list);
            let of = || Amendment { list: Some(list.clone()), ..Amendment::default() };
            all.entry(list.clone()).or_insert_with(of).remove.insert(date);
        }
    }
    let key = if sent.list.is_empty() { sent.new_list.trim() } else { sent.list.as_str() };
    let is_new = !policy.holidays.contains(key);
    if add.is_empty() {
        if all.is_empty() && !sent.looks {
            faults.push("No day was chosen. Choose some, write own days, or choose a calendar file.".to_owned());
        }
    } else if !is_key(key) {
        faults.push("A new list needs a key of lower-case letters, digits and _, such as bavaria.".to_owned());
    } else if is_new && sent.new_name.trim().is_empty() {
        faults.push("A new list needs a name; customers read it on the support page.".to_owned());
    } else {
        let calendars: BTreeSet<CalendarKey> =
            sent.calendars.iter().map(|key| CalendarKey::from(key.as_str())).collect();
        if is_new && calendars.is_empty() {
            faults.push("Choose at least one calendar that is closed on the days of the new list.".to_owned());
        }
        let list = HolidaysKey::from(key);
        let of = || Amendment { list: Some(list.clone()), ..Amendment::default() };
        let amendment = all.entry(list.clone()).or_insert_with(of);
        amendment.name = sent.new_name.trim().to_owned();
        amendment.add.clone_from(add);
        amendment.calendars = calendars.into_iter().filter(|key| policy.calendars.contains(key)).collect();
    }
    all.into_values().collect()
}

/// The page with what was sent, and what is wrong with it.
async fn again(
    app: &App,
    visit: &Visit,
    say: &Saying,
    (sent, add, faults): (Sent, BTreeMap<Date, String>, Vec<String>),
) -> Result<Response, Problem> {
    let mut shown = blank(app, visit, say, sent.years).await?;
    let days: Vec<Proposed> = add.into_iter().map(|(date, name)| Proposed { date, name }).collect();
    shown.proposals = proposed(app, say, &days);
    if !faults.is_empty() {
        shown.own = sent.own;
    }
    for choice in shown.lists.iter_mut().filter(|choice| choice.value == sent.list) {
        choice.chosen = Chosen::Yes;
    }
    (shown.new_list, shown.new_name) = (sent.new_list, sent.new_name);
    shown.faults = faults;
    let status = if shown.faults.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(page(status, &shown))
}

async fn sent(mut parts: Multipart) -> Result<Sent, MultipartError> {
    let mut sent = Sent { years: (1990, 1990 + MOST_YEARS), ..Sent::default() };
    while let Some(part) = parts.next_field().await? {
        match part.name().unwrap_or_default() {
            "take" => sent.take.push(part.text().await?),
            "own" => sent.own = part.text().await?,
            "file" => sent.file = part.bytes().await?.to_vec(),
            "list" => sent.list = part.text().await?,
            "new_list" => sent.new_list = part.text().await?,
            "new_name" => sent.new_name = part.text().await?,
            "calendar" => sent.calendars.push(part.text().await?),
            "remove" => sent.remove.push(part.text().await?),
            "from" => sent.years.0 = part.text().await?.parse::<i16>().unwrap_or(1990).clamp(1990, 2100),
            "to" => sent.years.1 = part.text().await?.parse::<i16>().unwrap_or(2100).clamp(1990, 2110),
            "open" => sent.follows = true,
            "do" => sent.looks = part.text().await? == "look",
            _ => {}
        }
    }
    Ok(sent)
}

fn unreadable(fault: &MultipartError) -> Problem {
    match fault.status() {
        status @ StatusCode::PAYLOAD_TOO_LARGE => Problem { status, what: What::TooLarge },
        status => Problem::unreadable(status, fault),
    }
}
