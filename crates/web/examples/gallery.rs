//! Writes every sample of every page as a file of HTML: `cargo run -p web --example gallery -- FOLDER`.
//! `frontend/tests/gallery.mjs` serves them with the product's headers, looks at them and runs axe.

use std::{error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(std::env::args_os().nth(1).ok_or("name a folder to write to")?);
    fs::create_dir_all(&folder)?;
    for picture in web::pages::gallery()? {
        fs::write(folder.join(format!("{}.html", picture.name)), picture.html)?;
    }
    Ok(())
}
