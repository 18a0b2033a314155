//! Whatever stands in a manifest: it is read or refused in words, and nothing in it leads out of its folder.

use proptest::prelude::*;

use super::*;

fn sound() -> Manifest {
    let mut manifest = Manifest::begin("2026-11-20T16:40:00Z".parse().unwrap(), Kind::Sqlite);
    manifest.schema = vec!["m0001_first".to_owned()];
    manifest.tables = vec![Table { name: "person".to_owned(), rows: 3, columns: vec![], counted_to: None }];
    manifest.files = vec![Part { path: "database/firstline.db".into(), bytes: 4096, sha256: "00".repeat(32) }];
    manifest.blobs = vec![Blob { sha256: "ab".repeat(32), bytes: 7 }];
    manifest
}

fn text(manifest: &Manifest) -> String {
    serde_json::to_string_pretty(manifest).unwrap()
}

#[test]
fn what_is_written_is_read() {
    assert_eq!(Manifest::read(&text(&sound())).unwrap(), sound());
}

#[test]
fn what_leads_out_of_the_folder_is_refused() {
    for path in ["../secret.key", "/etc/passwd", "database/../../x", "", "."] {
        let mut manifest = sound();
        manifest.files[0].path = path.into();
        assert!(Manifest::read(&text(&manifest)).unwrap_err().to_string().contains("no file of a backup"), "{path}");
    }
    for hash in ["../../../../etc/passwd", "AB", ""] {
        let mut manifest = sound();
        manifest.blobs[0].sha256 = hash.to_owned();
        assert!(Manifest::read(&text(&manifest)).unwrap_err().to_string().contains("no hash"), "{hash}");
    }
    let mut manifest = sound();
    manifest.tables[0].name = "person\" FROM STDIN; --".to_owned();
    assert!(Manifest::read(&text(&manifest)).unwrap_err().to_string().contains("no table or column"));
}

#[test]
fn another_form_is_a_newer_releases() {
    let newer = text(&sound()).replacen("\"format\": 1", "\"format\": 2", 1);
    assert!(Manifest::read(&newer).unwrap_err().to_string().contains("restore with that one"));
}

proptest! {
    #[test]
    fn a_damaged_manifest_is_refused_or_stays_inside(at in any::<prop::sample::Index>(), with in any::<char>()) {
        let whole = text(&sound());
        let mut letters: Vec<char> = whole.chars().collect();
        let at = at.index(letters.len());
        letters[at] = with;
        let damaged: String = letters.into_iter().collect();
        if let Ok(manifest) = Manifest::read(&damaged) {
            prop_assert!(manifest.files.iter().all(|part| stays_inside(&part.path)));
            prop_assert!(manifest.blobs.iter().all(|blob| BlobId::read(&blob.sha256).is_some()));
        }
    }

    #[test]
    fn any_text_is_read_or_refused(text in ".{0,200}") {
        // It came back at all.
        let _ = Manifest::read(&text);
    }
}
