//! Every statement, said once: each public function of the store is called as the desk calls it.

use std::collections::BTreeMap;

use rules::{
    access::{Colleagues, Former, Grant, Role, Scope, Sharing, Staff},
    events::{Redacted, Secrecy, State, Verdict, Via},
    ids::{
        AttachmentId, DomainNoteId, DraftId, JobId, LicenceId, LinkId, MergeId, MessageId, OrganisationId, PersonId,
        PolicyVersionId, Seq, SessionId, TicketId, UploadId,
    },
    keys::{DetailKey, EntryKey, PriorityKey, TickKey, TypeKey},
    redaction::{Place, Redactor},
};

use super::{
    cast::{licence, minute, said},
    filled::World,
};
use crate::{
    Handle, Store, Tx, advisories, answers, attachments, blobs::BlobId, bulk, drafts, erasure, events, exports,
    figures, invitations, jobs, licences, masks, merges, messages, open_requests, organisations, organisations::Listed,
    outgoing, parked_reports, people, policy, quota, redaction_list::Redaction, redactions, replay, satisfaction,
    sessions, simulations, sla, suggestions, systems, ticket_lists, ticket_lists::View, tickets, ties, tools, uploads,
};

/// Whether what was asked for exists does not matter here.
macro_rules! say {
    ($($call:expr),+ $(,)?) => { $( drop($call.await); )+ };
}

mod bugs;
mod looked;

pub(super) async fn say_everything(store: &Store, world: &World) {
    let tx = store.begin().await.unwrap();
    read_lists(&tx, world).await;
    read_people(&tx, world).await;
    read_requests(&tx, world).await;
    read_work(&tx, world).await;
    looked::read_ties(&tx, world).await;
    write_people(&tx, world).await;
    merge(&tx, world).await;
    write_requests(&tx, world).await;
    write_ties(&tx, world).await;
    simulate(&tx, world).await;
    migrate(&tx, world).await;
    export(&tx, world).await;
    write_work(&tx).await;
    redact(&tx, world).await;
    park(&tx).await;
    ask(&tx, world).await;
    looked::look_through(&tx, world).await;
    erasure::erase_organisation(&tx, world.acme, "", minute(9)).await.unwrap();
    erasure::erase(&tx, world.dana, minute(9)).await.unwrap();
    store.note_erasures().await.unwrap();
    // Dropped: what was written is of no interest.
    drop(tx);
    crate::search::say_all(store, world.ticket, world.dana).await;
    store.blobs().put("a file".into()).await.unwrap();
    store.sweep_blobs("2126-11-20T00:00:00Z".parse().unwrap()).await.unwrap();
}

async fn read_lists(conn: &Handle, world: &World) {
    let left = |id, filed_before| Former { organisation: OrganisationId(id), filed_before };
    let former = vec![left(7, None), left(8, Some(minute(3)))];
    for staff in [Staff::None, Staff::Open, Staff::Confidential, Staff::Security] {
        for former in [vec![], former.clone()] {
            let own = Colleagues { organisation: world.acme, filed_from: Some(minute(0)), filed_by: None };
            let colleagues = vec![own];
            let scope = Scope { person: world.ines, colleagues, former, staff, withheld: vec![] };
            for view in [View::NeedsAnswer, View::Unassigned, View::Mine(world.ines), View::InState(State::Open)] {
                say!(ticket_lists::desk(conn, &scope, view, None, 50));
                say!(ticket_lists::counts(conn, &scope, [view, View::Mine(world.ines), view], 1000));
            }
            say!(open_requests::groups(conn, Some(&scope)), open_requests::groups(conn, None));
            say!(open_requests::not_over(conn, TicketId(0)));
            for plan in [None, Some("hedge".into())] {
                let (request_type, priority) = ("support".into(), "high".into());
                let group = rules::policy::OpenGroup { request_type, priority, plan, state: State::Open, requests: 1 };
                say!(open_requests::first(conn, Some(&scope), &group, 5), open_requests::first(conn, None, &group, 5));
            }
            let asked = replay::Asked { scope: Some(scope.clone()), since: minute(0) };
            say!(replay::count(conn, &asked), replay::filed(conn, &asked, None, 100));
            looked::report(conn, &scope, world).await;
            say!(
                ticket_lists::own(conn, &scope, None, 50),
                ticket_lists::own_for(conn, &scope, &[world.acme], None, 50),
                ticket_lists::colleagues(conn, &scope, world.acme, None, 50),
                ticket_lists::beside(conn, &scope, world.acme, world.ticket, 5),
                ticket_lists::of_requester(conn, &scope, world.dana, 20),
            );
            let resold = Colleagues { filed_by: Some(world.acme), ..scope.colleagues[0] };
            say!(ticket_lists::colleagues(conn, &Scope { colleagues: vec![resold], ..scope }, world.acme, None, 50));
        }
    }
    let asked = replay::Asked { scope: None, since: minute(0) };
    say!(replay::count(conn, &asked), replay::filed(conn, &asked, None, 100), replay::histories(conn, &[world.ticket]));
    say!(replay::unmoved(conn, &[world.ticket]));
    say!(answers::worked_since(conn, minute(0)), tickets::behind(conn, world.ticket, 100));
    looked::walks(conn, world).await;
    say!(ticket_lists::lasting(conn, State::Solved, minute(9), 100));
}

