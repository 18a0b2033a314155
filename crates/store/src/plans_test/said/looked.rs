//! What programs bring, who files for whom, what requests have to do with each other, and the audit.

use rules::{
    audit::{Act, Area, Of},
    events::{By, Secrecy},
    ids::{OrganisationId, ResaleId, SavedViewId},
    notices::{Notice, Way},
    programs::Permit,
};

use super::super::{cast::minute, filled::World};
use crate::{
    Handle, Tx, advisories, audit, away, messages, notifications, outgoing, resales, satisfaction, saved_views,
    saved_views::SavedView, sla, ticket_lists, tickets, ties, tokens,
};

pub(super) async fn look_through(tx: &Tx, world: &World) {
    file_for_another(tx, world).await;
    let view = SavedView {
        id: SavedViewId(1),
        owner: world.ines,
        name: "Bugs".into(),
        question: "type:bug".into(),
        shared: true,
    };
    say!(saved_views::insert(tx, &view, &[world.dana], minute(9)), saved_views::change(tx, &view, &[], minute(9)));
    say!(saved_views::get(tx, view.id), saved_views::of(tx, world.ines), saved_views::shared(tx));
    say!(saved_views::remove(tx, view.id), tickets::details_of(tx, &[world.ticket]));
    be_told(tx, world).await;
    let permit = Permit::LicencesImport;
    let new = tokens::NewToken { name: "books", permit, hash: [5; 32], by: world.ines, now: minute(9) };
    let token = tokens::insert(tx, new).await.unwrap();
    say!(
        tokens::by_hash(tx, [5; 32]),
        tokens::all(tx),
        tokens::names(tx, &[token]),
        tokens::used(tx, token, minute(9))
    );
    say!(tokens::revoke(tx, token, minute(9)));
    use audit::{From, Wanted};
    let act = Act::SecrecySet { ticket: world.ticket, secrecy: Secrecy::Open };
    audit::append(tx, (minute(9), By::person(world.ines)), &act).await.unwrap();
    audit::verify(tx, &[audit::head(tx).await.unwrap()]).await.unwrap();
    let (at, thing) = (Some(minute(0)), Some((Of::Request, world.ticket.0)));
    for wanted in [
        Wanted::default(),
        Wanted { area: Some(Area::Policy), ..Wanted::default() },
        Wanted { person: Some(world.ines), ..Wanted::default() },
        Wanted { person: Some(world.ines), thing, area: Some(Area::Visibility), from: at, until: at },
    ] {
        for cursor in [None, Some((minute(5), 7))] {
            say!(audit::list(tx, &wanted, From::Before(cursor), 50), audit::list(tx, &wanted, From::After(cursor), 50));
        }
    }
}

async fn be_told(tx: &Tx, world: &World) {
    let (ines, of) = (world.ines, (Notice::Assigned, world.ticket));
    say!(
        notifications::tell(tx, ines, of, minute(1)),
        notifications::of(tx, ines, 100),
        notifications::unread(tx, ines, 100),
        notifications::has_unread(tx, ines, world.ticket),
        notifications::read_of(tx, ines, world.ticket, minute(2)),
        notifications::read_up_to(tx, ines, minute(2), minute(2)),
        notifications::choose(tx, ines, Notice::Assigned, Way::Page),
        notifications::choices(tx, ines),
        notifications::choice(tx, ines, Notice::Assigned),
        notifications::sweep(tx, minute(0)),
        away::set(tx, ines, minute(9), minute(1)),
        away::until(tx, ines, minute(2)),
        away::all(tx, minute(2)),
        away::back(tx, ines),
        tickets::subjects(tx, &[world.ticket]),
    );
}

async fn file_for_another(tx: &Tx, world: &World) {
    let (acme, dana) = (world.acme, world.dana);
    say!(
        resales::offer(tx, acme, ("Kim@resell.example", "kim@resell.example"), dana, minute(0)),
        resales::set(tx, (acme, OrganisationId(2)), None, minute(0)),
        resales::get(tx, ResaleId(1)),
        resales::of(tx, acme),
        resales::by(tx, acme),
        resales::between(tx, acme, OrganisationId(2)),
        resales::offered_to(tx, "kim@resell.example"),
        resales::of_person(tx, dana),
        resales::take(tx, ResaleId(1), acme, minute(1)),
        resales::end(tx, ResaleId(1), minute(2)),
    );
}

pub(super) async fn read_ties(conn: &Handle, world: &World) {
    let ticket = world.ticket;
    say!(
        ties::links(conn, ticket),
        ties::merged_into(conn, ticket),
        ties::watchers(conn, ticket),
        satisfaction::of_ticket(conn, ticket),
        advisories::of_ticket(conn, ticket),
        advisories::to_remind(conn, minute(9), 100),
        ticket_lists::overdue_words(conn, minute(9), 100),
        ticket_lists::unreminded(conn, minute(9), 100),
        tickets::by_form(conn, world.dana, "f0"),
        tickets::follow_ups(conn, ticket),
        messages::held(conn, &[ticket], minute(9)),
        outgoing::of_ticket(conn, ticket),
        sla::of_ticket(conn, ticket),
    );
}
