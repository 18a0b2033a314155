//! Every page as plain data with a template and samples. A handler fills a context and calls `html::show`; it
//! writes no HTML. Contexts hold what is read as text already (instants are said by `words`), so that no page
//! needs a rule. `gallery` names every sample of every page, for the pictures and for axe.

pub mod conversation;
pub mod desk;
pub mod form;
pub mod frame;
pub mod home;
pub mod html;
pub mod parts;
pub mod requests;
pub mod samples;
pub mod sign_in;
pub mod types;

use askama::Template;

use samples::Samples;

/// A sample as a file of the gallery: `home--crowded`, and its HTML.
#[derive(Clone, Debug)]
pub struct Picture {
    pub name: String,
    pub html: String,
}

/// Every sample of every page.
///
/// # Errors
/// When a template cannot be written, which is a fault of ours.
pub fn gallery() -> askama::Result<Vec<Picture>> {
    let mut pictures = Vec::new();
    add(&mut pictures, "home", home::HomePage::samples())?;
    add(&mut pictures, "types", types::TypesPage::samples())?;
    add(&mut pictures, "requests", requests::RequestsPage::samples())?;
    add(&mut pictures, "sign-in", sign_in::SignInPage::samples())?;
    add(
        &mut pictures,
        "desk-queue",
        desk::queue::QueuePage::samples(),
    )?;
    add(
        &mut pictures,
        "desk-request",
        desk::request::DeskRequestPage::samples(),
    )?;
    Ok(pictures)
}

fn add<Page: Template>(
    pictures: &mut Vec<Picture>,
    page: &str,
    samples: Samples<Page>,
) -> askama::Result<()> {
    for (state, sample) in samples {
        pictures.push(Picture {
            name: format!("{page}--{state}"),
            html: sample.render()?,
        });
    }
    Ok(())
}
