//! The desk's page of a request, filled from what the desk shows.

use axum::{http::StatusCode, response::Response};
use desk::{
    releases::Judged,
    tickets::{self, Decided, Shown},
};
use futures_util::future::{try_join, try_join3};
use rules::{
    access::{Action, may},
    events::{Audience, Author, Because, State as RequestState},
    ids::{DraftId, OrganisationId, PersonId, TicketId},
    instant::Instant,
    keys::{PlanKey, PriorityKey},
    search::{PassageOf, Target},
    tickets::{Mover, STATES, Whose, may_step},
};

use words::{
    lang::Lang,
    size::{limit, used},
};

use super::{
    assignment::assignment,
    column::{column, of_carried},
    conversion, more,
    queue::{Standing, framed},
    review,
};
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::{
        conversation::MessageKind,
        desk::{
            evidence::{Evidence, Fact},
            request::{Composer, DeskRequestPage, Hold, Pane, PaneAnswer, PriorityDecision, StateSteps},
        },
        html::show as page,
        parts::{Link, Signal, Tag},
    },
    shown::{
        OnHand, Reading, Saying, Side, ago, capital, clock_tag, conversation, escalation, explanation, full_strip,
        linked, presences, redact_subject, reports, sees_since, sides, ticked, when,
    },
};

/// What the composer shows again.
#[derive(Clone, Debug)]
pub(super) struct Again {
    pub draft: Option<i64>,
    pub text: String,
    pub kind: MessageKind,
    pub fault: Option<String>,
}

/// The list that stands beside a request where none was asked for.
const FIRST: &str = "needs-answer";

/// A request's page as asked for.
pub(super) struct Sheet {
    id: TicketId,
    view: String,
    again: Option<Again>,
    decision: Option<(Decided, String)>,
    /// Another request that is about to be tied with this one.
    other: Option<i64>,
    alone: bool,
}

impl Sheet {
    pub(super) fn new(id: i64, view: Option<&str>) -> Self {
        let view = view.unwrap_or(FIRST).to_owned();
        Self { id: TicketId(id), view, again: None, decision: None, other: None, alone: false }
    }

    /// With what was typed and could not be sent.
    pub(super) fn with(mut self, again: Again) -> Self {
        self.again = Some(again);
        self
    }

    /// With another request chosen, to be tied with this one.
    pub(super) fn tied_with(mut self, other: Option<i64>) -> Self {
        self.other = other;
        self
    }

    /// With a decision that was refused, and why.
    pub(super) fn with_decision(mut self, decided: Decided, fault: String) -> Self {
        self.decision = Some((decided, fault));
        self
    }

    /// The request alone, for a list that stays where it is.
    pub(super) fn alone(mut self, alone: bool) -> Self {
        self.alone = alone;
        self
    }

