//! A customer's request.

use axum::{
    extract::{Request, State},
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use desk::{
    Error,
    bugs::StillThere,
    tickets::{self, Answered, Raised, Shown, Text},
};
use rules::{
    access::{CustomerAction, WhySeen, may_as_customer},
    events::{Event, State as RequestState, TicketEvent},
    ids::{DraftId, PersonId, TicketId},
    instant::Instant,
    keys::PriorityKey,
    logs::Kind,
    refusal::Refusal,
    tickets::{Whose, grows_with_logs},
};
use serde::Deserialize;
use words::lang::Lang;

use super::requests::standing_words;
use crate::{
    app::App,
    door::{Fields, Form, Path, Problem, Query, Visit},
    pages::{
        frame::Place,
        html::show as page,
        parts::{Notice, Signal},
        rating::RatingForm,
        request::{Added, PriorityShown, Raise, Reply, ReplyBox, RequestPage},
    },
    shown::{
        OnHand, Reading, Saying, Side, clock_tag, conversation, escalation, explanation, full_strip, linked,
        portal_frame, redact_subject, reports, sides, take_off, when,
    },
};

/// What just happened.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Just {
    just: Option<String>,
}

pub(crate) async fn show(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    Query(just): Query<Just>,
) -> Result<Response, Problem> {
    tickets::read(&app.desk, &visit.actor, TicketId(id)).await?;
    let typed = Typed { reply: kept(&app, &visit, TicketId(id)).await?, raised: None, fix: None };
    shown(&app, &visit, TicketId(id), typed, just.just.as_deref()).await
}

/// The reply that was begun.
async fn kept(app: &App, visit: &Visit, id: TicketId) -> Result<Reply, Problem> {
    let kept = desk::drafts::latest(&app.desk, &visit.actor, &format!("request/{id}")).await?;
    Ok(Reply {
        draft: kept.as_ref().map(|draft| draft.id.0),
        seen: kept.as_ref().map(|draft| desk::drafts::mark(&draft.fields)).unwrap_or_default(),
        text: kept.and_then(|draft| draft.fields.get("text").cloned()).unwrap_or_default(),
        ..Reply::default()
    })
}

/// What stands in the page's forms, and what was wrong with it.
#[derive(Debug)]
struct Typed {
    reply: Reply,
    /// A wish that was refused, and why.
    raised: Option<(Raised, String)>,
    /// That a fix does not hold, and what is wrong with how it was said.
    fix: Option<(StillThere, String)>,
}

/// With what was typed of a fix that does not hold, and what is wrong with it.
pub(super) async fn with_fix(
    app: &App,
    visit: &Visit,
    id: TicketId,
    fix: (StillThere, String),
) -> Result<Response, Problem> {
    let typed = Typed { reply: kept(app, visit, id).await?, raised: None, fix: Some(fix) };
    shown(app, visit, id, typed, None).await
}