async fn read_people(conn: &Handle, world: &World) {
    let dana = world.dana;
    say!(
        people::get(conn, dana),
        people::reader(conn, dana),
        people::by_address(conn, "dana@acme.example"),
        people::addresses(conn, dana),
        people::password(conn, dana),
        people::grants(conn, dana),
        people::with_any_grant(conn, &[Grant::Agent, Grant::Lead]),
        people::names(conn, &[dana, world.ines]),
        organisations::get(conn, world.acme),
        organisations::domains(conn, &["acme.example".to_owned()]),
        organisations::memberships(conn, dana),
        organisations::current(conn, &[dana]),
        organisations::is_managed(conn, world.acme),
        licences::page_of(conn, world.acme, None, 21),
        licences::count_of(conn, world.acme),
        organisations::memberships_after(conn, (dana, world.acme), 500),
        organisations::names(conn, &[world.acme]),
        licences::get(conn, LicenceId(1)),
        licences::by_external_key(conn, "SUB-1"),
        licences::of_organisation(conn, world.acme),
        licences::of_organisations(conn, &[world.acme]),
        licences::are_kept(conn),
        licences::versions(conn, LicenceId(1), 50),
        licences::details_of(conn, &[world.ticket], &["deployment".into()]),
        licences::named(conn, world.acme),
        sessions::by_token(conn, [0; 32]),
        sessions::of(conn, dana),
        sessions::of_person(conn, dana, SessionId(1)),
        sessions::link_by_hash(conn, [0; 32]),
        sessions::link(conn, LinkId(1)),
        sessions::attempts(conn, "sign_in", &[1], minute(0)),
        policy::newest(conn),
        policy::get(conn, PolicyVersionId(1)),
        policy::all(conn),
    );
}

async fn read_requests(conn: &Handle, world: &World) {
    let ticket = world.ticket;
    say!(
        tickets::get(conn, ticket),
        tickets::facts(conn, ticket),
        tickets::facts_of(conn, &[ticket]),
        tickets::newest(conn),
        ticket_lists::these(conn, &[ticket]),
        suggestions::of_ticket(conn, ticket),
        suggestions::of_form(conn, suggestions::Sheet { person: world.dana, form: "f0" }),
        tickets::participants(conn, ticket),
        tickets::details(conn, ticket),
        tickets::ticks(conn, ticket),
        messages::get(conn, MessageId(1)),
        messages::of_ticket(conn, ticket),
        messages::unseen(conn, ticket, world.dana, minute(9)),
        messages::deliveries(conn, ticket),
        bulk::read(conn, ticket),
        bulk::numbers(conn),
        attachments::get(conn, AttachmentId(1)),
        attachments::of_draft(conn, DraftId(1)),
        attachments::of_ticket(conn, ticket),
        masks::of(conn, masks::Of::Draft(DraftId(1))),
        masks::of(conn, masks::Of::Ticket(ticket)),
        quota::taken(conn, quota::RoomOf::Organisation(world.acme), minute(9)),
        quota::taken(conn, quota::RoomOf::Person(world.dana), minute(9)),
        uploads::get(conn, world.dana, ("token", minute(9))),
        uploads::of_draft(conn, DraftId(1), minute(9)),
        uploads::count(conn, world.dana, minute(9)),
        uploads::reserved(conn, UploadId(1)),
        uploads::outstanding(conn, minute(9)),
        uploads::parts(conn, UploadId(1)),
        drafts::get(conn, world.dana, DraftId(1)),
        drafts::latest(conn, world.dana, "request/bug"),
        drafts::of(conn, world.dana),
    );
}

