//! The desk's URLs.

use rules::access::Action;

use super::{Permission::Staff, Route, get, post, upload};
use crate::{
    agent::{
        advisory, affected, alike, audit, bug, bug_tracker, bugs, bulk, circular, devices, health, holidays,
        installed_import, keys, licence_import, licences, merge, migrations, notifications, opening, organisations,
        palette, people, policy, queue, refer, release_import, releases, report, request, review, saved_views, search,
        sight, teams, templates, ties, tokens, tracker, waiting, work,
    },
    live,
    portal::{attachments, organisation, redaction, resale},
};

pub(super) fn routes() -> Vec<Route> {
    let mut routes = vec![
        get("/desk", "tickets.desk_view", Staff(Action::UseDesk), queue::show),
        get("/desk/views/{view}", "tickets.desk_view", Staff(Action::UseDesk), queue::view),
        post("/desk/views", "views.save", Staff(Action::UseDesk), saved_views::save),
        post("/desk/views/saved/{id}", "views.change", Staff(Action::UseDesk), saved_views::change),
        post("/desk/views/saved/{id}/removal", "views.remove", Staff(Action::UseDesk), saved_views::remove),
        get("/desk/search/offers", "views.names", Staff(Action::UseDesk), search::offers),
        get("/desk/search", "search.find", Staff(Action::UseDesk), search::show),
        get("/desk/palette", "search.glance", Staff(Action::UseDesk), palette::show),
        get("/desk/keys", "people.keys", Staff(Action::UseDesk), keys::show),
        post("/desk/keys", "people.set_keys", Staff(Action::UseDesk), keys::set),
        get("/desk/requests/{id}", "tickets.show", Staff(Action::UseDesk), request::show),
        get("/desk/requests/{id}/references", "search.referable", Staff(Action::UseDesk), refer::offers),
        upload("/desk/requests/{id}/replies", "tickets.reply", Staff(Action::Reply), request::reply),
        post(
            "/desk/requests/{id}/replies/{message}/retraction",
            "tickets.take_back",
            Staff(Action::Reply),
            request::take_back,
        ),
        post(
            "/desk/requests/{id}/replies/{message}/ruling",
            "tickets.rule_on_response",
            Staff(Action::RuleOnResponse),
            request::rule,
        ),
        upload("/desk/requests/{id}/notes", "tickets.note", Staff(Action::Note), request::note),
        post("/desk/requests/{id}/assignment", "tickets.assign", Staff(Action::Assign), request::assign),
        post("/desk/requests/{id}/state", "tickets.change_state", Staff(Action::ChangeState), request::change_state),
        post("/desk/requests/{id}/conversion", "tickets.convert", Staff(Action::Convert), request::convert),
        get("/desk/requests/{id}/advisory", "tickets.advisory", Staff(Action::KeepAdvisory), advisory::show),
        post("/desk/requests/{id}/advisory", "tickets.keep_advisory", Staff(Action::KeepAdvisory), advisory::keep),
        get("/desk/requests/{id}/advisory.md", "tickets.advisory", Staff(Action::KeepAdvisory), advisory::markdown),
        post(
            "/desk/requests/{id}/priority",
            "tickets.decide_priority",
            Staff(Action::DecidePriority),
            request::decide_priority,
        ),
        get("/desk/migrations", "migration.asked_systems", Staff(Action::UseDesk), migrations::show),
        get("/desk/policy", "policy.versions", Staff(Action::ReadPolicy), policy::show),
        post("/desk/policy", "policy.apply", Staff(Action::ApplyPolicy), policy::apply),
        post("/desk/policy/recomputing", "policy.recompute", Staff(Action::Recompute), policy::recompute),
        get("/desk/policy/holidays", "policy.take_holidays", Staff(Action::ApplyPolicy), holidays::show),
        post("/desk/policy/holidays", "policy.take_holidays", Staff(Action::ApplyPolicy), holidays::send),
        post("/desk/policy/check", "policy.check", Staff(Action::ReadPolicy), policy::check),
        post("/desk/policy/simulations", "sla.begin_simulation", Staff(Action::ReadPolicy), policy::begin),
        get("/desk/policy/simulations/{id}", "sla.show_simulation", Staff(Action::ReadPolicy), policy::simulation),
    ];
    routes.extend(now());
    routes.extend(ties());
    routes.extend(in_bulk());
    routes.extend(of_templates());
    routes.extend(of_teams());
    routes.extend(of_bugs());
    routes.extend(of_tracker());
    routes.extend(of_releases());
    routes.extend(of_organisations());
    routes.extend(of_leads());
    routes.extend(of_data());
    routes
}