    pub(super) async fn show(self, app: &App, visit: &Visit) -> Result<Response, Problem> {
        // Before anything of the page is read.
        let since = desk::live::position(&app.desk).await?;
        let shown = tickets::show(&app.desk, &visit.actor, self.id).await?;
        let (key, after) = of_carried(&self.view);
        let (beside, known, after) = match column(app, visit, key).await? {
            Some(beside) => (beside, key, after),
            None => (column(app, visit, FIRST).await?.ok_or_else(Problem::not_found)?, FIRST, None),
        };
        let back = Link::new(beside.name(), after.map_or_else(|| beside.address(), |after| beside.page(after)));
        let title = format!("{} {}", self.id, shown.ticket.subject);
        let fault = self.decision.is_some() || self.again.as_ref().is_some_and(|again| again.fault.is_some());
        let status = if fault { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
        if self.alone {
            return Ok(page(status, &PaneAnswer { title, pane: self.pane(app, visit, &shown, back).await? }));
        }
        // What waits for the database waits together.
        let standing = Standing { after, here: Some(self.id) };
        let ((mut frame, queue), pane) =
            try_join(framed(app, visit, &beside, standing, (&title, known)), self.pane(app, visit, &shown, back))
                .await?;
        frame.since = Some(since.0);
        Ok(page(status, &DeskRequestPage { frame, queue, pane }))
    }

    async fn pane(&self, app: &App, visit: &Visit, shown: &Shown, back: Link) -> Result<Pane, Problem> {
        let say = Saying::of(app).await?;
        let signed = visit.actor.signed()?;
        let (ticket, now) = (&shown.ticket, app.desk.now());
        let reading = Reading { say: &say, visit, me: signed.person, now, side: Side::Staff };
        let name = |id| shown.names.get(&id).cloned().unwrap_or_default();
        let (assignment, mut composer, (evidence, watches)) = try_join3(
            assignment(app, visit, reading, shown),
            self.composer(app, visit, shown),
            evidence(app, visit, &say, shown),
        )
        .await?;
        let present = presences(app, visit, &[self.id]).await?.remove(&self.id).unwrap_or_default();
        composer.collision = present.collision;
        Ok(Pane {
            back,
            present: present.said,
            number: self.id.0,
            subject: ticket.subject.clone(),
            redact: redact_subject(reading, shown),
            organisation: shown.organisation.as_ref().map_or_else(|| "Stands alone".to_owned(), |it| it.name.clone()),
            requester: name(ticket.requester),
            filed: when(visit, ticket.filed_at, now),
            turn: clock_tag(reading, ticket, shown.clock.as_ref()),
            strip: full_strip(app, visit, shown.clock.as_ref(), now).await?,
            explanation: explanation(app, visit, shown.clock.as_ref(), now).await?,
            assignment,
            state: steps(shown),
            priority: self.priority(&say, shown),
            escalation: escalation(reading, shown),
            conversion: conversion::conversion(&say, visit, shown, &conversion::outdated(app, &say, shown).await?),
            proposal: conversion::proposal(&say, shown),
            review: review::part(app, visit, &say, shown).await?,
            more: more::more(&say, visit, (shown, watches), self.other),
            next_word: more::word(reading, shown),
            merged: more::merged(&say, shown, now),
            conversation: conversation(reading, shown),
            hold: hold(shown, signed.person, now),
            composer,
            evidence,
        })
    }

    fn priority(&self, say: &Saying, shown: &Shown) -> PriorityDecision {
        let ticket = &shown.ticket;
        let chosen = self.decision.as_ref().map_or(&ticket.priority, |(decided, _)| &decided.priority);
        let allowed = say.policy().allowed(&ticket.request_type, None);
        let (policy, details) = (say.policy(), shown.details.iter().cloned().collect());
        let why = |key: &PriorityKey| {
            let of = (&ticket.request_type, key);
            policy.choosing(&ticket.request_type, &details, |it| words::forms::barred(say.lang, policy, of, it))
        };
        let note = |key: &&PriorityKey| Some(format!("{}: {}", say.priority_name(key), why(key)?));
        let notes = allowed.iter().filter_map(note).collect();
        // What is in force stays to choose, whatever its details say now.
        let free: Vec<_> = allowed.into_iter().filter(|key| **key == ticket.priority || why(key).is_none()).collect();
        let mut offered = say.priorities(&free, Some(chosen));
        for choice in offered.iter_mut().filter(|choice| choice.key == ticket.wish.as_str()) {
            choice.name.push_str(", as wished");
        }
        PriorityDecision {
            decided: say.priority_name(&ticket.priority),
            wished: (ticket.wish != ticket.priority).then(|| say.priority_name(&ticket.wish)),
            notes,
            offered,
            reason: self.decision.as_ref().map(|(decided, _)| decided.reason.clone()).unwrap_or_default(),
            fault: self.decision.as_ref().map(|(_, fault)| fault.clone()),
        }
    }

    async fn composer(&self, app: &App, visit: &Visit, shown: &Shown) -> Result<Composer, Problem> {
        let kept = desk::drafts::latest(&app.desk, &visit.actor, &format!("request/{}", self.id)).await?;
        let whose = shown.organisation.as_ref().map(|it| it.name.clone());
        let whose = whose.or_else(|| shown.names.get(&shown.ticket.requester).cloned()).unwrap_or_default();
        let again = self.again.clone();
        // What was begun as a note stays one.
        let is_note = kept.as_ref().and_then(|draft| draft.fields.get("kind")).is_some_and(|kind| kind == "note");
        let kept_kind = if is_note { MessageKind::Note } else { MessageKind::Public };
        let kind = again.as_ref().map_or(kept_kind, |it| it.kind);
        let can_hand_over =
            may_step(RequestState::Open, RequestState::WithDevelopers, Mover::Staff, Because::StaffDecided).is_ok();
        let mut ways = vec![("solved".to_owned(), "Reply and solve".to_owned())];
        if can_hand_over && shown.ticket.state != RequestState::WithDevelopers {
            ways.insert(0, ("with_developers".to_owned(), "With developers".to_owned()));
        }
        let draft = again.as_ref().and_then(|it| it.draft).or(kept.as_ref().map(|draft| draft.id.0));
        let say = Saying::of(app).await?;
        let held = OnHand::of(app, visit, draft.map(DraftId)).await?.all(&say, "");
        let policy = app.desk.policy().await?;
        let moving = policy.policy().migration.as_ref().map(|moving| &moving.request_type);
        if moving == Some(&shown.ticket.request_type) && !desk::migration::tools(&app.desk).await?.is_empty() {
            ways.insert(0, ("tool".to_owned(), "Insert the newest tool".to_owned()));
        }
        let texts = desk::templates::offered(&app.desk, &visit.actor, &shown.ticket).await?;
        let inserted = kept.as_ref().and_then(|draft| draft.fields.get("template"));
        let inserted =
            inserted.and_then(|id| texts.iter().map(|(it, _)| it).find(|it| it.id.to_string() == *id)).cloned();
        if inserted.as_ref().is_some_and(|it| it.after == "keep") {
            ways.push(("keep".to_owned(), "Reply, keep the state".to_owned()));
        }
        let seen = kept.as_ref().map(|draft| desk::drafts::mark(&draft.fields)).unwrap_or_default();
        Ok(Composer {
            draft,
            seen,
            held,
            text: match &again {
                Some(again) => again.text.clone(),
                None => kept.as_ref().and_then(|draft| draft.fields.get("text").cloned()).unwrap_or_default(),
            },
            saved: kept
                .filter(|draft| draft.fields.get("text").is_some_and(|text| !text.is_empty()))
                .map(|draft| format!("saved {}", when(visit, draft.updated_at, app.desk.now()).said)),
            kind,
            // A name that the button has no room for would be cut in its middle.
            whose: if whose.chars().count() > 16 { "the customer’s".to_owned() } else { of(&whose) },
            way: inserted.as_ref().map_or_else(String::new, |it| it.after.clone()),
            ways,
            texts: texts.iter().map(|(it, offer)| super::templates::offered(&say, it, offer)).collect(),
            template: inserted.map(|it| it.id.0),
            fault: again.and_then(|it| it.fault),
            read_to: shown.messages.iter().map(|it| it.id.0).max().unwrap_or_default(),
            collision: String::new(),
        })
    }
}

/// "Acme’s", "Acme Robotics’".
fn of(name: &str) -> String {
    if name.ends_with('s') { format!("{name}’") } else { format!("{name}’s") }
}

/// The steps that an agent may take from here (REQ-9).
fn steps(shown: &Shown) -> StateSteps {
    let from = shown.ticket.state;
    let steps = STATES
        .into_iter()
        .filter(|to| may_step(from, *to, Mover::Staff, Because::StaffDecided).is_ok())
        .map(|to| {
            let (key, words) = match to {
                RequestState::New => ("new", "Make it new"),
                RequestState::Open => ("open", "Open"),
                RequestState::WaitingForCustomer => ("waiting_for_customer", "Wait for the customer"),
                RequestState::WithDevelopers => ("with_developers", "Hand to our developers"),
                RequestState::ToConfirm => ("to_confirm", "Ask to confirm the fix"),
                RequestState::Solved => ("solved", "Solved"),
                RequestState::Closed => ("closed", "Close"),
            };
            (key.to_owned(), words.to_owned())
        })
        .collect();
    StateSteps { now: state_name(from).to_owned(), steps }
}

pub(super) fn state_name(state: RequestState) -> &'static str {
    match state {
        RequestState::New => "New",
        RequestState::Open => "Open",
        RequestState::WaitingForCustomer => "Waiting for customer",
        RequestState::WithDevelopers => "With developers",
        RequestState::ToConfirm => "To confirm",
        RequestState::Solved => "Solved",
        RequestState::Closed => "Closed",
    }
}

