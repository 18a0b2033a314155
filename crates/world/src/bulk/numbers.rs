//! Gives the rows of a batch their numbers, in the order of time, as commits would have: what happened to many requests
//! lies mixed in the journal and among the messages.

use desk::{
    Error, Result,
    mail::{Order, Telling},
};
use rules::{
    events::{Event, TicketEvent},
    ids::{MessageId, OutgoingId, Seq, TicketId},
    instant::Instant,
};
use store::{
    bulk::{Numbers, Whole},
    outgoing::Outgoing,
};

use super::{crowd::Crowd, ledger::Lived};

/// Numbers a batch that stands in the order of filing, and counts `next` on.
pub(super) fn number(lived: Vec<Lived>, crowd: &Crowd, next: &mut Numbers) -> Result<Vec<Whole>> {
    let first = next.ticket.0;
    next.ticket.0 += i64::try_from(lived.len()).unwrap_or(0);
    let messages = journal(&lived, next);
    let mut numbered: Vec<(Whole, Vec<(Instant, Order)>)> = lived
        .into_iter()
        .zip(messages)
        .zip(first..)
        .map(|((lived, (seqs, messages)), id)| {
            let mut whole = lived.whole;
            place(&mut whole, TicketId(id), (&seqs, &messages));
            let orders = lived.orders.into_iter().map(|(at, order)| (at, placed(order, TicketId(id), &messages)));
            (whole, orders.collect())
        })
        .collect();
    mails(&mut numbered, crowd, next)?;
    Ok(numbered.into_iter().map(|(whole, _)| whole).collect())
}

/// Of each request, the numbers of its events and of its messages.
fn journal(lived: &[Lived], next: &mut Numbers) -> Vec<(Vec<Seq>, Vec<MessageId>)> {
    let mut order: Vec<(Instant, usize, usize)> = lived
        .iter()
        .enumerate()
        .flat_map(|(of, lived)| {
            let entries = lived.whole.journal.iter().enumerate();
            entries.map(move |(at, entry)| (entry.recorded_at, of, at))
        })
        .collect();
    order.sort_unstable();
    let mut numbers = vec![(Vec::new(), Vec::new()); lived.len()];
    for (_, of, at) in order {
        numbers[of].0.push(next.seq);
        next.seq.0 += 1;
        if matches!(lived[of].whole.journal[at].event, Event::Ticket(_, TicketEvent::Posted(_))) {
            numbers[of].1.push(next.message);
            next.message.0 += 1;
        }
    }
    numbers
}

fn place(whole: &mut Whole, id: TicketId, (seqs, messages): (&[Seq], &[MessageId])) {
    let of = |local: MessageId| messages[usize::try_from(local.0).unwrap_or(0)];
    whole.ticket.id = id;
    for message in &mut whole.messages {
        (message.id, message.ticket) = (of(message.id), id);
    }
    for delivery in &mut whole.deliveries {
        delivery.message = of(delivery.message);
    }
    whole.deliveries.sort_by_key(|delivery| (delivery.message, delivery.to, delivery.at));
    for (entry, seq) in whole.journal.iter_mut().zip(seqs) {
        entry.seq = *seq;
        let Event::Ticket(ticket, event) = &mut entry.event else { continue };
        *ticket = id;
        match event {
            TicketEvent::Posted(posted) => posted.message = of(posted.message),
            TicketEvent::Delivered { message, .. } => *message = of(*message),
            _ => {}
        }
    }
}

fn placed(order: Order, id: TicketId, messages: &[MessageId]) -> Order {
    let of = |local: MessageId| messages[usize::try_from(local.0).unwrap_or(0)];
    let ticket = id;
    match order {
        Order::Receipt { to, .. } => Order::Receipt { ticket, to },
        Order::Reply { message, to, .. } => Order::Reply { ticket, message: of(message), to },
        Order::CustomerReplied { message, to, .. } => Order::CustomerReplied { ticket, message: of(message), to },
        Order::StateChanged { to, state, because, .. } => Order::StateChanged { ticket, to, state, because },
        Order::Told(telling) => Order::Told(Telling { ticket, ..telling }),
        Order::Reminded { to, .. } => Order::Reminded { ticket, to },
        Order::Warned { to, percent, cycle, target, .. } => Order::Warned { ticket, to, percent, cycle, target },
        Order::Breached { to, cycle, target, .. } => Order::Breached { ticket, to, cycle, target },
        other => other,
    }
}

/// The mails that were sent, without their bytes: a million requests would keep a hundred gigabytes of them.
fn mails(numbered: &mut [(Whole, Vec<(Instant, Order)>)], crowd: &Crowd, next: &mut Numbers) -> Result<()> {
    let mut order: Vec<(Instant, usize, usize)> = numbered
        .iter()
        .enumerate()
        .flat_map(|(of, (_, orders))| orders.iter().enumerate().map(move |(at, (sent, _))| (*sent, of, at)))
        .collect();
    order.sort_unstable();
    for (sent, of, at) in order {
        let (whole, orders) = &mut numbered[of];
        let order = &orders[at].1;
        whole.mails.push(Outgoing {
            id: next.mail,
            key: order.key(sent.micros()),
            kind: order.kind().to_owned(),
            ticket: order.ticket(),
            message: order.message(),
            person: order.person(),
            sender: "support@desk.example".to_owned(),
            recipient: order.person().map(|person| crowd.address(person)).unwrap_or_default(),
            subject: whole.ticket.subject.clone(),
            bytes: None,
            created_at: sent,
            tries: 1,
            outcome: Some("sent".to_owned()),
            outcome_at: Some(sent),
            answer: Some("250 taken".to_owned()),
            ordered: Some(serde_json::to_string(order).map_err(Error::broken)?),
            again_at: None,
            again_by: None,
            again_left: None,
        });
        next.mail = OutgoingId(next.mail.0 + 1);
    }
    Ok(())
}
