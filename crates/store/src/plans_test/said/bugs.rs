//! Bugs: kept, reported, followed, and told of.

use rules::{
    bugs::{
        Answers, Bug, Decision, Delivery, PriorityEffect, Severity, Source, Stage,
        affected::{Choice, Holder, Lot, Recipient, Why},
        telling::{Asked, Noted, Of, Told},
    },
    ids::{BugId, OrganisationId, PersonId},
    installed::{Installed, Source as Known},
    releases::Version,
    tracker::Fault,
};

use super::super::{cast::minute, filled::World};
use crate::{
    Tx, bugs, circulars, events, installed, jobs,
    tracker::{self, Heard, NewComment, NewLink, NewTracker},
};

pub(super) async fn follow_bugs(tx: &Tx, world: &World) {
    let (now, ticket, version) = (minute(9), world.ticket, Version::read("5.12.1").unwrap());
    let says = bugs::Says { title: "Exports lose a line".into(), ..bugs::Says::default() };
    let mut life = Bug::new(BugId(0), Severity::Major, Source::Customer);
    let id = bugs::insert(tx, &life, &says, (Some(world.ines), now)).await.unwrap();
    life.id = id;
    let new = bugs::NewReport { ticket, bug: id, requester: world.dana, organisation: Some(world.acme), plan: None };
    say!(bugs::set_life(tx, &life, now), bugs::set_says(tx, id, &says, now), bugs::get(tx, id));
    say!(bugs::these(tx, &[id]), bugs::in_stage(tx, Stage::New, 40), bugs::count_in(tx, Stage::New));
    say!(bugs::public(tx, 200), bugs::fixed_in(tx, &version), events::of_bug(tx, id));
    say!(bugs::add_report(tx, new, now), bugs::of_ticket(tx, ticket), bugs::of_tickets(tx, &[ticket]));
    say!(bugs::concerned(tx, &[world.acme]), bugs::reports(tx, id, 100), bugs::reports_of(tx, id, world.dana));
    say!(bugs::total(tx, id), bugs::counted(tx, &[id]), bugs::takes_part(tx, id, world.ines));
    say!(bugs::follow(tx, id, world.dana, now), bugs::follows(tx, id, world.dana), bugs::count_followers(tx, id));
    say!(bugs::followers(tx, id, PersonId(0), 100), bugs::unfollow(tx, id, world.dana), bugs::was_told(tx, id));
    let decision = Decision { delivery: Delivery::Planned, reasons: vec![], priority: PriorityEffect::Nothing };
    let checked = bugs::Checked { answers: Answers::default(), decision, by: world.ines, at: now };
    say!(bugs::check(tx, id, &checked), bugs::checks(tx, id));
    let noted = [
        Noted::Told {
            of: Of::Request(ticket),
            to: world.dana,
            told: Told::Fixed { version: version.clone(), round: 0 },
        },
        Noted::Asked { ticket, asked: Asked { version, round: 0 } },
        Noted::NotAsked { ticket },
    ];
    say!(bugs::note(tx, id, &noted), bugs::ledger_of(tx, id, &[world.dana], &[ticket]));
    say!(bugs::begin_telling(tx, id, 1, now), bugs::go_on_telling(tx, (id, now), (1, 1, 1)));
    say!(bugs::end_telling(tx, (id, now), now), bugs::telling(tx, id), bugs::part(tx, ticket));
    write_to_them(tx, world, id).await;
    follow_tracker(tx, world, id).await;
}

