//! Reports of dry runs, said.

use desk::{migration::ShownReport, tickets::Shown};
use words::{lang::Lang, migration};

use super::times::watch;
use crate::{
    app::App,
    door::{Problem, Visit},
    pages::report::{Report, Said},
};

/// Those that came with the request.
pub(crate) async fn reports(app: &App, visit: &Visit, shown: &Shown) -> Result<Vec<Report>, Problem> {
    let read = desk::migration::reports(&app.desk, shown).await?;
    Ok(read.into_iter().filter_map(|report| said(app, visit, report)).collect())
}

fn said(app: &App, visit: &Visit, ShownReport { file, name, report }: ShownReport) -> Option<Report> {
    let said = match &report {
        Ok(report) => Said::Read {
            headline: migration::headline(Lang::En, report),
            counts: migration::counts(Lang::En, report).into_iter().map(|it| (it.name, it.value)).collect(),
            made: format!(
                "by tool {}, {}",
                report.tool,
                watch(visit, app.desk.now(), |watch| watch.moment(report.made_at))
            ),
        },
        Err(why) => Said::Unread(migration::unread(Lang::En, why)?),
    };
    Some(Report { file: file.0, name, said })
}