/// What happens now, who is where, and what they are told.
fn now() -> Vec<Route> {
    vec![
        get("/desk/live", "live.listen", Staff(Action::UseDesk), live::listen),
        post("/desk/requests/{id}/presence", "live.be_present", Staff(Action::UseDesk), live::be_present),
        get("/desk/notifications", "notifications.list", Staff(Action::UseDesk), notifications::show),
        post("/desk/notifications/read", "notifications.read_all", Staff(Action::UseDesk), notifications::read),
        get("/desk/notifications/choices", "notifications.choices", Staff(Action::UseDesk), notifications::choices),
        post("/desk/notifications/choices", "notifications.choose", Staff(Action::UseDesk), notifications::choose),
        get("/desk/notifications/devices", "push.standing", Staff(Action::UseDesk), devices::standing),
        post("/desk/notifications/devices", "push.name", Staff(Action::UseDesk), devices::name),
        post("/desk/notifications/devices/test", "push.try_out", Staff(Action::UseDesk), devices::try_out),
        post("/desk/notifications/devices/{id}/removal", "push.forget", Staff(Action::UseDesk), devices::forget),
        get("/desk/opening", "opening.show", Staff(Action::UseDesk), opening::show),
        post("/desk/away", "people.be_away", Staff(Action::UseDesk), notifications::be_away),
    ]
}

/// What is done to many requests at once. What may be done is asked for each of them, as it is for a single one.
fn in_bulk() -> Vec<Route> {
    let desk = Staff(Action::UseDesk);
    vec![
        get("/desk/bulk", "bulk.list", desk, bulk::list),
        post("/desk/bulk", "bulk.choose", desk, bulk::choose),
        get("/desk/bulk/{id}", "bulk.show", desk, bulk::show),
        post("/desk/bulk/{id}/act", "bulk.decide", desk, bulk::decide),
        post("/desk/bulk/{id}/beginning", "bulk.begin", desk, bulk::begin),
        post("/desk/bulk/{id}/stopping", "bulk.stop", desk, bulk::stop),
        post("/desk/bulk/{id}/undoing", "bulk.undo", desk, bulk::undo),
    ]
}

/// Texts for replies.
fn of_templates() -> Vec<Route> {
    let (read, keep) = (Staff(Action::UseDesk), Staff(Action::KeepTemplates));
    vec![
        get("/desk/templates", "templates.list", read, templates::list),
        get("/desk/templates/new", "templates.keep", keep, templates::new),
        get("/desk/templates/{id}", "templates.show", read, templates::show),
        post("/desk/templates", "templates.keep", keep, templates::keep),
        post("/desk/templates/{id}", "templates.change", keep, templates::change),
        post("/desk/templates/{id}/removal", "templates.remove", keep, templates::remove),
    ]
}

/// Reports of bugs, and what becomes of bugs.
fn of_bugs() -> Vec<Route> {
    let (read, manage) = (Staff(Action::UseDesk), Staff(Action::ManageBugs));
    let accept = Staff(Action::AcceptReports);
    vec![
        post("/desk/requests/{id}/bug", "bugs.accept", accept, review::accept),
        post("/desk/requests/{id}/bug/removal", "bugs.part", accept, review::part_with),
        post("/desk/requests/{id}/bug/refusal", "bugs.refuse_report", Staff(Action::Reply), review::refuse),
        get("/desk/bugs", "bugs.board", read, bugs::list),
        get("/desk/bugs/new", "bugs.file", accept, bugs::new),
        post("/desk/bugs", "bugs.file", accept, bugs::file),
        get("/desk/bugs/{id}", "bugs.show", read, bug::show),
        get("/desk/bugs/{id}/affected", "bugs.affected", read, affected::show),
        get("/desk/bugs/{id}/affected.csv", "bugs.affected", read, affected::csv),
        get("/desk/bugs/{id}/affected/message", "bugs.preview_circular", manage, circular::new),
        post("/desk/bugs/{id}/affected/message", "bugs.send_circular", manage, circular::send),
        post("/desk/bugs/{id}/step", "bugs.step", manage, bug::step),
        post("/desk/bugs/{id}/checklist", "bugs.check_hotfix", manage, bug::check),
        post("/desk/bugs/{id}/description", "bugs.amend", manage, bug::amend),
    ]
}

