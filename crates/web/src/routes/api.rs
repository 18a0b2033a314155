//! The URLs of programs: each comes with a token (`Authorization: Bearer …`) and hears JSON, refusals as RFC 9457 has them.

use rules::programs::Permit;

use super::{Permission::Program, Route, get, post};
use crate::api::{licences, requests};

/// Below it nobody is shown a page.
pub(crate) const DOOR: &str = "/api/";

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/licences/import", "licences.import", Program(Permit::LicencesImport), licences::import),
        get("/api/requests", "views.list", Program(Permit::RequestsRead), requests::list),
    ]
}