/// Which version runs where, and what is written to whom it affects.
async fn write_to_them(tx: &Tx, world: &World, bug: BugId) {
    let (now, version) = (minute(9), Version::read("5.12.1").unwrap());
    let it = Installed { edition: None, instance: None, version, seen: now, source: Known::Request };
    let (acme, dana) = (installed::Owner::Organisation(world.acme), installed::Owner::Person(world.dana));
    say!(installed::keep(tx, acme, &it, Some(world.ticket)), installed::keep(tx, dana, &it, None));
    say!(installed::last(tx, world.acme, Known::Request, (None, None)), installed::of_person(tx, world.dana));
    say!(installed::of_organisations(tx, &[world.acme]), installed::of_members(tx, &[world.acme]));
    say!(installed::organisations_behind(tx, OrganisationId(0), 100), installed::ended_in(tx, &[world.acme]));
    say!(installed::people_behind(tx, PersonId(0), 100), installed::named(tx, &[world.acme]));
    say!(installed::reachable(tx, &[world.dana]), installed::forget(tx, world.ticket));
    let (choice, form) = (Choice::default(), "a form");
    let new = circulars::NewCircular { bug, form, texts: &[], choice: &choice, by: world.ines, left_out: 0, now };
    let (holder, lot) = (Holder::Organisation(world.acme), Lot::default());
    let to = [Recipient { person: world.dana, holder, why: Why::Manager, lot }];
    let id = circulars::insert(tx, new, &to).await.unwrap();
    say!(circulars::get(tx, id), circulars::by_form(tx, form), circulars::of_bug(tx, bug, 20));
    say!(circulars::copies_behind(tx, id, PersonId(0), 100), circulars::copy_of(tx, id, world.dana));
    say!(circulars::answered(tx, id, world.dana, world.ticket), circulars::of_ticket(tx, world.ticket));
    say!(circulars::answers(tx, id, 100), circulars::go_on(tx, id, (PersonId(0), world.dana), 1));
    say!(circulars::end(tx, id, now));
}

async fn follow_tracker(tx: &Tx, world: &World, id: BugId) {
    let (now, by) = (minute(9), world.ines);
    let new = NewTracker { base_url: "https://x", repository: "a/b", token: b"t", secret: b"s", by, now };
    say!(tracker::set(tx, new), tracker::get(tx), tracker::heard(tx, now), tracker::forged(tx, now));
    say!(tracker::set_secret(tx, b"n", Some(b"s")), tracker::was_read(tx, (Some(now), now), Some(&Fault::NoIssues)));
    say!(tracker::note_delivery(tx, "a-b", now), tracker::sweep(tx, now));
    let new = NewLink { bug: id, repository: "a/b", issue: Some(12), url: "https://x/12", by: Some(by), now };
    tracker::insert(tx, new).await.unwrap();
    let link = tracker::link(tx, id).await.unwrap().unwrap();
    let said = ("a/b", "5.13");
    say!(tracker::set_link(tx, &link), tracker::want(tx, id, now), tracker::by_issue(tx, "a/b", 12));
    say!(tracker::of_milestone(tx, said, BugId(0), 100), tracker::asking(tx, 100), tracker::count(tx));
    say!(tracker::linked(tx, BugId(0), 100), tracker::claim(tx, id, (now, now)), tracker::end(tx, id, None));
    say!(tracker::set_comments_upto(tx, id, Some(now)), tracker::decide(tx, id, true));
    say!(jobs::unpark_all(tx, "tracker", now), jobs::drop_parked(tx, "tracker", "{}"));
    let new = NewComment { bug: id, by: Some(by), body: "Seen.", public: false, reason: false, now };
    let own = tracker::add_comment(tx, new).await.unwrap();
    let heard = Heard { bug: id, remote: 7, author: "octo", body: "Yes.", cut: false, made_at: now, changed_at: now };
    say!(tracker::take_comment(tx, heard), tracker::set_remote(tx, own, 8), tracker::set_public(tx, own, true));
    say!(tracker::comment(tx, own), tracker::comments(tx, id, 100), tracker::public_comments(tx, id, 100));
    say!(
        tracker::unsent(tx, (id, now), 100),
        tracker::forget_reason(tx, own),
        tracker::remove_comment(tx, id, 7),
        tracker::remove_link(tx, id)
    );
    say!(tracker::remove(tx));
}
