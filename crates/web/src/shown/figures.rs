//! The figures of the last days (FRT-8), as `words` takes them.

use words::support_page::Statistics;

use crate::{app::App, door::Problem};

/// None until there are enough cases.
pub(crate) async fn figures(app: &App) -> Result<Option<Statistics>, Problem> {
    let figures = desk::sla::figures(&app.desk).await?;
    Ok(figures.map(|it| Statistics { cases: it.cases, median: it.median, ninetieth: it.ninetieth }))
}
