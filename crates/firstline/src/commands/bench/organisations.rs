//! Pages of organisations where there are a hundred thousand, and of one with fifty thousand members, five hundred domain
//! entries and two hundred licences. They are added to a copy of a small world, and to a large one itself.

use anyhow::{Context, ensure};
use desk::{
    Desk, Run,
    bugs::{self, NewBug, Says},
    installed,
};
use rules::{
    bugs::{Severity, Source},
    ids::BugId,
    releases::Version,
};
use world::bulk::{Crowd, Firms};

use super::{
    client::Client,
    figures::Figures,
    pages::{Ask, one_after_another},
    server::Server,
    world::{World, actor, session},
};

const WARM_UP: usize = 30;
const MEASURED: usize = 500;
/// Of the page that looks at each of them.
const LOOKS: usize = 20;

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let world = world.to_write_in()?;
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let firms = match Firms::find(&app.desk).await? {
        Some(firms) => firms,
        None => Firms::found(&app.desk).await?,
    };
    let lead = session(&app.desk, "lead@desk.example").await?;
    let manager = session(&app.desk, Firms::MANAGER).await?;
    let stranger = session(&app.desk, &Crowd::customer(0)).await?;
    let bug = bug_of_all(&app.desk, &lead).await?;
    app.desk.store.close().await?;
    let Firms { giant, ordinary } = firms;
    let server = Server::start(&world.folder).await?;
    let mut client = Client::connect(server.address, "").await?;
    let mut figures = Figures::default();
    let found = |what: &str| format!("/desk/organisations?name={}", what.replace(' ', "+").replace('@', "%40"));
    for (name, session, path) in [
        ("list_", &lead, "/desk/organisations".to_owned()),
        ("unconfirmed_", &lead, "/desk/organisations?only=unconfirmed".to_owned()),
        ("by_name_", &lead, found(Firms::NAME)),
        ("by_domain_", &lead, found(Firms::DOMAIN)),
        ("by_address_", &lead, found(Firms::MANAGER)),
        ("giant_", &lead, format!("/desk/organisations/{giant}")),
        ("ordinary_", &lead, format!("/desk/organisations/{ordinary}")),
        ("managers_home_", &manager, "/".to_owned()),
        ("managers_requests_", &manager, "/requests".to_owned()),
        ("managers_form_", &manager, "/requests/new?type=question".to_owned()),
        ("others_home_", &stranger, "/".to_owned()),
    ] {
        let ask = [Ask { path, session: session.clone() }];
        one_after_another(&mut client, &ask, WARM_UP).await?;
        let samples = one_after_another(&mut client, &ask, MEASURED).await.with_context(|| format!("{name} page"))?;
        figures.percentiles(name, &samples);
    }
    let ask = [Ask { path: format!("/desk/bugs/{bug}/affected"), session: lead }];
    one_after_another(&mut client, &ask, 1).await?;
    figures.percentiles("affected_", &one_after_another(&mut client, &ask, LOOKS).await.context("affected page")?);
    server.stop().await?;
    Ok(figures)
}

/// A bug of which is known of every organisation whether it runs a version that has it.
async fn bug_of_all(desk: &Desk, session: &str) -> anyhow::Result<BugId> {
    let lead = actor(desk, session).await?;
    let imported = installed::import(desk, &lead, &Firms::installed(), Run::Real).await?;
    ensure!(imported.faults.is_empty(), "{:?}", imported.faults.first());
    let first_seen = Some(Version::read("5.10.0").context("a version")?);
    let new = NewBug {
        says: Says { title: "Launches stay open".to_owned(), first_seen, ..Says::default() },
        severity: Severity::Major,
        source: Source::OwnTests,
        affected: None,
    };
    Ok(bugs::file(desk, &lead, new).await?)
}
