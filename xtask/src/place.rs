//! Where things are: the root of the repository and cargo's target folder. The only reader of the environment.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::process;

/// The repository and its target folder, as absolute paths.
#[derive(Debug)]
pub(crate) struct Place {
    pub(crate) root: PathBuf,
    pub(crate) target: PathBuf,
}

impl Place {
    /// The repository that this program was built from.
    pub(crate) fn find() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask lies in the repository")?.to_owned();
        let asked =
            process::read(Command::new("cargo").current_dir(&root).args(["metadata", "--no-deps", "--locked"]))?;
        let metadata: serde_json::Value = serde_json::from_str(&asked).context("`cargo metadata` is JSON")?;
        let target = metadata["target_directory"].as_str().context("`cargo metadata` names the target folder")?;
        Ok(Self { root, target: PathBuf::from(target) })
    }

    /// A file or folder of the repository.
    pub(crate) fn at(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Cargo, started in the root.
    pub(crate) fn cargo(&self, arguments: &[&str]) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.current_dir(&self.root).args(arguments);
        cargo
    }

    /// Npm, started in the front end's folder.
    pub(crate) fn npm(&self, arguments: &[&str]) -> Command {
        let mut npm = Command::new("npm");
        npm.current_dir(self.at("frontend")).args(arguments);
        npm
    }
}

/// Whether `program` is found on the path.
pub(crate) fn on_path(program: &str) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the search path is what decides which programs there are")]
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
