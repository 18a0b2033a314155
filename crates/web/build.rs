//! Refuses to compile without the built front end, and says how to build it. Never runs npm itself.

fn main() {
    let dist = concat!(env!("CARGO_MANIFEST_DIR"), "/../../frontend/dist");
    println!("cargo::rerun-if-changed={dist}/manifest.json");
    if !std::path::Path::new(dist).join("manifest.json").is_file() {
        println!(
            "cargo::error=frontend/dist is missing: the pages' scripts and styles are not built. Run `cargo xtask build`."
        );
    }
}