async fn read_work(conn: &Handle, world: &World) {
    say!(
        events::of_ticket(conn, world.ticket),
        events::of_tickets(conn, &[world.ticket, TicketId(1), TicketId(2)]),
        events::last_of_tickets(conn, &[world.ticket, TicketId(1), TicketId(2)]),
        events::after(conn, Seq(5), 100),
        events::last(conn),
        events::remarks(conn, world.ticket),
        sla::due(conn, minute(9), 100),
        crate::upcoming(conn),
        jobs::parked(conn, 50),
        jobs::next_due(conn),
        jobs::is_any(conn, "fix_told", "fix_told/1/"),
        figures::jobs(conn, "mail", minute(9)),
        figures::sessions(conn, minute(9)),
        outgoing::by_key(conn, "receipt/1"),
        outgoing::get(conn, rules::ids::OutgoingId(1)),
        outgoing::newest(conn, None, 50),
    );
}

async fn merge(tx: &Tx, world: &World) {
    let (from, sharing) = (world.acme, Sharing::default());
    let into = OrganisationId(2);
    let new =
        merges::NewMerge { from: (from, sharing), into: (into, sharing), after: sharing, by: None, now: minute(8) };
    let merge = merges::Merge {
        id: MergeId(1),
        from,
        into,
        at: minute(8),
        by: None,
        from_before: sharing,
        into_before: sharing,
        into_after: sharing,
    };
    say!(
        organisations::join_by_entry(tx, (from, "acme.example"), world.ines, minute(0)),
        merges::to_move(tx, from, into),
        merges::in_both(tx, from, into),
        merges::filed(tx, from, Some(minute(0))),
        merges::insert(tx, new),
        merges::of(tx, from),
        merges::into(tx, into),
        merges::to_give_back(tx, &merge),
        merges::came(tx, MergeId(1)),
        merges::family(tx, into),
        merges::survivors(tx, &[from, into]),
        merges::survivor(tx, from),
        merges::joined_since(tx, &merge),
        merges::joined_elsewhere(tx, from),
        merges::undo(tx, &merge, None, minute(9)),
    );
}

