//! Organisations as many and as large as they come: a hundred thousand of them, and one with as many people, domain
//! entries and licences as any will ever have.

use std::collections::HashMap;

use desk::{Desk, Error, Result};
use jiff::{Span, civil::Date, tz::TimeZone};
use rules::{access::Role, entitlement::Terms, ids::OrganisationId, instant::Instant};
use store::licences::Said;

use super::crowd::Gathering;

const FIRMS: usize = 100_000;
const MEMBERS: usize = 50_000;
const DOMAINS: usize = 500;
const LICENCES: usize = 200;
/// Of one transaction.
const AT_ONCE: usize = 10_000;

/// Where they stand.
#[derive(Clone, Copy, Debug)]
pub struct Firms {
    pub giant: OrganisationId,
    /// One of the others.
    pub ordinary: OrganisationId,
}

impl Firms {
    /// The address of who manages the giant.
    pub const MANAGER: &'static str = "person0@giant.example";
    /// An entry of the giant; what its people's addresses end with is another.
    pub const DOMAIN: &'static str = "unit250.giant.example";
    /// The name of one of the others.
    pub const NAME: &'static str = "Firm 77777";

    /// Those that stand in a world already.
    pub async fn find(desk: &Desk) -> Result<Option<Self>> {
        let domains = ["giant.example".to_owned(), domain(FIRMS - 1)];
        let found: HashMap<_, _> =
            store::organisations::domains(desk.store.read(), &domains).await?.into_iter().collect();
        let [giant, ordinary] = domains.each_ref().map(|domain| found.get(domain).copied());
        Ok(giant.zip(ordinary).map(|(giant, ordinary)| Self { giant, ordinary }))
    }

    /// Has them all come.
    pub async fn found(desk: &Desk) -> Result<Self> {
        let giant = giant(desk).await?;
        let mut ordinary = giant;
        for batch in 0..FIRMS.div_ceil(AT_ONCE) {
            let tx = desk.store.begin().await?;
            for n in batch * AT_ONCE..FIRMS.min((batch + 1) * AT_ONCE) {
                let confirmed = (n % 20 != 0).then(|| desk.now());
                ordinary = store::organisations::insert(&tx, &format!("Firm {n}"), confirmed, desk.now()).await?;
                store::organisations::claim_domain(&tx, ordinary, &domain(n)).await?;
            }
            tx.commit().await?;
        }
        Ok(Self { giant, ordinary })
    }

    /// What each of the others runs, as a list to import; a quarter is a release ahead.
    pub fn installed() -> String {
        let mut list = "organisation,edition,version\n".to_owned();
        for firm in 0..FIRMS {
            let version = if firm % 4 == 0 { "5.12.0" } else { "5.11.0" };
            list.push_str(&format!("{},server,{version}\n", domain(firm)));
        }
        list
    }
}

fn domain(firm: usize) -> String {
    format!("firm{firm}.example")
}

async fn giant(desk: &Desk) -> Result<OrganisationId> {
    let (now, policy) = (desk.now(), desk.policy().await?);
    let tx = desk.store.begin().await?;
    let giant = store::organisations::insert(&tx, "Giant", Some(now), now).await?;
    store::organisations::claim_domain(&tx, giant, "giant.example").await?;
    for n in 1..DOMAINS {
        store::organisations::claim_domain(&tx, giant, &format!("unit{n}.giant.example")).await?;
    }
    let plain = Terms::plain(policy.policy());
    for n in 0..LICENCES {
        let through = Some(until(now, n)?);
        let terms = Terms { external_key: Some(format!("giant-{n}")), seats: Some(250), through, ..plain.clone() };
        store::licences::insert(&tx, giant, &terms, Said { by: None, token: None, now }).await?;
    }
    let mut gathering = Gathering::new(&tx, now);
    for n in 0..MEMBERS {
        let person = gathering.person(&format!("Person {n}"), format!("person{n}@giant.example")).await?;
        let role = if n == 0 { Role::Manager } else { Role::Member };
        store::organisations::join(&tx, giant, person, role, now).await?;
    }
    tx.commit().await?;
    Ok(giant)
}

/// One ends each week from now on.
fn until(now: Instant, n: usize) -> Result<Date> {
    let today = now.timestamp().to_zoned(TimeZone::UTC).date();
    let weeks = i64::try_from(n).map_err(Error::broken)?;
    today.checked_add(Span::new().weeks(weeks)).map_err(Error::broken)
}
