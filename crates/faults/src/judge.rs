//! What must be true after a round, read by somebody who did not write it: everything acknowledged is there, clocks,
//! turns and places in the queue are what the events tell, the journal has no gap, and files are what they were.

use std::{collections::HashMap, fs, path::Path};

use anyhow::Result;
use desk::{Policies, clocks::Told, proof};
use rules::{
    events::{Audience, Author, Entry, Event, TicketEvent},
    ids::{Seq, TicketId},
};
use sha2::{Digest, Sha256};
use store::{Handle, attachments::Attachment, jobs::Job, messages::Message, outgoing::Outgoing, tickets::Ticket};

use crate::ledger::{Act, Kind};

/// All that is kept.
#[derive(Debug)]
pub(crate) struct Kept {
    pub(crate) requests: HashMap<i64, Request>,
    pub(crate) journal: Vec<Entry>,
    pub(crate) jobs: Vec<Job>,
    pub(crate) outgoing: Vec<Outgoing>,
    policies: Policies,
}

#[derive(Debug)]
pub(crate) struct Request {
    ticket: Ticket,
    clocks: Vec<store::sla::ClockRow>,
    messages: Vec<Message>,
    files: Vec<Attachment>,
    history: Vec<Entry>,
    pub(crate) participants: Vec<i64>,
    /// What reports count of it.
    pub(crate) facts: Vec<rules::reports::Fact>,
}

const EVERYTHING: i64 = i64::MAX;

pub(crate) async fn read(conn: &Handle) -> Result<Kept> {
    let mut requests = HashMap::new();
    for id in store::tickets::all(conn).await? {
        let request = Request {
            ticket: store::tickets::get(conn, id).await?,
            clocks: store::sla::of_ticket(conn, id).await?,
            messages: store::messages::of_ticket(conn, id).await?,
            files: store::attachments::of_ticket(conn, id).await?,
            history: store::events::of_ticket(conn, id).await?,
            facts: store::reports::of_ticket(conn, id).await?,
            participants: store::tickets::participants(conn, id).await?.into_iter().map(|person| person.0).collect(),
        };
        requests.insert(id.0, request);
    }
    Ok(Kept {
        requests,
        journal: store::events::after(conn, Seq(0), EVERYTHING).await?,
        jobs: store::jobs::all(conn).await?,
        outgoing: store::outgoing::newest(conn, None, EVERYTHING).await?,
        policies: Policies::read(conn).await?,
    })
}

/// Everything that is wrong, in words.
pub(crate) fn faults(kept: &Kept, acts: &[Act], blobs: &Path) -> Vec<String> {
    let mut faults = Vec::new();
    for act in acts {
        faults.extend(act_faults(kept, act));
    }
    for (id, request) in &kept.requests {
        faults.extend(request_faults(*id, request, &kept.policies));
        faults.extend(request.files.iter().filter_map(|file| file_fault(file, blobs)));
    }
    faults.extend(told_twice(&kept.journal));
    faults
}

/// On SQLite a number that was given and taken back is given again; PostgreSQL only promises the order.
pub(crate) fn journal_gaps(journal: &[Entry]) -> Vec<String> {
    let pairs = journal.iter().zip(journal.iter().skip(1));
    let gaps = pairs.filter(|(a, b)| b.seq.0 != a.seq.0 + 1);
    gaps.map(|(a, b)| format!("the journal goes from {} to {}", a.seq, b.seq)).collect()
}

fn act_faults(kept: &Kept, act: &Act) -> Vec<String> {
    let found = match act.kind {
        Kind::Request => {
            let known = |request: &&Request| request.ticket.subject.contains(&act.mark);
            kept.requests.values().filter(known).map(|request| request.ticket.id.0).collect::<Vec<_>>()
        }
        Kind::Message => {
            let all = kept.requests.values().flat_map(|request| &request.messages);
            all.filter(|message| message.body.contains(&act.mark)).map(|message| message.ticket.0).collect()
        }
    };
    let mut faults = Vec::new();
    if found.len() > 1 {
        faults.push(format!("{:?} {} was done once and is there {} times", act.kind, act.mark, found.len()));
    }
    if let Some(ticket) = act.acknowledged {
        if !found.contains(&ticket) {
            faults.push(format!("{:?} {} was acknowledged in {ticket} and is lost", act.kind, act.mark));
        }
        let files = kept.requests.get(&ticket).map_or(&[][..], |request| &request.files);
        if let Some(hash) = act.file.as_ref().filter(|hash| !files.iter().any(|file| file.blob.as_str() == *hash)) {
            faults.push(format!("the file {hash} of {ticket} was acknowledged and is lost"));
        }
    }
    faults
}

fn request_faults(id: i64, request: &Request, policies: &Policies) -> Vec<String> {
    let kept = Told {
        clocks: request.clocks.clone(),
        turn: request.ticket.turn,
        queue: request.ticket.queue,
        facts: request.facts.clone(),
    };
    let found = proof::of_request(TicketId(id), (&kept, request.messages.len()), &request.history, policies);
    found.into_iter().map(|difference| format!("kept otherwise than its events tell it: {difference:?}")).collect()
}

fn file_fault(file: &Attachment, blobs: &Path) -> Option<String> {
    let (folder, rest) = file.blob.as_str().split_at(2);
    let path = blobs.join("kept").join(folder).join(rest);
    match fs::read(&path) {
        Err(error) => Some(format!("the file {} of {:?} cannot be read: {error}", file.blob.as_str(), file.ticket)),
        Ok(content) => {
            let hash: String = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
            (hash != file.blob.as_str()).then(|| format!("the file {} holds something else", file.blob.as_str()))
        }
    }
}

/// Breaches and warnings are told once, whoever noticed first.
fn told_twice(journal: &[Entry]) -> Vec<String> {
    let mut times: HashMap<String, usize> = HashMap::new();
    for entry in told_of_clocks(journal) {
        *times.entry(format!("{:?}", entry.event)).or_default() += 1;
    }
    let twice = times.into_iter().filter(|(_, times)| *times > 1);
    twice.map(|(what, times)| format!("{what} was told {times} times")).collect()
}

pub(crate) fn told_of_clocks(journal: &[Entry]) -> impl Iterator<Item = &Entry> {
    journal.iter().filter(|entry| {
        matches!(&entry.event, Event::Ticket(_, TicketEvent::Breached { .. } | TicketEvent::Warned { .. }))
    })
}

/// The keys of the mails that are owed for certain: receipts, and replies to everybody whose request it is.
pub(crate) fn owed(kept: &Kept) -> Vec<String> {
    let mut owed = Vec::new();
    for entry in &kept.journal {
        match &entry.event {
            Event::Ticket(TicketId(id), TicketEvent::Opened(opened)) => {
                owed.push(format!("receipt/{id}/{}", opened.requester));
            }
            Event::Ticket(TicketId(id), TicketEvent::Posted(posted)) => {
                let (Author::Staff(author), Audience::Public) = (posted.author, posted.audience) else { continue };
                let readers = kept.requests.get(id).map_or(&[][..], |request| &request.participants);
                let others = readers.iter().filter(|reader| **reader != author.0);
                owed.extend(others.map(|reader| format!("reply/{}/{reader}", posted.message)));
            }
            _ => {}
        }
    }
    owed
}