async fn write_people(tx: &Tx, world: &World) {
    let dana = world.dana;
    say!(
        people::set_zone(tx, dana, "Europe/Warsaw"),
        people::set_password(tx, dana, "hash", minute(0)),
        people::set_grants(tx, dana, &[Grant::Lead], minute(0)),
        organisations::set_sharing(tx, world.acme, Sharing::default()),
        licences::insert(tx, world.acme, &licence(), said()),
        licences::change(tx, LicenceId(1), &licence(), said()),
        organisations::claim_domain(tx, world.acme, "acme.example"),
        organisations::leave_all(tx, dana, minute(9)),
        organisations::join(tx, world.acme, dana, Role::Member, minute(0)),
        organisations::domains_of(tx, world.acme),
        organisations::domains_page(tx, world.acme, ("acme", "a"), 21),
        organisations::count_domains(tx, world.acme),
        organisations::note_domain(tx, world.acme, "acme.example"),
        organisations::noted_domains(tx, &[DomainNoteId(1)]),
        organisations::list(tx, Listed::All, None, 50),
        organisations::list(tx, Listed::Unconfirmed, Some(("acme", world.acme)), 50),
        organisations::list(tx, Listed::Named("ac"), None, 50),
        organisations::members(tx, world.acme, PersonId(0), 50),
        organisations::managers(tx, world.acme),
        organisations::managing(tx, world.acme),
        organisations::role_of(tx, world.acme, dana),
        organisations::set_role(tx, world.acme, dana, Role::Manager),
        organisations::leave(tx, world.acme, dana, minute(9)),
        organisations::confirm(tx, world.acme, minute(9)),
        organisations::rename(tx, world.acme, "Acme"),
        people::act_for(tx, dana, world.acme),
        people::wait(tx, dana, minute(9)),
        people::waiting(tx),
        people::turn_away(tx, dana, "why", minute(9)),
        people::admit(tx, dana),
        people::unproven(tx, minute(0), 50),
        people::doubt_before(tx, "dana@acme.example", minute(0), minute(1)),
        people::doubt_bounced(tx, dana, minute(1)),
        people::prove(tx, "dana@acme.example", minute(2)),
        organisations::release_domain(tx, world.acme, "acme.example"),
        tickets::to_hand_over(tx, dana, world.acme),
        tickets::add_heir(tx, world.ticket, dana, minute(9)),
        sessions::seen(tx, SessionId(1), "192.0.2.7", minute(0), minute(9)),
        sessions::end(tx, dana, SessionId(1)),
        sessions::end_all(tx, dana, None),
        sessions::use_link(tx, LinkId(1), minute(9)),
        sessions::note_attempt(tx, "sign_in", &[1], minute(0)),
        sessions::spend_proof(tx, &[1], minute(9)),
        sessions::sweep(tx, minute(9), minute(9)),
    );
}

async fn write_requests(tx: &Tx, world: &World) {
    let (ticket, dana) = (world.ticket, world.dana);
    let arrived = messages::Delivery {
        message: MessageId(1),
        to: dana,
        via: Via::Portal,
        outcome: messages::Outcome::Arrived,
        at: minute(0),
    };
    let draft = drafts::insert(tx, dana, "new/bug", &BTreeMap::new(), minute(0)).await.unwrap();
    let new = uploads::NewUpload {
        token: "token",
        person: dana,
        organisation: None,
        draft,
        field: "detail.logs",
        name: "server.log",
        mark: "",
        bytes: 9,
        now: minute(0),
        expires_at: minute(9),
    };
    let (blob, _) = (BlobId::read(&"0".repeat(64)).unwrap(), uploads::insert(tx, &new).await.unwrap());
    let upload = uploads::get(tx, dana, ("token", minute(1))).await.unwrap();
    say!(
        tickets::add_participant(tx, ticket, dana, minute(0)),
        tickets::set_wish(tx, ticket, &PriorityKey::new("high")),
        tickets::set_priority(tx, ticket, &PriorityKey::new("high")),
        tickets::decide_priority(tx, ticket, &PriorityKey::new("high")),
        tickets::set_details(tx, ticket, &[(DetailKey::new("steps"), String::new())]),
        tickets::set_ticks(tx, ticket, &[TickKey::new("articles")]),
        messages::take_back(tx, MessageId(1), minute(0)),
        messages::deliver(tx, arrived),
        messages::arrived_after_all(tx, arrived),
        attachments::set_expiry(tx, ticket, Some(minute(0))),
        attachments::expire(tx, minute(0)),
        masks::insert(tx, masks::Of::Ticket(ticket), &[]),
        masks::hand_over(tx, DraftId(1), ticket),
        attachments::hand_over(tx, DraftId(1), ticket, None),
        attachments::remove_from_draft(tx, dana, AttachmentId(1), minute(0)),
        uploads::add_part(tx, &upload, (1, &blob), minute(9)),
        uploads::became(tx, UploadId(999), AttachmentId(1)),
        uploads::remove(tx, UploadId(1)),
        uploads::expire(tx, minute(0)),
        drafts::become_of(tx, (dana, DraftId(1)), ("new/support", &BTreeMap::new()), minute(0)),
        attachments::lay(tx, DraftId(1), rules::logs::Kind::Log, "detail.logs"),
        drafts::save(tx, dana, DraftId(1), &BTreeMap::new(), minute(0)),
        drafts::discard(tx, PersonId(1), DraftId(1), minute(0)),
        events::remark(tx, Seq(1), ticket, "a word"),
    );
    let (sheet, target) =
        (suggestions::Sheet { person: dana, form: "f0" }, rules::search::Target::Request(TicketId(1)));
    say!(
        suggestions::show(tx, sheet, std::slice::from_ref(&target), minute(0)),
        suggestions::open(tx, sheet, &target),
        suggestions::wave_away(tx, sheet, &target, minute(0)),
        suggestions::tie(tx, sheet, ticket),
        suggestions::sweep(tx, minute(0)),
    );
}