/// A reply of one's own that has not left yet.
fn hold(shown: &Shown, me: PersonId, now: Instant) -> Option<Hold> {
    let is_held = |message: &&tickets::Message| {
        message.send_at > now && message.author == Author::Staff(me) && message.audience == Audience::Public
    };
    let held = shown.messages.iter().rev().find(is_held)?;
    Some(Hold { message: held.id.0, until: held.send_at.to_string(), now: now.to_string() })
}

/// What stands beside it, and whether the reader watches it.
async fn evidence(app: &App, visit: &Visit, say: &Saying, shown: &Shown) -> Result<(Evidence, bool), Problem> {
    let (ticket, now) = (&shown.ticket, app.desk.now());
    let deployment = say.policy().deployment_in(&ticket.request_type, &shown.details);
    let of = (ticket.organisation, deployment.as_ref());
    let side = tickets::beside(&app.desk, &visit.actor, ticket.id, of).await?;
    let since = when(visit, ticket.turn.since, now).said;
    let turn = match (ticket.state, ticket.turn.whose) {
        (RequestState::Solved, _) => "Solved".to_owned(),
        (RequestState::Closed, _) => "Closed".to_owned(),
        (RequestState::WithDevelopers, Whose::Theirs) => format!("With developers, told {since}"),
        (_, Whose::Ours) => format!("Ours since {since}"),
        (_, Whose::Theirs) => format!("Theirs since {since}"),
    };
    let used = say.compiled.hours().elapsed(ticket.turn.since, now);
    let turn_more = if ticket.state.is_over() {
        format!("since {}", when(visit, ticket.state_since, now).said)
    } else {
        format!("{} of working time", ago(used))
    };
    let address = desk::people::address(&app.desk, ticket.requester).await?;
    let room = room(app, ticket.organisation).await?;
    let can_see_people = may(visit.actor.signed()?.grants, Action::UseDesk);
    let evidence = Evidence {
        turn,
        turn_more,
        requester: shown.names.get(&ticket.requester).cloned().unwrap_or_default(),
        requester_facts: address.filter(|_| can_see_people).map(|it| Fact::new("Address", it)).into_iter().collect(),
        organisation: shown
            .organisation
            .as_ref()
            .map(|it| Link::new(it.name.clone(), format!("/desk/organisations/{}", it.id))),
        organisation_facts: shown.organisation.as_ref().map_or_else(Vec::new, |it| {
            let confirmed = if it.confirmed_at.is_some() { "yes" } else { "not yet" };
            let sees = sees_since(visit, app.desk.now(), it.sharing);
            let mut facts: Vec<Fact> =
                shown.reseller.iter().map(|it| Fact::new("Filed by its reseller", it.name.clone())).collect();
            facts.extend([Fact::new("Sees requests", sees), Fact::new("Confirmed", confirmed)]);
            facts.extend(room);
            facts
        }),
        licence: Tag::new(
            if side.licence.today.is_flagged() || side.licence.flagged.is_some() {
                Signal::Soon
            } else {
                Signal::Plain
            },
            capital(&words::licence::standing(say.lang, &side.licence.today.standing)),
        ),
        licence_facts: licence_facts(say, ticket.plan.as_ref(), &side.licence),
        details: detail_facts(app, say, shown).await?,
        lacks: say.lacks(&tickets::lacks_of(say.policy(), shown)),
        reports: reports(app, visit, shown).await?,
        linked: linked(app, visit, shown, Side::Staff).await?,
        alike: ticket.organisation.map(|_| format!("/desk/requests/{}/alike", ticket.id)),
        same_organisation: side
            .same_organisation
            .iter()
            .map(|it| Link::new(format!("{} {}", it.id, it.subject), format!("/desk/requests/{}", it.id)))
            .collect(),
        suggested: side.suggested.iter().map(|it| suggested(say, it)).collect(),
        seen_by: seen_by(shown),
        sight: format!("/desk/requests/{}/sight", shown.ticket.id),
    };
    Ok((evidence, side.watches))
}