async fn shown(app: &App, visit: &Visit, id: TicketId, typed: Typed, just: Option<&str>) -> Result<Response, Problem> {
    let say = Saying::of(app).await?;
    let signed = visit.actor.signed()?;
    let shown = tickets::show(&app.desk, &visit.actor, id).await?;
    let (ticket, now) = (&shown.ticket, app.desk.now());
    let reading = Reading { say: &say, visit, me: signed.person, now, side: Side::Customer };
    let mut frame = portal_frame(app, visit, &format!("{id} {}", ticket.subject), Place::MyRequests).await?;
    frame.notice = just.and_then(|just| notice(&say, just, &shown));
    let Typed { mut reply, raised, fix } = typed;
    reply.held = OnHand::of(app, visit, reply.draft.map(DraftId)).await?.all(&say, &reply.text);
    let raise = raise(&say, &shown, raised.as_ref());
    if let (None, Some((raised, fault))) = (&raise, &raised) {
        // Meanwhile there is nothing to raise it to. What was typed can still be sent as an answer.
        frame.notice = Some(Notice { signal: Signal::Soon, words: fault.clone(), link: None });
        if reply.text.is_empty() {
            reply.text.clone_from(&raised.reason);
        }
    }
    let is_faulty = reply.fault.is_some() || raised.is_some() || fix.is_some();
    let fix = fix.as_ref().map(|(typed, fault)| (typed, fault.clone()));
    let status = if is_faulty { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page_shown = RequestPage {
        frame,
        number: id.0,
        subject: ticket.subject.clone(),
        redact: redact_subject(reading, &shown),
        kind: say.type_name(&ticket.request_type),
        filed: when(visit, ticket.filed_at, now),
        requester: (ticket.requester != signed.person).then(|| shown.names.get(&ticket.requester).cloned()).flatten(),
        strip: full_strip(app, visit, shown.clock.as_ref(), now).await?,
        explanation: explanation(app, visit, shown.clock.as_ref(), now).await?,
        turn: clock_tag(reading, ticket, shown.clock.as_ref()),
        state: standing_words(ticket).to_owned(),
        state_more: state_more(&say, visit, now, &shown),
        priority: priority(&say, &shown),
        escalation: escalation(reading, &shown),
        lacks: lacks(&say, &shown),
        raise,
        people: people(&shown, signed.person),
        may_add: may_as_customer(shown.why, CustomerAction::AddParticipant) && shown.organisation.is_some(),
        rating: rating(&shown),
        merged_into: ticket.merged_into.map(|id| id.0),
        seen_by: seen_by(&shown, signed.person),
        linked: linked(app, visit, &shown, Side::Customer).await?,
        reports: reports(app, visit, &shown).await?,
        version: super::verdict::outdated(app, &say, &shown).await?,
        fix: super::bugs::part(app, visit, &say, (id, ticket.state, shown.why), fix).await?,
        conversation: conversation(reading, &shown),
        reply: reply_box(&shown, reply),
    };
    Ok(page(status, &page_shown))
}

fn notice(say: &Saying, just: &str, shown: &Shown) -> Option<Notice> {
    let ticket = &shown.ticket;
    let is_new = ticket.state == RequestState::New;
    let words = match just {
        "filed" if is_new && ticket.parent.is_none() => {
            say.policy().request_type(&ticket.request_type).map(|kind| say.text(&kind.receipt).to_owned())?
        }
        "sent" | "pasted" if brings_log(say, shown) => {
            let into = grows_with_logs(say.policy(), &ticket.request_type, ticket.state)?;
            format!(
                "Sent, and your log is kept. Logs are not read in a {}, so those who answer are asked to make it a {}; nothing is lost by that.",
                say.type_name(&ticket.request_type).to_lowercase(),
                say.type_name(into).to_lowercase()
            )
        }
        "pasted" if ticket.turn.whose == Whose::Ours => {
            "Sent. The log that you pasted became a file beside your words, since nobody reads hundreds of lines between two \
             sentences."
                .to_owned()
        }
        "sent" if ticket.turn.whose == Whose::Ours => "Sent. You find it below.".to_owned(),
        "raised" if !shown.ticket.state.is_over() => {
            format!("You asked for {}. Those who work on it have been told.", say.priority_name(&ticket.wish))
        }
        "escalated" if ticket.escalated_at.is_some() => {
            "It is escalated. Those who work on it have been told.".to_owned()
        }
        "given" if ticket.turn.whose == Whose::Ours => "Thank you, we have it. You find it below.".to_owned(),
        "rated" => "Thank you for saying so.".to_owned(),
        "people" => "Who sees this request was changed.".to_owned(),
        "closed" if ticket.state == RequestState::Solved => {
            "Thank you. It is solved; write here if it comes back.".to_owned()
        }
        "followup" if is_new && ticket.parent.is_some() => {
            "The request you answered was closed, so your message opened this new one. Both are linked.".to_owned()
        }
        _ => return None,
    };
    Some(Notice { signal: Signal::Done, words, link: None })
}

/// Whether the last message brought a log that its type does not read (REQ-2).
fn brings_log(say: &Saying, shown: &Shown) -> bool {
    let last = shown.messages.last().map(|message| message.id);
    let is_log = |file: &desk::drafts::Attachment| file.kind == Some(Kind::Log) && file.message == last;
    last.is_some()
        && shown.files.iter().any(is_log)
        && grows_with_logs(say.policy(), &shown.ticket.request_type, shown.ticket.state).is_some()
}

fn state_more(say: &Saying, visit: &Visit, now: Instant, shown: &Shown) -> String {
    if let Some(over) = over_more(say, shown) {
        return over;
    }
    if !lacks(say, shown).is_empty() {
        return "We need something from you to go on: it is listed at the top of this page.".to_owned();
    }
    if let Some(due) = shown.ticket.next_word_at.filter(|due| *due >= now) {
        return format!("Our developers look at it. You hear from us by {}.", when(visit, due, now).said);
    }
    let agent = shown.ticket.assignee.and_then(|id| shown.names.get(&id)).and_then(|name| name.split(' ').next());
    match (shown.ticket.state, shown.ticket.turn.whose, agent) {
        (RequestState::Solved, ..) => "If it comes back, write here and it opens again.".to_owned(),
        (RequestState::Closed, ..) => {
            "If it comes back, write here: that opens a new request, linked with this one.".to_owned()
        }
        (RequestState::ToConfirm, ..) => "Please try it, and tell us whether it works now.".to_owned(),
        (RequestState::WithDevelopers, ..) => "Our developers look at it. You hear from us.".to_owned(),
        (_, Whose::Theirs, Some(agent)) => format!("{agent} answered. It goes on when you write."),
        (_, Whose::Theirs, None) => "We answered. It goes on when you write.".to_owned(),
        (_, Whose::Ours, Some(agent)) => format!("{agent} is on it. You don’t need to do anything."),
        (_, Whose::Ours, None) => "You don’t need to do anything.".to_owned(),
    }
}

/// What holds of a request that ended otherwise than by an answer (FRT-5, SCO-1).
fn over_more(say: &Saying, shown: &Shown) -> Option<String> {
    let ticket = &shown.ticket;
    if let Some(survivor) = ticket.merged_into {
        return Some(format!("It goes on in request {survivor}, where you take part."));
    }
    let entry = say.policy().scope.get(ticket.scope_entry.as_ref()?).filter(|_| ticket.state.is_over())?;
    let mut holds =
        vec![format!("Our support does not cover this: {}.", words::markdown::plain(say.text(&entry.name)))];
    holds.extend(entry.instead.as_ref().map(|to| format!("Where to go: {}", words::markdown::plain(say.text(to)))));
    holds.push("If we took it for something that it is not, write here.".to_owned());
    Some(holds.join(" "))
}

/// PRI-2: wish and decision, and the reason the agent gave last.
fn priority(say: &Saying, shown: &Shown) -> PriorityShown {
    let ticket = &shown.ticket;
    let reason = shown
        .happened
        .iter()
        .rev()
        .find(|it| matches!(&it.entry.event, Event::Ticket(_, TicketEvent::PriorityDecided { .. })))
        .and_then(|it| it.words.clone());
    PriorityShown {
        in_force: say.priority_name(&ticket.priority),
        wished: (ticket.wish != ticket.priority).then(|| say.priority_name(&ticket.wish)),
        reason: reason.filter(|_| ticket.priority_decided),
    }
}

/// REQ-8: what is asked of this reader.
fn lacks(say: &Saying, shown: &Shown) -> Vec<String> {
    if !may_as_customer(shown.why, CustomerAction::GiveDetails) {
        return vec![];
    }
    say.lacks(&tickets::lacks_of(say.policy(), shown))
}

/// Who takes part besides who filed it, and whom this reader may take off.
fn people(shown: &Shown, me: PersonId) -> Vec<Added> {
    let may_any = may_as_customer(shown.why, CustomerAction::AddParticipant);
    let added = shown.participants.iter().filter(|person| **person != shown.ticket.requester);
    added
        .filter(|person| may_any || **person == me)
        .map(|person| Added {
            id: person.0,
            name: shown.names.get(person).cloned().unwrap_or_default(),
            take_off: if *person == me { "Leave it" } else { "Take off" }.to_owned(),
        })
        .collect()
}

/// How it went, asked of who filed it once it is over.
fn rating(shown: &Shown) -> Option<RatingForm> {
    let ticket = &shown.ticket;
    let is_asked = shown.why == WhySeen::Requester && ticket.state.is_over() && ticket.merged_into.is_none();
    is_asked.then(|| RatingForm {
        action: format!("/requests/{}/rating", ticket.id),
        said: shown.rating.as_ref().map(|said| said.verdict),
        words: shown.rating.as_ref().map(|said| said.words.clone()).unwrap_or_default(),
    })
}

/// REQ-11: what this reader may ask for, above what was wished.
fn raise(say: &Saying, shown: &Shown, typed: Option<&(Raised, String)>) -> Option<Raise> {
    let ticket = &shown.ticket;
    if ticket.state.is_over() || !may_as_customer(shown.why, CustomerAction::RaiseWish) {
        return None;
    }
    let mut above = say.policy().above(&ticket.wish, &ticket.request_type, ticket.plan.as_ref());
    let details = shown.details.iter().cloned().collect();
    // PLN-4: what its details rule out is not offered.
    say.policy().choosing(&ticket.request_type, &details, |chosen| {
        above.retain(|key| say.policy().barred(&ticket.request_type, key, chosen).is_none());
    });
    // The next one above is what most ask for.
    let chosen = typed.map(|(raised, _)| &raised.wish).or(above.last().copied());
    let offered = say.priorities(&above, chosen);
    if offered.is_empty() {
        return None;
    }
    let (reason, fault) =
        typed.map_or_else(Default::default, |(raised, fault)| (raised.reason.clone(), Some(fault.clone())));
    Some(Raise { offered, reason, fault })
}

/// Who sees this (VIS-1, VIS-2), in words: first those on it.
fn seen_by(shown: &Shown, me: PersonId) -> String {
    let others = shown.participants.iter().filter(|person| **person != me && !shown.apart.contains(person));
    let named = others.filter_map(|person| shown.names.get(person).cloned());
    let people = ["You".to_owned()].into_iter().chain(named).collect();
    let sides = sides(shown.organisation.as_ref(), shown.reseller.as_ref());
    format!("{}.", words::sight::everybody(Lang::En, people, &shown.circle, sides))
}

fn reply_box(shown: &Shown, mut reply: Reply) -> ReplyBox {
    if !may_as_customer(shown.why, CustomerAction::Reply) {
        let words = match shown.why {
            WhySeen::Staff | WhySeen::TrustedStaff => "You read this as staff. Answer it at the desk.",
            _ => "A colleague filed this. You can read it; ask them to add you if you want to write.",
        };
        return ReplyBox::Closed { words: words.to_owned() };
    }
    if let Some(survivor) = shown.ticket.merged_into {
        return ReplyBox::Closed { words: format!("It goes on in request {survivor}, where you take part.") };
    }
    if !shown.ticket.state.is_over() && may_as_customer(shown.why, CustomerAction::Close) {
        reply.close = Some("It works now, close it".to_owned());
    }
    ReplyBox::Open(reply)
}

pub(crate) async fn answer(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, Problem> {
    let purpose = format!("request/{id}");
    let mut form = Form::read(&app, &visit, &purpose, request).await?;
    if take_off(&app, &visit, &form.fields).await? {
        form.keep(&app, &visit, &purpose).await?;
        return Ok(Redirect::to(&format!("/requests/{id}#reply")).into_response());
    }
    let is_pasted = form.take_pasted(&app, &visit, &purpose).await?;
    let body = form.fields.text("text").to_owned();
    let just = if is_pasted { "pasted" } else { "sent" };
    let text = Text { body: body.clone(), draft: form.draft, channel: None };
    match tickets::answer(&app.desk, &visit.actor, TicketId(id), text).await {
        Ok(Answered::Here(_)) => Ok(Redirect::to(&format!("/requests/{id}?just={just}")).into_response()),
        Ok(Answered::FollowUp(new)) => Ok(Redirect::to(&format!("/requests/{new}?just=followup")).into_response()),
        Err(Error::Invalid(faults)) => {
            let fault = Saying::of(&app).await?.of_field(&faults, "body");
            let draft = form.draft.map(|DraftId(id)| id);
            let reply = Reply { draft, text: body, fault, ..kept(&app, &visit, TicketId(id)).await? };
            shown(&app, &visit, TicketId(id), Typed { reply, raised: None, fix: None }, None).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn raise_wish(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    let raised = Raised { wish: PriorityKey::from(fields.text("priority")), reason: fields.text("reason").to_owned() };
    match tickets::raise_wish(&app.desk, &visit.actor, TicketId(id), raised.clone()).await {
        Ok(()) => Ok(Redirect::to(&format!("/requests/{id}?just=raised")).into_response()),
        Err(Error::Refused(
            refusal @ (Refusal::RaiseReasonMissing
            | Refusal::WishNotHigher
            | Refusal::PriorityBarred { .. }
            | Refusal::RequestEnded),
        )) => {
            let fault = Saying::of(&app).await?.refusal(&refusal);
            let typed =
                Typed { reply: kept(&app, &visit, TicketId(id)).await?, raised: Some((raised, fault)), fix: None };
            shown(&app, &visit, TicketId(id), typed, None).await
        }
        Err(error) => Err(error.into()),
    }
}

pub(crate) async fn escalate(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::escalate(&app.desk, &visit.actor, TicketId(id), fields.text("reason")).await?;
    Ok(Redirect::to(&format!("/requests/{id}?just=escalated")).into_response())
}

pub(crate) async fn close(State(app): State<App>, visit: Visit, Path(id): Path<i64>) -> Result<Response, Problem> {
    tickets::close(&app.desk, &visit.actor, TicketId(id)).await?;
    Ok(Redirect::to(&format!("/requests/{id}?just=closed")).into_response())
}

pub(crate) async fn add_participant(
    State(app): State<App>,
    visit: Visit,
    Path(id): Path<i64>,
    fields: Fields,
) -> Result<Response, Problem> {
    tickets::add_participant(&app.desk, &visit.actor, TicketId(id), fields.text("address")).await?;
    Ok(Redirect::to(&format!("/requests/{id}?just=people")).into_response())
}

pub(crate) async fn remove_participant(
    State(app): State<App>,
    visit: Visit,
    Path((id, person)): Path<(i64, i64)>,
) -> Result<Response, Problem> {
    tickets::remove_participant(&app.desk, &visit.actor, TicketId(id), PersonId(person)).await?;
    match tickets::show(&app.desk, &visit.actor, TicketId(id)).await {
        // Who left a request that is not shared no longer sees it.
        Err(Error::NotFound) => Ok(Redirect::to("/requests").into_response()),
        Err(error) => Err(error.into()),
        Ok(_) => Ok(Redirect::to(&format!("/requests/{id}?just=people")).into_response()),
    }
}
