//! The image, loaded by podman and run as docs/running.md says: it serves, says its health, keeps its volume, ends well.

use std::{fs, path::Path, process::Command, time::Duration};

use anyhow::{Context, Result, ensure};

use super::page;
use crate::{
    process::{read, say, wait_for},
    services::free_port,
};

/// A podman with a store of its own; whatever it runs goes with it.
struct Podman<'a> {
    folder: &'a Path,
    image: String,
    site: u16,
    health: u16,
}

const HEALTH: &str = r#"["/usr/bin/firstline", "health"]"#;
const INES: [&str; 5] = ["staff", "add", "Ines <ines@example.com>", "--grant", "agent"];
/// Lower than podman's own, which it may not set everywhere.
const LIMITS: [&str; 4] = ["--ulimit", "nofile=4096:4096", "--ulimit", "nproc=4096:4096"];

pub(super) fn try_out(folder: &Path, image: &Path) -> Result<()> {
    fs::create_dir_all(folder)?;
    let mut podman = Podman { folder, image: String::new(), site: free_port()?, health: free_port()? };
    podman.image = podman.load(image)?;
    let ada = ["--administrator", "Ada <ada@example.com>"];
    let address = ["--base-url", "https://help.example.com", "--data", "/data/desk"];
    podman.read(
        &[&["run", "--rm"], &LIMITS[..], &["-v", "desk:/data", &podman.image, "init"], &address, &ada].concat(),
    )?;
    podman.serve()?;
    let added = podman.firstline(&INES)?;
    ensure!(added.contains("https://help.example.com/verify/"), "no link for Ines: {added}");
    podman.firstline(&["backup", "/data/saved"])?;
    podman.firstline(&["restore", "/data/saved", "--verify"])?;
    podman.stop()?;
    podman.serve()?;
    let known = podman.firstline(&INES)?;
    ensure!(known.contains("who was here already"), "the volume forgot Ines: {known}");
    podman.stop()
}

impl Podman<'_> {
    fn load(&self, image: &Path) -> Result<String> {
        let said = self.read(&["load", "-i", &image.to_string_lossy()])?;
        let name = said.trim().rsplit("localhost/").next().context("podman says a name")?.to_owned();
        ensure!(name.starts_with("firstline:"), "the image is called {said}");
        Ok(name)
    }

    /// Starts a container and waits for its health, then looks at a page.
    fn serve(&self) -> Result<()> {
        let (site, health) = (format!("127.0.0.1:{}:8080", self.site), format!("127.0.0.1:{}:8081", self.health));
        let named = ["run", "-d", "--name", "firstline", "-v", "desk:/data", "-p", &site, "-p", &health];
        let watched = ["--stop-timeout", "30", "--health-cmd", HEALTH, &self.image];
        self.read(&[&named[..], &LIMITS, &watched].concat())?;
        let healthy = || self.read(&["healthcheck", "run", "firstline"]).is_ok();
        wait_for("the container", Duration::from_secs(60), healthy)?;
        ensure!(page(self.health, "/readyz")?.ends_with("ok\n"), "/readyz does not say ok");
        let support = page(self.site, "/support")?;
        ensure!(support.contains("200 OK") && support.contains("</html>"), "/support says {support}");
        Ok(())
    }

    /// A command beside the server.
    fn firstline(&self, arguments: &[&str]) -> Result<String> {
        self.read(&[&["exec", "firstline", "firstline"], arguments].concat())
    }

    /// Told to end, it ends by itself and well.
    fn stop(&self) -> Result<()> {
        self.read(&["stop", "firstline"])?;
        let code = self.read(&["inspect", "--format", "{{.State.ExitCode}}", "firstline"])?;
        ensure!(code.trim() == "0", "it ended with {code}");
        self.read(&["rm", "firstline"]).map(drop)
    }

    fn read(&self, arguments: &[&str]) -> Result<String> {
        let mut podman = Command::new("podman");
        podman.arg("--root").arg(self.folder.join("root")).arg("--runroot").arg(self.folder.join("run"));
        podman.args(["--storage-driver", "vfs", "--cgroup-manager", "cgroupfs", "--runtime", "runc"]);
        read(podman.args(arguments))
    }
}

impl Drop for Podman<'_> {
    fn drop(&mut self) {
        // What is left, after a fault too.
        if let Err(error) = self.read(&["rm", "--all", "--force"]) {
            say(format_args!("a container may be left: {error:#}"));
        }
    }
}
