//! The URLs of programs: each comes with a token (`Authorization: Bearer …`) and hears JSON, refusals as RFC 9457 has them.

use rules::programs::Permit;

use super::{
    Permission::{Everybody, Program},
    Route, get, post, small,
};
use crate::api::{hooks, installed, licences, releases, requests};

/// Below it nobody is shown a page.
pub(crate) const DOOR: &str = "/api/";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/licences/import", "licences.import", Program(Permit::LicencesImport), licences::import),
        small(
            "/api/installed",
            "installed.tell",
            (Program(Permit::InstalledTell), installed::BODY_BYTES),
            installed::tell,
        ),
        get("/api/requests", "views.list", Program(Permit::RequestsRead), requests::list),
        get("/api/releases", "releases.list", Program(Permit::ReleasesPublish), releases::list),
        post("/api/releases/import", "releases.import", Program(Permit::ReleasesPublish), releases::import),
        post("/api/releases/{version}", "releases.publish", Program(Permit::ReleasesPublish), releases::publish),
        post(
            "/api/releases/{version}/rollout",
            "releases.roll_out",
            Program(Permit::ReleasesPublish),
            releases::roll_out,
        ),
        post(
            "/api/releases/{version}/withdrawal",
            "releases.withdraw",
            Program(Permit::ReleasesPublish),
            releases::withdraw,
        ),
        // Who calls is known by the signature of the body.
        post("/hooks/github", "tracker.hear", Everybody, hooks::github),
    ]
}