/// The tracker, and the issues of bugs in it.
fn of_tracker() -> Vec<Route> {
    let (keep, manage) = (Staff(Action::KeepTracker), Staff(Action::ManageBugs));
    let say = Staff(Action::AcceptReports);
    vec![
        get("/desk/tracker", "tracker.standing", keep, tracker::show),
        post("/desk/tracker", "tracker.set", keep, tracker::set),
        post("/desk/tracker/trial", "tracker.try_out", keep, tracker::try_out),
        post("/desk/tracker/reading", "tracker.read_now", keep, tracker::read),
        post("/desk/tracker/secret", "tracker.new_secret", keep, tracker::new_secret),
        post("/desk/tracker/secret/removal", "tracker.end_secret", keep, tracker::end_secret),
        post("/desk/tracker/removal", "tracker.remove", keep, tracker::remove),
        post("/desk/bugs/{id}/issue", "tracker.link", manage, bug_tracker::issue),
        post("/desk/bugs/{id}/issue/removal", "tracker.unlink", manage, bug_tracker::unlink),
        post("/desk/bugs/{id}/issue/decision", "tracker.decide", manage, bug_tracker::decide),
        post("/desk/bugs/{id}/issue/again", "tracker.again", manage, bug_tracker::again),
        post("/desk/bugs/{id}/comments", "tracker.comment", say, bug_tracker::comment),
        post(
            "/desk/bugs/{id}/comments/{comment}/audience",
            "tracker.show_to_customers",
            manage,
            bug_tracker::set_audience,
        ),
    ]
}

/// Who works together, and what comes to them.
fn of_teams() -> Vec<Route> {
    let (read, keep) = (Staff(Action::UseDesk), Staff(Action::KeepTeams));
    vec![
        get("/desk/teams", "teams.list", read, teams::list),
        get("/desk/teams/new", "teams.keep", keep, teams::new),
        get("/desk/teams/{id}", "teams.show", read, teams::show),
        post("/desk/teams", "teams.keep", keep, teams::keep),
        post("/desk/teams/{id}", "teams.change", keep, teams::change),
        post("/desk/teams/{id}/earlier", "teams.move_up", keep, teams::earlier),
        post("/desk/teams/{id}/removal", "teams.remove", keep, teams::remove),
    ]
}

/// What was released, and where it runs.
fn of_releases() -> Vec<Route> {
    let (read, manage) = (Staff(Action::UseDesk), Staff(Action::ManageReleases));
    vec![
        get("/desk/releases", "releases.list", read, releases::list),
        get("/desk/releases/new", "releases.publish", manage, releases::new),
        post("/desk/releases", "releases.publish", manage, releases::publish),
        get("/desk/releases/import", "releases.import", manage, release_import::show),
        post("/desk/releases/import", "releases.import", manage, release_import::send),
        post("/desk/releases/rollout", "releases.roll_out", manage, releases::roll_out),
        get("/desk/releases/{version}", "releases.show", read, releases::show),
        post("/desk/releases/{version}", "releases.amend", manage, releases::amend),
        post("/desk/releases/{version}/withdrawal", "releases.withdraw", manage, releases::withdraw),
    ]
}

