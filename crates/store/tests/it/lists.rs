//! Shows lists, page by page, on both engines.

use rules::{
    access::{Scope, Staff},
    events::{Secrecy, State},
    ids::{OrganisationId, PersonId, TicketId},
    tickets::{Bucket, QueuePlace, Turn, Whose},
};
use store::{
    Handle, organisations,
    ticket_lists::{self, After, View},
    tickets,
};

use crate::{
    cast::{Filing, file, minute, person, terms},
    stage::Stage,
};

both_engines!(pages_walk_every_row_once_also_where_many_sort_alike, timers_find_what_lasts_too_long);

fn agent(person: PersonId) -> Scope {
    Scope { person, colleagues: vec![], former: vec![], staff: Staff::Confidential, withheld: vec![] }
}

/// Sixty requests of Dana's whose sort keys take three values.
async fn queue(stage: &Stage) -> (PersonId, PersonId, OrganisationId, Vec<TicketId>) {
    let tx = stage.store.begin().await.unwrap();
    let (dana, ines, terms) = (person(&tx, "Dana").await, person(&tx, "Ines").await, terms(&tx).await);
    let acme = organisations::insert(&tx, "Acme", Some(minute(0)), minute(0)).await.unwrap();
    let mut all = Vec::new();
    for n in 0..60 {
        let filing = Filing {
            requester: dana,
            organisation: Some(acme),
            reseller: None,
            secrecy: Secrecy::Open,
            filed_at: minute(n % 3),
            terms,
        };
        let id = file(&tx, filing).await;
        let bucket = if n % 2 == 0 { Bucket::Due } else { Bucket::Ours };
        let place = Some(QueuePlace { bucket, at: minute(n % 3) });
        let turn = Turn { whose: Whose::Ours, since: minute(0) };
        tickets::set_read_off(&tx, id, tickets::ReadOff { turn, queue: place, next_word_at: None }, minute(n % 3))
            .await
            .unwrap();
        if n % 4 == 0 {
            tickets::set_assignee(&tx, id, Some(ines)).await.unwrap();
        }
        all.push(id);
    }
    tx.commit().await.unwrap();
    (dana, ines, acme, all)
}

async fn walk(conn: &Handle, scope: &Scope, view: View) -> Vec<TicketId> {
    let (mut met, mut after) = (Vec::new(), None);
    loop {
        let page = ticket_lists::desk(conn, scope, view, after, 7).await.unwrap();
        let Some(last) = page.last() else { return met };
        after = Some(After::row(view, last));
        met.extend(page.iter().map(|ticket| ticket.id));
    }
}

async fn pages_walk_every_row_once_also_where_many_sort_alike(stage: Stage) {
    let (dana, ines, acme, all) = queue(&stage).await;
    let conn = stage.store.read();
    let scope = agent(ines);
    let mut by_place: Vec<(i64, TicketId)> = Vec::new();
    for (n, id) in (0_i64..).zip(&all) {
        by_place.push(((n % 2) * 10 + n % 3, *id));
    }
    by_place.sort();
    let expected: Vec<TicketId> = by_place.into_iter().map(|(_, id)| id).collect();
    assert_eq!(walk(conn, &scope, View::NeedsAnswer).await, expected);
    let mine: Vec<TicketId> = all.iter().copied().step_by(4).collect();
    let unassigned: Vec<TicketId> = expected.iter().copied().filter(|id| !mine.contains(id)).collect();
    assert_eq!(walk(conn, &scope, View::Unassigned).await, unassigned);
    let mut met = walk(conn, &scope, View::Mine(ines)).await;
    met.sort();
    assert_eq!(met, mine);
    let mut met = walk(conn, &scope, View::InState(State::New)).await;
    met.sort();
    assert_eq!(met, all);
    assert_eq!(ticket_lists::counts(conn, &scope, [View::NeedsAnswer], 100).await.unwrap(), [60]);
    assert_eq!(ticket_lists::counts(conn, &scope, [View::NeedsAnswer], 10).await.unwrap(), [10]);
    let newest: Vec<TicketId> = all.iter().rev().copied().collect();
    let (mut met, mut before) = (Vec::new(), None);
    loop {
        let page = ticket_lists::own(conn, &agent(dana), before, 7).await.unwrap();
        let Some(last) = page.last() else { break };
        before = Some(last.id);
        met.extend(page.iter().map(|ticket| ticket.id));
    }
    assert_eq!(met, newest);
    let beside = ticket_lists::beside(conn, &scope, acme, newest[0], 5).await.unwrap();
    assert_eq!(beside.iter().map(|ticket| ticket.id).collect::<Vec<_>>(), newest[1..6]);
}

async fn timers_find_what_lasts_too_long(stage: Stage) {
    let tx = stage.store.begin().await.unwrap();
    let (requester, terms) = (person(&tx, "Dana").await, terms(&tx).await);
    let filing =
        Filing { requester, organisation: None, reseller: None, secrecy: Secrecy::Open, filed_at: minute(0), terms };
    let (first, second) = (file(&tx, filing).await, file(&tx, filing).await);
    tickets::set_state(&tx, first, State::Solved, minute(20)).await.unwrap();
    tickets::set_state(&tx, second, State::Solved, minute(10)).await.unwrap();
    let lasting = async |since| ticket_lists::lasting(&tx, State::Solved, minute(since), 9).await.unwrap();
    assert_eq!(lasting(9).await, []);
    assert_eq!(lasting(10).await, [second]);
    assert_eq!(lasting(20).await, [second, first]);
}