/// A security report of somebody without an account.
async fn park(tx: &Tx) {
    let (written, hash) = ("mila@finder.example", [9; 32]);
    let nonce = vec![9; 32];
    let new = sessions::NewLink {
        purpose: "report",
        hash,
        nonce: &nonce,
        person: None,
        name: "Mila",
        written,
        canonical: written,
        now: minute(0),
        expires_at: minute(9),
    };
    let link = sessions::insert_link(tx, new).await.unwrap();
    let parked = parked_reports::Parked { subject: "s".into(), finding: "f".into(), reported_at: minute(0) };
    parked_reports::insert(tx, link, &parked).await.unwrap();
    say!(parked_reports::of_link(tx, link), parked_reports::sweep(tx, minute(1)), parked_reports::discard(tx, link));
}

async fn migrate(tx: &Tx, world: &World) {
    let blob = BlobId::read(&"0".repeat(64)).unwrap();
    let (version, platform, name) = ("2.4.0", "Linux", "mover");
    let added_by = Some(world.ines);
    let new = tools::NewTool { version, platform, name, bytes: 1, blob: &blob, added_by, now: minute(0) };
    let id = tools::insert(tx, new).await.unwrap();
    let (system, written, person, organisation) = ("oldtest", "Oldtest", world.dana, Some(world.acme));
    let voice = systems::NewVoice { system, written, person, organisation, now: minute(0) };
    say!(tools::get(tx, id), tools::newest(tx, 9), systems::ask(tx, voice), systems::asked(tx));
}

async fn export(tx: &Tx, world: &World) {
    let blob = BlobId::read(&"0".repeat(64)).unwrap();
    say!(
        exports::requests_of(tx, world.dana),
        exports::written_in(tx, world.ines),
        exports::requests_for(tx, world.acme),
        exports::members(tx, world.acme),
        exports::newest_of(tx, world.dana),
    );
    let id = exports::insert(tx, world.dana, (minute(0), minute(9))).await.unwrap();
    say!(exports::made(tx, id, (&blob, 1)), exports::get(tx, id), exports::sweep(tx, minute(9)));
}

async fn write_ties(tx: &Tx, world: &World) {
    let (ticket, dana) = (world.ticket, world.dana);
    let said = satisfaction::Said { verdict: Verdict::Good, words: String::new(), said_at: minute(9) };
    let advisory = advisories::Advisory {
        affected: String::new(),
        body: String::new(),
        embargo_until: Some(minute(9)),
        remind_at: None,
        changed_by: world.ines,
        changed_at: minute(9),
    };
    let entry = EntryKey::new("translations");
    say!(
        ties::link(tx, ticket, TicketId(1)),
        ties::unlink(tx, ticket, TicketId(1)),
        ties::watch(tx, ticket, world.ines, minute(9)),
        ties::unwatch(tx, ticket, world.ines),
        satisfaction::say(tx, (ticket, dana), &said),
        advisories::keep(tx, ticket, &advisory),
        advisories::set_remind_at(tx, ticket, None),
        attachments::copy(tx, MessageId(1), (ticket, MessageId(2))),
        masks::copy(tx, TicketId(1), ticket),
        outgoing::hush(tx, ticket),
        sessions::use_links_of(tx, dana, minute(9)),
        tickets::remind(tx, ticket, minute(9)),
        tickets::convert(tx, ticket, &TypeKey::new("support"), &PriorityKey::new("high")),
        tickets::set_secrecy(tx, ticket, Secrecy::Confidential),
        tickets::set_merged(tx, ticket, Some(TicketId(1))),
        tickets::set_scope_entry(tx, ticket, Some(&entry)),
        tickets::add_details(tx, ticket, &[(DetailKey::new("steps"), String::new())]),
        tickets::remove_participant(tx, ticket, dana),
    );
}

