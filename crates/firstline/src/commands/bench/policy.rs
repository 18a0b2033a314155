//! The Policy page: a changed text, checked while somebody writes it, with what it would change for the open requests of
//! the world (POL-5): a shorter target, so that the open requests of a group are counted and the first of them named.

use anyhow::ensure;

use super::{
    client::Client,
    figures::{Figures, Samples},
    forms,
    server::Server,
    world::{World, session},
};
use crate::commands::init::REFERENCE;

const WARM_UP: usize = 3;
const MEASURED: usize = 40;

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let lead = session(&app.desk, "lead@desk.example").await?;
    app.desk.store.close().await?;
    let changed = REFERENCE.replace("8 working hours", "4 working hours");
    ensure!(changed != REFERENCE, "the text differs from the policy in force");
    let form = forms::encoded(&[("text".to_owned(), changed)]);
    let server = Server::start(&world.folder).await?;
    let mut client = Client::connect(server.address, &lead).await?;
    let mut samples = Samples::default();
    for n in 0..WARM_UP + MEASURED {
        let answer = client.post("/desk/policy/check", &form).await?;
        ensure!(answer.status == 200, "/desk/policy/check answered {}", answer.status);
        if n >= WARM_UP {
            samples.add(answer.took);
        }
    }
    server.stop().await?;
    let mut figures = Figures::default();
    figures.percentiles("check_", &samples);
    Ok(figures)
}
