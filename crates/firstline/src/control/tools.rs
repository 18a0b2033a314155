//! A build of the migration tool, kept by the desk that a command reached.

use std::path::Path;

use bytes::Bytes;
use desk::{
    Actor, Desk, Error,
    migration::{NewBuild, add_tool},
};
use futures_util::stream;
use tokio::{fs::File, io::AsyncReadExt};

use super::{Response, in_words};

/// Bytes that are read at once.
const PIECE: usize = 64 * 1024;

/// Keeps the file as a build.
pub(super) async fn add(desk: &Desk, file: &Path, version: String, platform: String) -> Response {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let open = match File::open(file).await {
        Ok(open) => open,
        Err(error) => return Response::Refused(format!("{} cannot be read: {error}", file.display())),
    };
    let pieces = stream::try_unfold(open, async |mut file| {
        let mut piece = vec![0; PIECE];
        let read = file.read(&mut piece).await?;
        piece.truncate(read);
        Ok::<_, std::io::Error>((read > 0).then(|| (Bytes::from(piece), file)))
    });
    let said = format!("Kept {name} as version {version} for {platform}");
    match add_tool(desk, &Actor::COMMAND, NewBuild { version, platform, name }, pieces).await {
        Ok(id) => match store::tools::get(desk.store.read(), id).await {
            Ok(tool) => Response::Done(format!("{said}; its SHA-256 is {}.", tool.blob.as_str())),
            Err(error) => Response::Refused(error.to_string()),
        },
        Err(Error::Conflict) => {
            Response::Refused("this version has a build for that platform; give another version".to_owned())
        }
        Err(error) => Response::Refused(in_words(desk, error).await),
    }
}