fn of_organisations() -> Vec<Route> {
    let set = Staff(Action::SetOrganisation);
    vec![
        get("/desk/organisations", "organisations.list", Staff(Action::UseDesk), organisations::list),
        get("/desk/organisations/{id}", "organisations.show", Staff(Action::UseDesk), organisations::show),
        post("/desk/organisations/{id}/confirmation", "organisations.confirm", set, organisations::confirm),
        post("/desk/organisations/{id}/region", "organisations.set_region", set, organisations::set_region),
        post("/desk/organisations/{id}/place", "releases.set_place", set, organisations::set_place),
        post("/desk/organisations/{id}/name", "organisations.rename", set, organisations::rename),
        post("/desk/organisations/{id}/domains", "organisations.claim", set, organisations::claim),
        post("/desk/organisations/{id}/domains/removal", "organisations.release", set, organisations::release),
        get("/desk/organisations/{id}/merge", "organisations.preview_merge", set, merge::show),
        post("/desk/organisations/{id}/merge", "organisations.merge", set, merge::merge),
        post("/desk/organisations/{id}/merges/{other}/undoing", "organisations.split", set, merge::split),
        get("/desk/people/waiting", "people.waiting", Staff(Action::UseDesk), waiting::show),
        post("/desk/people/{person}/admission", "people.admit", set, waiting::admit),
        post("/desk/people/{person}/turning-away", "people.turn_away", set, waiting::turn_away),
        get("/desk/installed/import", "installed.import", set, installed_import::show),
        post("/desk/installed/import", "installed.import", set, installed_import::send),
        get("/desk/licences/import", "licences.import", set, licence_import::show),
        post("/desk/licences/import", "licences.import", set, licence_import::send),
        get("/desk/organisations/{id}/licences/new", "licences.add", set, licences::blank),
        post("/desk/organisations/{id}/licences", "licences.add", set, licences::add),
        get("/desk/organisations/{id}/licences/{licence}", "licences.show", Staff(Action::UseDesk), licences::show),
        post("/desk/organisations/{id}/licences/{licence}", "licences.change", set, licences::change),
        post("/desk/organisations/{id}/licences/{licence}/end", "licences.end", set, licences::end),
        post("/desk/organisations/{id}/sharing", "organisations.set_sharing", set, organisations::set_sharing),
        post("/desk/organisations/{id}/inviting", "organisations.set_others", set, organisations::set_others),
        post("/desk/organisations/{id}/resellers", "organisations.set_resale", set, resale::set),
        post("/desk/organisations/{id}/resellers/{resale}/end", "organisations.end_resale", set, resale::end),
        post("/desk/organisations/{id}/invitations", "organisations.invite", set, organisation::invite),
        post(
            "/desk/organisations/{id}/invitations/{invitation}/resending",
            "organisations.resend",
            set,
            organisation::resend,
        ),
        post(
            "/desk/organisations/{id}/invitations/{invitation}/revocation",
            "organisations.revoke",
            set,
            organisation::revoke,
        ),
        post("/desk/organisations/{id}/members/{person}/role", "organisations.set_role", set, organisation::set_role),
        post(
            "/desk/organisations/{id}/members/{person}/leaving",
            "organisations.end_membership",
            set,
            organisation::end_membership,
        ),
    ]
}

/// What leads look after.
fn of_leads() -> Vec<Route> {
    let read = Staff(Action::ReadReports);
    let (mails, jobs) = (Staff(Action::ReadMails), Staff(Action::ReadJobs));
    vec![
        get("/desk/outbox", "work.outbox", mails, work::outbox),
        post("/desk/outbox/{id}/trying", "work.try_again", mails, work::try_mail),
        post("/desk/outbox/{id}/giving-up", "work.give_up", mails, work::give_mail_up),
        post("/desk/outbox/refused/{id}/sending", "work.send_again", mails, work::send_again),
        get("/desk/parked", "work.parked", jobs, work::parked),
        post("/desk/parked/{id}/trying", "work.try_again", jobs, work::try_job),
        post("/desk/parked/{id}/giving-up", "work.give_up", jobs, work::give_job_up),
        get("/desk/health", "health.show", jobs, health::show),
        get("/desk/report", "reports.show", read, report::show),
        get("/desk/report/requests", "reports.behind", read, report::behind),
        get("/desk/report.csv", "reports.show", read, report::csv),
        post("/desk/report/mail", "reports.choose", read, report::choose),
    ]
}