/// What the customer was shown before filing, and what they did with it.
fn suggested(say: &Saying, it: &tickets::Suggested) -> Link {
    let shown = &it.shown;
    let did = match (shown.opened, shown.waved_away_at) {
        (_, Some(_)) => "“something else”",
        (0, None) => "not opened",
        (_, None) => "opened",
    };
    match &shown.target {
        Target::Request(id) => {
            let named = it.subject.clone().map_or_else(|| id.to_string(), |subject| format!("{id} {subject}"));
            Link::new(format!("{named}: {did}"), format!("/desk/requests/{id}"))
        }
        Target::Passage(PassageOf::Section(id)) => {
            Link::new(format!("{}: {did}", say.section(id)), format!("/support#{id}"))
        }
        Target::Passage(PassageOf::Scope(key)) => {
            let name = say.policy().scope.get(key).map_or_else(|| key.to_string(), |it| say.text(&it.name).to_owned());
            Link::new(format!("{name}: {did}"), "/support#scope")
        }
    }
}

/// The licence by which it is judged and why that one, whether it was filed without one, and its plans (ENT-2, PLN-1).
fn licence_facts(say: &Saying, at_filing: Option<&PlanKey>, licence: &desk::licences::Beside) -> Vec<Fact> {
    let mut facts = Vec::new();
    if let Some(flagged) = &licence.flagged {
        facts.push(Fact::new("Filed", words::licence::flagged(say.lang, flagged)));
    }
    if let Some(by) = &licence.by {
        let name = words::licence::name(say.lang, by.id, &by.terms);
        facts.extend(words::licence::choice(say.lang, &name, licence.choice).map(|why| Fact::new("Judged by", why)));
    }
    facts.extend(plans(say, at_filing, licence.today.plan.as_ref()));
    facts
}

