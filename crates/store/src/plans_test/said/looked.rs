//! What programs bring, who files for whom, what requests have to do with each other, and the audit.

use rules::{
    access::Scope,
    audit::{Act, Area, Of},
    bulk::{self, Phase, Standing, Was, Why},
    events::{By, Secrecy},
    ids::{JobId, MessageId, OrganisationId, PersonId, PushKeyId, ResaleId, SavedViewId, Seq, TeamId, TemplateId},
    notices::{Chosen, Notice},
    programs::Permit,
    reports::{Fact, How, Kind, Span},
    teams::Sharing,
    tickets::Whose,
};

use super::super::{cast::minute, filled::World};
use crate::{
    Handle, Tx, advisories, audit, away, bulk_jobs,
    bulk_jobs::{NewBulkJob, WasDone},
    digests, key_bindings, messages, notifications, outgoing, people, push, releases,
    releases::OrganisationPlace,
    reply_templates, reports,
    reports::{Behind, Group},
    resales, satisfaction, saved_views,
    saved_views::SavedView,
    sessions, sla, teams, ticket_lists, tickets, ties, tokens, upkeep, work,
    work::Dropped,
};

pub(super) async fn look_through(tx: &Tx, world: &World) {
    keep_report(tx, world).await;
    look_after(tx, world).await;
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
    let text = reply_templates::ReplyTemplate {
        id: TemplateId(1),
        name: "Logs".into(),
        body: "Please".into(),
        request_type: None,
        language: None,
        acknowledges: false,
        after: "wait".into(),
    };
    say!(reply_templates::insert(tx, &text, (world.ines, minute(9))), reply_templates::all(tx));
    say!(reply_templates::change(tx, &text, (world.ines, minute(9))), reply_templates::get(tx, text.id));
    say!(reply_templates::remove(tx, text.id));
    say!(key_bindings::of(tx, world.ines), key_bindings::replace(tx, world.ines, [("reply", "e")].into_iter()));
    say!(saved_views::remove(tx, view.id), tickets::details_of(tx, &[world.ticket]));
    super::bugs::follow_bugs(tx, world).await;
    work_in_bulk(tx, world).await;
    released(tx, world).await;
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

async fn released(tx: &Tx, world: &World) {
    use rules::releases::{Change, Edition, Instance, Note, Product, Range, Release, Requirement, Version, Withdrawal};
    let day = jiff::civil::date(2026, 11, 26);
    let version = Version::read("5.12.1").unwrap();
    let team = Edition::read("team").unwrap();
    let eu1 = Instance::read("eu1").unwrap();
    let needs = Requirement { what: "PostgreSQL".into(), required: Range::read(">= 14").ok(), recommended: None };
    let release = Release {
        editions: [team.clone()].into(),
        notes: vec![Note::new(Change::Fixed, "Exports end")],
        runs_on: vec![needs],
        ..Release::new(version.clone(), day)
    };
    let id = releases::insert(tx, &release, minute(9)).await.unwrap();
    let withdrawal = Withdrawal { on: day, why: "It loses results.".into(), instead: None };
    let place = OrganisationPlace { edition: Some(team), instance: Some(eu1.clone()) };
    say!(
        releases::amend(tx, id, &release, minute(10)),
        releases::roll_out(tx, id, &eu1, minute(11)),
        releases::withdraw(tx, id, &withdrawal, minute(12)),
        releases::set_place(tx, world.acme, &place),
    );
    say!(
        releases::revision(tx),
        releases::catalogue(tx, Product::default()),
        releases::by_version(tx, &version),
        releases::get(tx, id),
        releases::versions(tx, &[id]),
        releases::place(tx, world.acme),
    );
}

async fn be_told(tx: &Tx, world: &World) {
    let (ines, of) = (world.ines, (Notice::Assigned, world.ticket));
    say!(
        notifications::tell(tx, ines, of, minute(1)),
        notifications::of(tx, ines, 100),
        notifications::unread(tx, ines, 100),
        notifications::has_unread(tx, ines, world.ticket),
        notifications::is_read(tx, ines, of),
        notifications::read_of(tx, ines, world.ticket, minute(2)),
        notifications::read_up_to(tx, ines, minute(2), minute(2)),
        notifications::choose(tx, ines, Notice::Assigned, Chosen::default()),
        notifications::choices(tx, ines),
        notifications::choice(tx, ines, Notice::Assigned),
        notifications::sweep(tx, minute(0)),
        away::set(tx, ines, minute(9), minute(1)),
        away::until(tx, ines, minute(2)),
        away::all(tx, minute(2)),
        away::back(tx, ines),
        people::set_language(tx, ines, "de"),
        people::language(tx, ines),
        people::languages_in(tx, world.acme, 200),
        tickets::subjects(tx, &[world.ticket]),
    );
    push_to(tx, world.ines).await;
    share(tx, world).await;
}

async fn push_to(tx: &Tx, ines: PersonId) {
    let session = |hash| sessions::NewSession {
        token_hash: [hash; 32],
        person: ines,
        network: "192.0.2.7",
        agent: "Firefox",
        now: minute(0),
        expires_at: minute(99),
    };
    let before = sessions::insert(tx, session(77)).await.unwrap();
    let after = sessions::insert(tx, session(78)).await.unwrap();
    let key = push::Key { number: PushKeyId(1), public: vec![1], sealed: vec![2] };
    say!(push::add_key(tx, &key, minute(0)), push::newest_key(tx));
    let (endpoint, agent, now) = ("https://push.example/1", "Firefox", minute(0));
    let (person, session, key) = (ines, before, key.number);
    let new = push::NewDevice { person, session, endpoint, public: &[4], secret: &[5], key, agent, now };
    let id = push::put(tx, new).await.unwrap();
    say!(push::of(tx, ines), push::of_session(tx, before), push::get(tx, id), push::used(tx, id, minute(1)));
    say!(push::follow(tx, ines, (before, after)), push::shows_subjects(tx, ines));
    say!(push::show_subjects(tx, ines, true), push::show_subjects(tx, ines, false));
    say!(push::gone(tx, id, "elsewhere"), push::remove(tx, ines, id), push::remove_all(tx, ines));
}

async fn share(tx: &Tx, world: &World) {
    let (ines, id) = (world.ines, TeamId(1));
    let team = teams::Team {
        id,
        name: "Platform".into(),
        question: Some("type:bug".into()),
        sharing: Sharing::Turns,
        ended_at: None,
    };
    say!(
        teams::insert(tx, &team, minute(1)),
        teams::change(tx, &team, minute(1)),
        teams::order(tx, &[id]),
        teams::set_members(tx, id, &[ines, world.dana]),
        teams::set_members(tx, id, &[ines]),
        teams::take_turn(tx, id, ines),
        teams::set(tx, world.ticket, Some(id)),
        teams::all(tx),
        teams::ended(tx),
        teams::get(tx, id),
        teams::names(tx, &[id]),
        teams::members(tx, id),
        teams::of(tx, ines),
        teams::load(tx, ines),
        teams::open(tx, id, 100),
        teams::end(tx, id, minute(2)),
    );
    let told =
        digests::Digest { opened_at: minute(1), told_at: minute(1), came: 1, due: 1, shown: true, read_at: None };
    say!(
        digests::note(tx, ines, &told),
        digests::of(tx, ines),
        digests::read(tx, ines, minute(2), minute(2)),
        digests::written_in(tx, &[world.ticket], (minute(0), minute(1))),
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

pub(super) async fn walks(conn: &Handle, world: &World) {
    use ticket_lists::Walk;
    for walk in [Walk::Filed, Walk::FiledFirst, Walk::Updated, Walk::UpdatedFirst] {
        let after = Some(ticket_lists::After { bucket: 0, at: 1, id: world.ticket });
        say!(ticket_lists::walk(conn, walk, None, 100), ticket_lists::walk(conn, walk, after, 100));
    }
}

/// What a report counts and opens, whatever it is broken down by.
pub(super) async fn report(conn: &Handle, scope: &Scope, world: &World) {
    let span = Span { from: minute(0), until: minute(9) };
    for kind in Kind::ALL {
        say!(reports::each(conn, scope, (kind, span), |_, _| {}));
    }
    let groups = [
        None,
        Some(Group::Type("bug".into())),
        Some(Group::Priority("high".into())),
        Some(Group::Assignee(Some(world.ines))),
        Some(Group::Organisation(None)),
    ];
    for group in groups {
        say!(reports::waiting_page(conn, scope, (Whose::Ours, group.as_ref()), None, 51));
        for how in [None, Some(How::InTime)] {
            let asked = Behind { kind: Kind::Answered, how, group: group.clone(), span };
            say!(reports::behind(conn, scope, &asked, None, 51));
        }
    }
    say!(reports::waiting(conn, scope), reports::of_ticket(conn, world.ticket));
    say!(reports::readers(conn), reports::is_reader(conn, world.ines));
}

/// Work that waits, is parked or was given up.
async fn look_after(tx: &Tx, world: &World) {
    let dropped = Dropped {
        kind: "mail".into(),
        ticket: Some(world.ticket),
        reason: "gone".into(),
        by: world.ines,
        at: minute(1),
    };
    say!(work::note_dropped(tx, &dropped), work::dropped(tx, 20), work::sweep(tx, minute(0)));
    say!(work::waiting(tx, "mail", None, 51), work::parked(tx, None, 51), work::refused(tx, minute(0), None, 51));
    say!(upkeep::note(tx, "backup", minute(1)), upkeep::last(tx, "backup"), crate::health::version(tx));
    say!(work::get(tx, JobId(1)), work::try_now(tx, JobId(1), minute(9)), work::take_out(tx, JobId(1), minute(9)));
}

/// What a report keeps.
pub(super) async fn keep_report(tx: &Tx, world: &World) {
    let fact = Fact { kind: Kind::Filed, how: None, at: minute(1), worked: None, passed: None };
    say!(reports::replace(tx, world.ticket, &[fact, fact]), reports::replace(tx, world.ticket, &[fact]));
    say!(reports::want(tx, world.ines, minute(1)), reports::want_no_more(tx, world.ines));
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

async fn work_in_bulk(tx: &Tx, world: &World) {
    let (now, ticket) = (minute(9), world.ticket);
    let new = NewBulkJob { by: world.ines, phase: Phase::Chosen, total: 1, undoes: None, now };
    let id = bulk_jobs::insert(tx, new).await.unwrap();
    let done = WasDone { was: Some(Was::Assignee(None)), seq: Some(Seq(1)), at: now };
    say!(
        bulk_jobs::add(tx, id, Standing::Waiting, &[(ticket, None)]),
        bulk_jobs::get(tx, id),
        bulk_jobs::that_undoes(tx, id),
        bulk_jobs::begun(tx, None, id, 50),
        bulk_jobs::begun(tx, Some(world.ines), id, 50),
        bulk_jobs::decide(tx, id, &bulk::Act::Note, "Soon"),
        bulk_jobs::go(tx, (id, 1), (Phase::Judging, Phase::Judged), now),
        bulk_jobs::go(tx, (id, 1), (Phase::Judged, Phase::Running), now),
        bulk_jobs::next(tx, id, Standing::Ready, 20),
        bulk_jobs::row(tx, id, ticket),
        bulk_jobs::counts(tx, id),
        bulk_jobs::reasons(tx, id),
        bulk_jobs::say(tx, id, "Soon"),
        messages::newest(tx, ticket),
        bulk_jobs::judge(tx, (id, 1), (ticket, MessageId(1)), None),
        bulk_jobs::done(tx, id, ticket, &done),
        bulk_jobs::leave(tx, id, (ticket, &Why::Same), now),
        bulk_jobs::changed_since(tx, ticket, (&["ticket.team_set", "ticket.assigned"], Seq(1))),
        bulk_jobs::done_of(tx, &[id]),
        bulk_jobs::stopped(tx, id, world.ines),
        bulk_jobs::go(tx, (id, 1), (Phase::Running, Phase::Ended), now),
        bulk_jobs::sweep(tx, now, now),
    );
    say!(crate::jobs::lease(tx, JobId(1), now), crate::jobs::release(tx, "bulk", now));
}