/// Who did what, and people's data.
fn of_data() -> Vec<Route> {
    let (read, keep) = (Staff(Action::ReadAudit), Staff(Action::ErasePerson));
    vec![
        get("/desk/audit", "audit.list", read, audit::show),
        get("/desk/audit.csv", "audit.export", read, audit::csv),
        get("/desk/audit.jsonl", "audit.export", read, audit::json_lines),
        get("/desk/tokens", "programs.tokens", Staff(Action::SetGrants), tokens::show),
        post("/desk/tokens", "programs.make", Staff(Action::SetGrants), tokens::make),
        post("/desk/tokens/{id}/revocation", "programs.revoke", Staff(Action::SetGrants), tokens::revoke),
        get("/desk/people/{id}", "people.account", keep, people::show),
        post("/desk/people/{id}/sign-out", "people.end_sessions_of", keep, people::sign_out),
        post("/desk/people/{id}/export", "exports.hand_out", keep, people::export),
        post("/desk/people/{id}/erasure", "people.erase", keep, people::erase),
        get("/desk/organisations/{id}/data", "organisations.held", keep, people::organisation),
        post("/desk/organisations/{id}/export", "exports.hand_out", keep, people::export_organisation),
        post("/desk/organisations/{id}/erasure", "organisations.erase", keep, people::erase_organisation),
    ]
}

/// What ties a request to people and to other requests.
fn ties() -> Vec<Route> {
    vec![
        get("/desk/requests/{id}/alike", "search.alike", Staff(Action::UseDesk), alike::show),
        get("/desk/requests/{id}/sight", "tickets.seers", Staff(Action::UseDesk), sight::show),
        post("/desk/requests/{id}/escalation", "tickets.escalate", Staff(Action::DecidePriority), request::escalate),
        post("/desk/requests/{id}/watch", "tickets.watch", Staff(Action::UseDesk), ties::watch),
        post("/desk/requests/{id}/secrecy", "tickets.set_secrecy", Staff(Action::SetAudience), ties::set_secrecy),
        post(
            "/desk/requests/{id}/participants",
            "tickets.add_participant",
            Staff(Action::SetAudience),
            ties::add_participant,
        ),
        post(
            "/desk/requests/{id}/participants/{person}/removal",
            "tickets.remove_participant",
            Staff(Action::SetAudience),
            ties::remove_participant,
        ),
        post("/desk/requests/{id}/links", "tickets.link", Staff(Action::Merge), ties::link),
        post("/desk/requests/{id}/links/{other}/removal", "tickets.unlink", Staff(Action::Merge), ties::unlink),
        post("/desk/requests/{id}/merge", "tickets.merge", Staff(Action::Merge), ties::merge),
        post("/desk/requests/{id}/merge/undoing", "tickets.undo_merge", Staff(Action::Merge), ties::undo_merge),
        post("/desk/requests/{id}/messages/{message}/split", "tickets.split", Staff(Action::Merge), ties::split),
        post(
            "/desk/requests/{id}/scope",
            "tickets.close_out_of_scope",
            Staff(Action::ChangeState),
            ties::close_out_of_scope,
        ),
        post("/desk/requests/{id}/next-word", "tickets.promise_word", Staff(Action::ChangeState), ties::promise_word),
        post(
            "/desk/attachments/{id}/original",
            "tickets.fetch_original",
            Staff(Action::ReadOriginal),
            attachments::original,
        ),
        get("/desk/requests/{id}/redaction/{place}", "tickets.redact", Staff(Action::Redact), redaction::show_at_desk),
        post("/desk/requests/{id}/redaction/{place}", "tickets.redact", Staff(Action::Redact), redaction::send_at_desk),
        get(
            "/desk/attachments/{id}/redaction",
            "tickets.redact_file",
            Staff(Action::Redact),
            redaction::show_file_at_desk,
        ),
        post(
            "/desk/attachments/{id}/redaction",
            "tickets.redact_file",
            Staff(Action::Redact),
            redaction::send_file_at_desk,
        ),
    ]
}
