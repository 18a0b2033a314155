//! People who use the desk at the same time: customers file requests with files and answer, staff reply, note and
//! take. What they were told goes into the ledger; some give up before an answer comes.

use std::time::Duration;

use sha2::{Digest, Sha256};
use tokio::task::JoinSet;

use crate::{
    dice::Dice,
    http::{self, Body, Part},
    ledger::{Act, Kind, Ledger},
    stage::Play,
};

/// People at work until it is dropped.
#[derive(Debug)]
pub(crate) struct Crowd {
    _people: JoinSet<()>,
}

impl Crowd {
    /// Everybody begins, at the desk that has this address.
    pub(crate) fn at(address: &str, play: &Play, ledger: &Ledger, dice: &mut Dice) -> Self {
        let mut people = JoinSet::new();
        for me in 0..play.players.len() {
            let (address, play, ledger) = (address.to_owned(), play.clone(), ledger.clone());
            let mut somebody = Somebody { me, address, play, ledger, dice: dice.split() };
            people.spawn(async move {
                loop {
                    somebody.acts().await;
                }
            });
        }
        Self { _people: people }
    }
}

struct Somebody {
    me: usize,
    address: String,
    play: Play,
    ledger: Ledger,
    dice: Dice,
}

impl Somebody {
    async fn acts(&mut self) {
        let is_staff = self.play.players[self.me].is_staff;
        let known = self.ledger.requests((!is_staff).then_some(self.me));
        let ticket = self.dice.one_of(&known).copied();
        match (ticket, is_staff) {
            (Some(ticket), true) => self.works(ticket).await,
            (Some(ticket), false) if !self.dice.one_in(3) => {
                self.writes(&format!("/requests/{ticket}/messages")).await;
            }
            (_, false) => self.files().await,
            (None, true) => tokio::time::sleep(Duration::from_millis(5)).await,
        }
    }

    async fn works(&mut self, ticket: i64) {
        let desk = format!("/desk/requests/{ticket}");
        match self.dice.below(6) {
            0 => {
                self.sends(&format!("{desk}/assignment"), Body::fields("agent=me")).await;
            }
            1 | 2 => self.writes(&format!("{desk}/notes")).await,
            _ => self.writes(&format!("{desk}/replies")).await,
        }
    }

    async fn writes(&mut self, path: &str) {
        let act = self.act(Kind::Message);
        let form = [Part::text("text", format!("A few words, known as {}.", act.mark))];
        self.does(act, path, Body::parts(&form)).await;
    }

    async fn files(&mut self) {
        let kind = if self.dice.one_in(2) { "bug" } else { "question" };
        let mut act = self.act(Kind::Request);
        let policy = self.play.policy.policy();
        let filing = world::complete(policy, &kind.into(), &format!("Known as {}", act.mark), "What happens.");
        let mut form =
            vec![Part::text("type", kind), Part::text("draft", ""), Part::text("subject", filing.filled.subject)];
        form.extend(filing.filled.details.into_iter().map(|(key, value)| Part::text(format!("detail.{key}"), value)));
        form.extend(filing.filled.ticks.into_iter().map(|key| Part::text(format!("tick.{key}"), "yes")));
        for file in filing.files {
            // Never a round number of lines: that would look like the last lines of a longer log.
            let above = file.content.iter().filter(|byte| **byte == b'\n').count() as u64;
            let lines = 17 + self.dice.below(100) * 10 - above % 10;
            let content = [&file.content[..], &self.dice.log(lines)].concat();
            act.file = Some(Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect());
            form.push(Part { field: file.field.replacen("detail.", "file.", 1), file: Some(file.name), content });
        }
        self.does(act, "/requests", Body::parts(&form)).await;
    }

    fn act(&mut self, kind: Kind) -> Act {
        Act { mark: format!("{:016x}", self.dice.throw()), by: self.me, file: None, kind, acknowledged: None }
    }

    async fn does(&mut self, act: Act, path: &str, form: Body) {
        let place = self.ledger.tries(act);
        if let Some(ticket) = self.sends(path, form).await {
            self.ledger.acknowledge(place, ticket);
        }
    }

    /// The session is over, since time has jumped.
    async fn signs_in(&mut self) -> Option<i64> {
        let player = &self.play.players[self.me];
        let entered = http::sign_in(&self.address, &player.mailbox, world::PASSWORD).await;
        match entered.and_then(|answer| answer.session) {
            Some(session) => self.play.players[self.me].session = session,
            None => tokio::time::sleep(Duration::from_millis(100)).await,
        }
        None
    }

    /// The request that the answer leads to, when it was taken.
    async fn sends(&mut self, path: &str, form: Body) -> Option<i64> {
        let session = self.play.players[self.me].session.clone();
        let sent = http::post(&self.address, &session, path, form);
        let answer = if self.dice.one_in(12) {
            tokio::time::timeout(self.dice.millis(1, 40), sent).await.ok().flatten()
        } else {
            sent.await
        };
        match answer.as_ref().map(|answer| answer.status) {
            Some(303) => {}
            Some(401 | 403) => return self.signs_in().await,
            Some(status @ (400 | 404..=406 | 413..=422)) => {
                self.ledger.misreads(status, path);
                return None;
            }
            _ => {
                tokio::time::sleep(Duration::from_millis(10)).await;
                return None;
            }
        }
        let answer = answer?;
        let (_, rest) = answer.location.split_once("requests/")?;
        rest.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
    }
}