async fn simulate(tx: &Tx, world: &World) {
    let since = jiff::civil::date(2026, 11, 1);
    let new = simulations::NewSimulation { asked_by: world.ines, source: "", since, total: 1, now: minute(0) };
    let id = simulations::insert(tx, new).await.unwrap();
    let simulation = simulations::get(tx, id).await.unwrap();
    say!(simulations::step(tx, &simulation), simulations::sweep(tx, minute(9)));
}

async fn redact(tx: &Tx, world: &World) {
    let (ticket, now) = (world.ticket, minute(9));
    let redaction = Redaction {
        at: now,
        ticket,
        filed_at: now,
        by: Redactor::Support,
        what: Redacted::File(AttachmentId(1)),
        passages: vec![],
        everywhere: true,
        files: vec![AttachmentId(1)],
        names: false,
        on: jiff::civil::date(2026, 11, 26),
    };
    say!(redactions::insert(tx, &redaction), redactions::is_known(tx, &redaction));
    say!(redactions::last_of(tx, ticket), redactions::last(tx), redactions::drafts(tx, ticket));
    let (message, seq) = (Place::Message(MessageId(1)), Place::Remark(Seq(1)));
    let (detail, rating) = (Place::Detail(DetailKey::from("steps")), Place::Rating(world.dana));
    for place in [Place::Subject, detail, message, seq, rating, Place::Affected, Place::Advisory] {
        say!(redactions::put(tx, ticket, &place, "‹redacted›"));
    }
    say!(redactions::put_draft(tx, DraftId(1), &[].into()), redactions::advisory(tx, ticket));
    say!(redactions::sources(tx, ticket), redactions::forget_answers(tx, ticket), redactions::files(tx, ticket));
    say!(redactions::exports(tx, &[world.dana, world.ines]), redactions::unmake_export(tx, rules::ids::ExportId(1)));
    say!(redactions::empty_file(tx, AttachmentId(1), "", now), redactions::drop_masks(tx, ticket));
}

async fn write_work(tx: &Tx) {
    let id = rules::ids::OutgoingId(1);
    let end = outgoing::End { outcome: "sent", at: minute(9), answer: "250", forget_bytes: true };
    let why = rules::mail::NotOwed::NotTheirs;
    say!(outgoing::send_again(tx, id, (PersonId(1), minute(9))), outgoing::leave_again(tx, id, why),);
    say!(outgoing::trying(tx, id), outgoing::settle(tx, id, end), jobs::unpark(tx, JobId(1), minute(9)));
    let job = jobs::claim(tx, minute(99), minute(100)).await.unwrap().unwrap();
    say!(jobs::retry(tx, &job, "busy", minute(99)), jobs::park(tx, &job, "no", minute(99)), jobs::finish(tx, job.id),);
}

async fn ask(tx: &Tx, world: &World) {
    let new = invitations::NewInvitation {
        organisation: world.acme,
        written: "ravi@acme.example",
        canonical: "ravi@acme.example",
        role: Role::Member,
        by: world.dana,
        nonce: &[1; 32],
        hash: [2; 32],
        now: minute(0),
        expires_at: minute(9),
    };
    let id = invitations::put(tx, new).await.unwrap();
    say!(
        invitations::get(tx, id),
        invitations::by_hash(tx, [2; 32]),
        invitations::of_organisation(tx, world.acme),
        invitations::of_address(tx, "ravi@acme.example"),
        invitations::asks_others(tx, world.acme),
        invitations::set_asks_others(tx, world.acme, true),
        invitations::sweep(tx, minute(1)),
        invitations::is_spent(tx, [2; 32]),
        invitations::spend(tx, id),
        invitations::remove(tx, id),
    );
}
