//! Reports counted anew: the last thirty days, and the last year. Each time of other days, because what was counted is kept
//! for some minutes.

use anyhow::Context;
use jiff::{ToSpan, civil::Date};

use super::{
    client::Client,
    figures::Figures,
    pages::{Ask, one_after_another},
    server::Server,
    world::{World, session},
};

const MONTHS: i64 = 10;
const YEARS: i64 = 3;

pub(super) async fn measure(world: &World) -> anyhow::Result<Figures> {
    let app = world.app().await?;
    world.settle(&app.desk).await?;
    let lead = session(&app.desk, "lead@desk.example").await?;
    let today = app.desk.now().timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
    app.desk.store.close().await?;
    let server = Server::start(&world.folder).await?;
    let mut client = Client::connect(server.address, "").await?;
    let mut figures = Figures::default();
    for (name, days, times) in [("month_", 30, MONTHS), ("year_", 365, YEARS)] {
        let mut asks = vec![];
        // The first warms up.
        for back in 0..=times {
            asks.push(Ask { path: address(today, days, back)?, session: lead.clone() });
        }
        one_after_another(&mut client, &asks[..1], 1).await?;
        let samples = one_after_another(&mut client, &asks[1..], usize::try_from(times)?).await;
        figures.percentiles(name, &samples.with_context(|| format!("{name} report"))?);
    }
    server.stop().await?;
    Ok(figures)
}

fn address(today: Date, days: i64, back: i64) -> anyhow::Result<String> {
    let through = today.checked_sub(back.days())?;
    Ok(format!("/desk/report?from={}&through={through}", through.checked_sub((days - 1).days())?))
}
