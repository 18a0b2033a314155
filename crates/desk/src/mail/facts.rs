//! From the ids of an order to the facts of a mail, as they stand when it is composed.

use rules::{
    events::{Entry, Event, Secrecy, TicketEvent},
    ids::{LinkId, MessageId, PersonId, TicketId},
    keys::PriorityKey,
    mail::NotOwed,
    sla::Terms,
};

use super::{Order, circulars, fixes, opening, order::Ordered, organisations, reports, told};
use crate::{
    Desk, Error, Result,
    ports::{About, Lowered, Notice, Opens, Recipient, RequestFacts},
};

/// The mail that an order comes to, or why it is owed no more (taken back, redacted, erased).
pub(super) async fn notice(desk: &Desk, ordered: &Ordered) -> Result<std::result::Result<Notice, NotOwed>> {
    if !is_for_them(desk, &ordered.order).await? {
        return Ok(Err(NotOwed::NotTheirs));
    }
    let Some((to, about)) = about(desk, &ordered.order).await? else { return Ok(Err(NotOwed::OwedNoMore)) };
    Ok(Ok(Notice { key: ordered.key.clone(), to, about, thread: ordered.order.ticket(), now: desk.now() }))
}

/// Whether a request exists for whom a mail would tell of it, as things stand now (VIS-3): who left, whose address is in doubt
/// or who lost a role is not written to about what they do not see.
async fn is_for_them(desk: &Desk, order: &Order) -> Result<bool> {
    let (Some(ticket), Some(person)) = (order.ticket(), order.person()) else { return Ok(true) };
    let conn = desk.store.read();
    match store::tickets::facts(conn, ticket).await {
        Ok(facts) => crate::tickets::sees(conn, &facts, person).await,
        Err(store::Error::NotFound) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

async fn about(desk: &Desk, order: &Order) -> Result<Option<(Recipient, About)>> {
    match order {
        Order::Verification { link }
        | Order::PasswordReset { link }
        | Order::Proof { link }
        | Order::ReportLink { link } => by_link(desk, order, *link).await,
        Order::Invitation { invitation, at } => organisations::invitation(desk, *invitation, *at).await,
        Order::ResaleOffered { resale, at } => organisations::offer(desk, *resale, *at).await,
        Order::Admission { to, .. } => to_person(desk, *to, admission(desk, *to).await?).await,
        Order::AlreadyRegistered { to, .. } => {
            let about = already_registered(desk).await?;
            to_person(desk, *to, about).await
        }
        Order::PasswordChanged { to, .. } => {
            let product = product(desk).await?;
            to_person(desk, *to, About::PasswordChanged { product }).await
        }
        Order::Organisation(owed) => if_owed(desk, owed.to, organisations::about(desk, owed).await?).await,
        Order::ClosedDays(owed) => if_owed(desk, owed.to, organisations::closed_days(desk, owed).await?).await,
        Order::MonthReport(owed) => if_owed(desk, owed.to, reports::about(desk, owed)?).await,
        Order::Opening(owed) => if_owed(desk, owed.to, opening::about(desk, owed).await?).await,
        Order::Receipt { ticket, to } => {
            let about = receipt(desk, *ticket).await?;
            to_person(desk, *to, about).await
        }
        Order::Reply { ticket, message, to }
        | Order::CustomerReplied { ticket, message, to }
        | Order::Called { ticket, message, to } => {
            if_owed(desk, *to, said(desk, order, *ticket, *message).await?).await
        }
        Order::Assigned { ticket, to, by } => {
            let about = assigned(desk, *ticket, *by).await?;
            to_person(desk, *to, about).await
        }
        Order::StateChanged { ticket, to, state, because } => {
            let (state, because) = (*state, *because);
            if store::tickets::get(desk.store.read(), *ticket).await?.state != state {
                return Ok(None);
            }
            let request = request(desk, *ticket).await?;
            to_person(desk, *to, About::StateChanged { request, state, because }).await
        }
        Order::Reminded { ticket, to } => {
            let Some(until) = crate::tickets::solved_at(desk, *ticket).await? else { return Ok(None) };
            let request = request(desk, *ticket).await?;
            to_person(desk, *to, About::Reminded { request, until }).await
        }
        Order::PriorityDecided { ticket, to, at } => if_owed(desk, *to, decided(desk, *ticket, *at).await?).await,
        Order::WishRaised { ticket, to, at } => if_owed(desk, *to, raised(desk, *ticket, *at).await?).await,
        Order::Circular(owed) => if_owed(desk, owed.to, circulars::about(desk, *owed).await?).await,
        Order::Fix(owed) => if_owed(desk, owed.to, fixes::about(desk, owed).await?).await,
        Order::Told(telling) => if_owed(desk, telling.to, told::about(desk, telling).await?).await,
        Order::Warned { ticket, to, percent, cycle, target } => {
            let Some(due) = due(desk, *ticket, *target, *cycle).await? else { return Ok(None) };
            let request = request(desk, *ticket).await?;
            to_person(desk, *to, About::Warned { request, percent: *percent, owed: *target, due }).await
        }
        Order::Breached { ticket, to, cycle, target } => {
            let Some(due) = due(desk, *ticket, *target, *cycle).await? else { return Ok(None) };
            let request = request(desk, *ticket).await?;
            to_person(desk, *to, About::Breached { request, owed: *target, due }).await
        }
    }
}

async fn if_owed(desk: &Desk, to: PersonId, about: Option<About>) -> Result<Option<(Recipient, About)>> {
    match about {
        Some(about) => to_person(desk, to, about).await,
        None => Ok(None),
    }
}

/// Let in, unless they were turned away (REG-3).
async fn admission(desk: &Desk, to: PersonId) -> Result<About> {
    let refused = store::people::reader(desk.store.read(), to).await?.turned_away;
    let page = format!("{}/sign-in", desk.settings.base_url);
    Ok(About::Admission { product: product(desk).await?, refused, page })
}

async fn assigned(desk: &Desk, ticket: TicketId, by: Option<PersonId>) -> Result<About> {
    let by = match by {
        Some(person) => store::people::get(desk.store.read(), person).await?.name,
        None => String::new(),
    };
    Ok(About::Assigned { request: request(desk, ticket).await?, by })
}

async fn already_registered(desk: &Desk) -> Result<About> {
    let (product, base) = (product(desk).await?, &desk.settings.base_url);
    let (sign_in, reset) = (format!("{base}/sign-in"), format!("{base}/reset"));
    Ok(About::AlreadyRegistered { product, sign_in, reset })
}

async fn to_person(desk: &Desk, to: PersonId, about: About) -> Result<Option<(Recipient, About)>> {
    let conn = desk.store.read();
    let person = store::people::get(conn, to).await?;
    let Some(address) = store::people::addresses(conn, to).await?.into_iter().next() else { return Ok(None) };
    Ok(Some((Recipient { name: person.name, address: address.written, zone: person.zone }, about)))
}

async fn by_link(desk: &Desk, order: &Order, id: LinkId) -> Result<Option<(Recipient, About)>> {
    let link = match store::sessions::link(desk.store.read(), id).await {
        Ok(link) if link.used_at.is_none() && link.expires_at > desk.now() => link,
        Ok(_) | Err(store::Error::NotFound) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    // REG-2: somebody asked for an address that has no account.
    if matches!(order, Order::PasswordReset { .. }) && link.person.is_none() {
        return Ok(None);
    }
    let product = product(desk).await?;
    let token = crate::people::link_text(desk, &link)?;
    let expires = link.expires_at;
    let base = &desk.settings.base_url;
    let about = match order {
        Order::Verification { .. } => About::Verification { product, link: format!("{base}/verify/{token}"), expires },
        Order::Proof { .. } => About::Proof { product, link: format!("{base}/proof/{token}"), expires },
        Order::ReportLink { .. } => {
            About::ReportLink { product, link: format!("{base}/security/report/{token}"), expires }
        }
        _ => About::PasswordReset { product, link: format!("{base}/reset/{token}"), expires },
    };
    Ok(Some((Recipient { name: link.name, address: link.written, zone: None }, about)))
}

async fn receipt(desk: &Desk, id: TicketId) -> Result<About> {
    let ticket = store::tickets::get(desk.store.read(), id).await?;
    let policies = desk.policies().await?;
    let policy = policies.at(desk.now())?.policy.policy();
    let receipt = policy.request_type(&ticket.request_type).map_or("", |kind| kind.receipt.say("en")).to_owned();
    let due = due(desk, id, rules::events::TargetKind::FirstResponse, 0).await?;
    let lowered = lowered(desk, policy, &ticket).await?;
    let opens = opens(desk, id).await?;
    Ok(About::Receipt { request: request(desk, id).await?, receipt, lowered, due, opens })
}

/// HRS-3: when the desk opens, unless somebody is here, or the request's own hours run.
async fn opens(desk: &Desk, id: TicketId) -> Result<Option<Opens>> {
    let (compiled, now) = (desk.policy().await?, desk.now());
    let history = crate::clocks::history(desk.store.read(), id).await?;
    let clocks = crate::clocks::clocks(&history, &*desk.policies().await?)?;
    let runs =
        |clock: &rules::sla::Clock| compiled.aim(clock.kind, &clock.about).is_some_and(|aim| aim.calendar.is_open(now));
    let hours = compiled.hours();
    if hours.is_open(now) || clocks.iter().any(runs) {
        return Ok(None);
    }
    let zone = hours.zone().iana_name().map(str::to_owned);
    Ok(hours.next_open(now).ok().map(|at| Opens { at, zone }))
}

/// PRI-3: the wish was kept, and the highest that is allowed is in force; and why.
async fn lowered(
    desk: &Desk,
    policy: &rules::policy::Policy,
    ticket: &store::tickets::Ticket,
) -> Result<Option<Lowered>> {
    if ticket.wish == ticket.priority || ticket.priority_decided {
        return Ok(None);
    }
    let only = policy.request_type(&ticket.request_type).and_then(|kind| kind.priorities.only_if.get(&ticket.wish));
    let why = only.and_then(|only| only.why.as_ref()).map(|why| why.say("en").to_owned());
    let (wish, now) = (priority(desk, &ticket.wish).await?, priority(desk, &ticket.priority).await?);
    Ok(Some(Lowered { wish, priority: now, why }))
}

async fn said(desk: &Desk, order: &Order, ticket: TicketId, id: MessageId) -> Result<Option<About>> {
    let conn = desk.store.read();
    let message = store::messages::get(conn, id).await?;
    if message.taken_back_at.is_some() {
        return Ok(None);
    }
    let body = if message.body.is_empty() { told::given(desk, ticket, id).await? } else { message.body };
    if body.is_empty() {
        return Ok(None);
    }
    let author = match message.author {
        rules::events::Author::Customer(person) | rules::events::Author::Staff(person) => {
            store::people::get(conn, person).await?.name
        }
        rules::events::Author::Machine => String::new(),
    };
    let request = request(desk, ticket).await?;
    // SEC-1: what is said in a security report stays on the portal; the mail says that there is something.
    let body = if request.subject.is_some() { body } else { String::new() };
    let files = store::attachments::of_ticket(conn, ticket)
        .await?
        .into_iter()
        .filter(|file| file.message == Some(id) && request.subject.is_some())
        .map(|file| file.name)
        .collect();
    Ok(Some(match order {
        Order::Reply { .. } => About::Reply { request, author, body, files },
        Order::Called { .. } => About::Called { request, author, body },
        _ => About::CustomerReplied { request, author, body },
    }))
}

/// The priority decided at that instant, and why; `None` where it is what was wished.
async fn decided(desk: &Desk, ticket: TicketId, at: i64) -> Result<Option<About>> {
    let is_it = |event: &TicketEvent| matches!(event, TicketEvent::PriorityDecided { .. });
    let Some((Entry { event: Event::Ticket(_, TicketEvent::PriorityDecided { to, .. }), .. }, reason)) =
        happened(desk, ticket, at, is_it).await?
    else {
        return Ok(None);
    };
    let wish = store::tickets::get(desk.store.read(), ticket).await?.wish;
    if to == wish {
        return Ok(None);
    }
    let (wish, decided) = (priority(desk, &wish).await?, priority(desk, &to).await?);
    Ok(Some(About::PriorityDecided { request: request(desk, ticket).await?, wish, decided, reason }))
}

/// The wish raised at that instant, by whom, and why.
async fn raised(desk: &Desk, ticket: TicketId, at: i64) -> Result<Option<About>> {
    let is_it = |event: &TicketEvent| matches!(event, TicketEvent::WishRaised { .. });
    let Some((Entry { by, event: Event::Ticket(_, TicketEvent::WishRaised { from, to }), .. }, reason)) =
        happened(desk, ticket, at, is_it).await?
    else {
        return Ok(None);
    };
    let author = match by.person {
        Some(person) => store::people::get(desk.store.read(), person).await?.name,
        None => String::new(),
    };
    let (before, wish) = (priority(desk, &from).await?, priority(desk, &to).await?);
    Ok(Some(About::WishRaised { request: request(desk, ticket).await?, author, before, wish, reason }))
}

/// The event of that kind at that instant, with the words given for it.
pub(super) async fn happened(
    desk: &Desk,
    ticket: TicketId,
    at: i64,
    is_it: impl Fn(&TicketEvent) -> bool,
) -> Result<Option<(Entry, String)>> {
    let conn = desk.store.read();
    let mut history = crate::clocks::history(conn, ticket).await?.into_iter();
    // What is split off, or was reported before its address was proven, is written down later than it happened.
    let found = history.find(|entry| {
        let is_then = entry.occurred_at.micros() == at || entry.recorded_at.micros() == at;
        is_then && matches!(&entry.event, Event::Ticket(_, event) if is_it(event))
    });
    let Some(entry) = found else { return Ok(None) };
    let words = store::events::remarks(conn, ticket).await?.remove(&entry.seq).unwrap_or_default();
    Ok(Some((entry, words)))
}

/// The name of a priority in the policy.
pub(super) async fn priority(desk: &Desk, key: &PriorityKey) -> Result<String> {
    let compiled = desk.policy().await?;
    let known = compiled.policy().priorities.get(key);
    Ok(known.map_or_else(|| key.to_string(), |it| it.name.say("en").to_owned()))
}

pub(super) async fn request(desk: &Desk, id: TicketId) -> Result<RequestFacts> {
    let ticket = store::tickets::get(desk.store.read(), id).await?;
    let compiled = desk.policy().await?;
    let policy = compiled.policy();
    let type_name = policy
        .request_type(&ticket.request_type)
        .map_or_else(|| ticket.request_type.to_string(), |kind| kind.name.say("en").to_owned());
    Ok(RequestFacts {
        id,
        product: policy.product.name.clone(),
        subject: (ticket.secrecy != Secrecy::Security).then_some(ticket.subject),
        type_name,
        url: format!("{}/requests/{id}", desk.settings.base_url),
    })
}

async fn due(
    desk: &Desk,
    ticket: TicketId,
    target: rules::events::TargetKind,
    cycle: u32,
) -> Result<Option<rules::instant::Instant>> {
    let history = crate::clocks::history(desk.store.read(), ticket).await?;
    let clocks = crate::clocks::clocks(&history, &*desk.policies().await?)?;
    Ok(clocks.iter().find(|clock| clock.kind == target && clock.cycle == cycle).and_then(|clock| clock.due))
}

async fn product(desk: &Desk) -> Result<String> {
    Ok(desk.policy().await?.policy().product.name.clone())
}

impl From<crate::ports::ComposeFault> for Error {
    fn from(fault: crate::ports::ComposeFault) -> Self {
        Self::broken(fault.0)
    }
}
