//! Pages of organisations where there are a hundred thousand, and of one with fifty thousand members, five hundred domain
//! entries and two hundred licences. They are added to a copy of a small world, and to a large one itself.

use anyhow::Context;
use world::bulk::{Crowd, Firms};

use super::{
    client::Client,
    figures::Figures,
    pages::{Ask, one_after_another},
    server::Server,
    world::{World, session},
};

const WARM_UP: usize = 30;
const MEASURED: usize = 500;

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
    server.stop().await?;
    Ok(figures)
}
