//! An image of the OCI as one archive: one layer with the binary, the libraries that it is linked with and the roots of
//! trust, nothing else, no shell. `podman load` and `skopeo copy` take it, and `docker load` from Docker 25 on.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, ensure};
use serde_json::{Value, json};

use super::Made;
use crate::process::{read, run, say};

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
/// Who the desk runs as; nobody else in the image.
const USER: &str = "10001:10001";

pub(super) fn make(made: &Made<'_>) -> Result<()> {
    let image = made.folder.join("image");
    let blobs = Blobs(image.join("blobs/sha256"));
    fs::create_dir_all(&blobs.0)?;
    let (layer, unpacked) = layer(made, &blobs)?;
    let config = blobs.json("application/vnd.oci.image.config.v1+json", &config(made, &unpacked))?;
    let manifest = json!({ "schemaVersion": 2, "mediaType": MANIFEST, "config": config, "layers": [layer] });
    let mut manifest = blobs.json(MANIFEST, &manifest)?;
    // The whole name: of a tag alone, podman makes an image that is called `0.1.0`.
    let name = format!("localhost/firstline:{}", made.version);
    manifest["annotations"] = json!({ "org.opencontainers.image.ref.name": name, "io.containerd.image.name": name });
    let index = json!({
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [manifest],
    });
    fs::write(image.join("index.json"), serde_json::to_vec(&index)?)?;
    fs::write(image.join("oci-layout"), r#"{"imageLayoutVersion":"1.0.0"}"#)?;
    let file = made.folder.join(format!("firstline_{}_{}.oci.tar", made.version, made.architecture));
    tar(&image, &file, &["oci-layout", "index.json", "blobs"])?;
    look(made, &file)
}

/// What is written by content.
struct Blobs(PathBuf);

impl Blobs {
    /// Takes a file in; its descriptor.
    fn take(&self, kind: &str, file: &Path) -> Result<Value> {
        let digest = sha256(file)?;
        let size = fs::metadata(file)?.len();
        fs::rename(file, self.0.join(&digest))?;
        Ok(json!({ "mediaType": kind, "digest": format!("sha256:{digest}"), "size": size }))
    }

    fn json(&self, kind: &str, value: &Value) -> Result<Value> {
        let file = self.0.join("new");
        fs::write(&file, serde_json::to_vec(value)?)?;
        self.take(kind, &file)
    }
}

/// The one layer, compressed, and the hash of what it is before.
fn layer(made: &Made<'_>, blobs: &Blobs) -> Result<(Value, String)> {
    let root = made.folder.join("rootfs");
    made.put_binary(&root)?;
    for library in libraries(&made.binary)? {
        made.put(Path::new(&library), &root, &library, 0o755)?;
    }
    made.put(Path::new("/etc/ssl/certs/ca-certificates.crt"), &root, "/etc/ssl/certs/ca-certificates.crt", 0o644)?;
    fs::write(root.join("etc/passwd"), format!("firstline:x:{USER}:Firstline:/data:/usr/sbin/nologin\n"))?;
    fs::write(root.join("etc/group"), "firstline:x:10001:\n")?;
    for folder in ["data", "tmp"] {
        fs::create_dir_all(root.join(folder))?;
    }
    let tarred = made.folder.join("layer.tar");
    let names: Vec<&str> = ["etc", "lib", "lib64", "usr"].into_iter().filter(|name| root.join(name).exists()).collect();
    tar(&root, &tarred, &names)?;
    // What the desk writes: a folder of its own, and one of everybody's.
    for (folder, owner, mode) in [("data", "10001", "0755"), ("tmp", "0", "1777")] {
        let [owner, group] = ["owner", "group"].map(|of| format!("--{of}={owner}"));
        let rights = [&owner, &group, &format!("--mode={mode}")];
        let appended = ["--numeric-owner", "--mtime=@0", "--append", "--file"];
        run(Command::new("tar").args(rights).args(appended).arg(&tarred).arg("-C").arg(&root).arg(folder))?;
    }
    let unpacked = sha256(&tarred)?;
    run(Command::new("gzip").args(["--no-name", "--force"]).arg(&tarred))?;
    let layer = blobs.take("application/vnd.oci.image.layer.v1.tar+gzip", &made.folder.join("layer.tar.gz"))?;
    Ok((layer, unpacked))
}

/// The files of the libraries that a binary is linked with, and of what loads them.
fn libraries(binary: &Path) -> Result<Vec<String>> {
    let said = read(Command::new("ldd").arg(binary))?;
    let files: Vec<String> = said.split_whitespace().filter(|word| word.starts_with('/')).map(str::to_owned).collect();
    ensure!(files.iter().any(|file| file.contains("ld-linux")), "nothing loads the libraries: {said}");
    Ok(files)
}

fn config(made: &Made<'_>, unpacked: &str) -> Value {
    json!({
        "architecture": made.architecture,
        "os": "linux",
        "config": {
            "User": USER,
            "WorkingDir": "/data",
            "Entrypoint": ["/usr/bin/firstline"],
            "Cmd": ["serve"],
            "Env": [
                "PATH=/usr/bin",
                "SSL_CERT_FILE=/etc/ssl/certs/ca-certificates.crt",
                "FIRSTLINE_DATA_DIR=/data/desk",
                "FIRSTLINE_LISTEN=0.0.0.0:8080",
                "FIRSTLINE_HEALTH_LISTEN=0.0.0.0:8081",
            ],
            "Volumes": { "/data": {} },
            "ExposedPorts": { "8080/tcp": {}, "8081/tcp": {} },
            "StopSignal": "SIGTERM",
            "Labels": {
                "org.opencontainers.image.title": "Firstline",
                "org.opencontainers.image.description": "The help desk for companies that ship software",
                "org.opencontainers.image.version": made.version,
                "org.opencontainers.image.licenses": "Apache-2.0",
            },
        },
        "rootfs": { "type": "layers", "diff_ids": [format!("sha256:{unpacked}")] },
        "history": [{ "created_by": "cargo xtask package", "created": "1970-01-01T00:00:00Z" }],
    })
}

/// The same tree gives the same bytes, whatever its maker keeps others out of.
fn tar(root: &Path, file: &Path, names: &[&str]) -> Result<()> {
    let same = [
        "--create",
        "--mode=a+rX,go-w",
        "--sort=name",
        "--mtime=@0",
        "--owner=0",
        "--group=0",
        "--numeric-owner",
        "--file",
    ];
    run(Command::new("tar").args(same).arg(file).arg("-C").arg(root).args(names))
}

fn sha256(file: &Path) -> Result<String> {
    let said = read(Command::new("sha256sum").arg(file))?;
    Ok(said.split_whitespace().next().context("sha256sum says a hash")?.to_owned())
}

/// Has somebody else's tool read the archive.
fn look(made: &Made<'_>, file: &Path) -> Result<()> {
    let said = read(Command::new("skopeo").arg("inspect").arg(format!("oci-archive:{}", file.display())))?;
    let seen: Value = serde_json::from_str(&said).context("skopeo speaks JSON")?;
    ensure!(seen["Architecture"] == made.architecture.as_str() && seen["Layers"][0].is_string(), "skopeo reads {said}");
    let root = made.folder.join("rootfs");
    for file in ["usr/bin/firstline", "etc/ssl/certs/ca-certificates.crt", "etc/passwd", "data"] {
        ensure!(root.join(file).exists(), "{file} is not in the image");
    }
    say(format_args!("made {}", file.display()));
    Ok(())
}