/// LOG-5: how much of their room the files of an organisation take, once it is a fiftieth.
async fn room(app: &App, organisation: Option<OrganisationId>) -> Result<Option<Fact>, Problem> {
    let Some(organisation) = organisation else { return Ok(None) };
    let quota = desk::attachments::quota_of(&app.desk, organisation).await?;
    let said = format!("{} of {}", used(quota.used_bytes), limit(quota.limit_bytes));
    Ok((quota.used_bytes >= quota.limit_bytes / 50).then(|| Fact::new("Files take", said)))
}

/// The plan whose targets count for this request, and the one of today where it is another.
fn plans(say: &Saying, at_filing: Option<&PlanKey>, today: Option<&PlanKey>) -> Vec<Fact> {
    if say.policy().plans.is_empty() {
        return vec![];
    }
    let name = |plan: Option<&PlanKey>| {
        let Some(key) = plan else { return "none".to_owned() };
        say.policy().plan(key).map_or_else(|| key.to_string(), |plan| say.text(&plan.name).to_owned())
    };
    let mut facts = vec![Fact::new("Plan when filed", name(at_filing))];
    if at_filing != today {
        facts.push(Fact::new("Plan today", name(today)));
    }
    facts
}

/// What the form asked for, and how the version stands to the latest release (BUG-1).
async fn detail_facts(app: &App, say: &Saying, shown: &Shown) -> Result<Vec<Fact>, Problem> {
    let (ticket, details) = (&shown.ticket, shown.details.iter().cloned().collect());
    let of = (&ticket.request_type, ticket.organisation);
    let compared = desk::releases::compare(&app.desk, of, (&details, &ticket.subject)).await?;
    let stands = compared.as_ref().and_then(|it| words::releases::against_latest(say.lang, &it.verdict()));
    let underneath = compared.as_ref().map(|it| underneath(say, it)).unwrap_or_default();
    let facts = short_details(say, shown).into_iter();
    let facts = facts.chain(stands.map(|stands| Fact::new("Against the latest release", stands)));
    let facts = facts.chain(underneath.into_iter().map(|it| Fact::new("What it runs on", it)));
    Ok(facts.chain(ticked(say, shown).map(|it| Fact::new("Ticked", it))).collect())
}

/// How what it runs on stands to what its release needs (BUG-8).
fn underneath(say: &Saying, judged: &Judged) -> Vec<String> {
    let Some(found) = judged.underneath() else { return vec![] };
    found.compared.iter().filter_map(|it| words::releases::underneath(say.lang, &found.release, it)).collect()
}

/// Details that fit on a line: version, deployment, area.
fn short_details(say: &Saying, shown: &Shown) -> Vec<Fact> {
    use rules::policy::DetailKind;
    let policy = say.policy();
    let facts = shown.details.iter().filter_map(|(key, value)| {
        let detail = policy.details.get(key)?;
        let value = match detail.kind {
            DetailKind::Version | DetailKind::Line => value.clone(),
            DetailKind::Deployment => say.text(&policy.deployments.get(value.as_str())?.name).to_owned(),
            DetailKind::Area => say.text(&policy.areas.get(value.as_str())?.name).to_owned(),
            DetailKind::Choice => say.text(detail.choices.get(value.as_str())?).to_owned(),
            DetailKind::Text | DetailKind::File | DetailKind::TextFile => return None,
        };
        Some(Fact::new(say.text(&detail.label), value))
    });
    facts.collect()
}

fn seen_by(shown: &Shown) -> String {
    let on_it = shown.participants.iter().filter(|id| !shown.apart.contains(id));
    let people = on_it.filter_map(|id| shown.names.get(id).cloned()).collect();
    let sides = sides(shown.organisation.as_ref(), shown.reseller.as_ref());
    words::sight::everybody(Lang::En, people, &shown.circle, sides)
}
