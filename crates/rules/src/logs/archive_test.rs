//! The committed corpus of archives: each file's name begins with what comes of it.

use std::{
    collections::BTreeMap,
    fs,
    io::{Cursor, Read},
    path::Path,
};

use super::archive::{Limits, NotOpened, open};

const LIMITS: Limits = Limits { files: 100, bytes: 64 << 20 };

/// The files in it, by name.
fn files(bytes: &[u8], limits: Limits) -> Result<BTreeMap<String, Vec<u8>>, NotOpened> {
    let mut files = BTreeMap::new();
    let mut take = |name: &str, content: &mut dyn Read| {
        let mut bytes = Vec::new();
        content.read_to_end(&mut bytes)?;
        files.insert(name.to_owned(), bytes);
        Ok(())
    };
    open(Cursor::new(bytes), limits, &mut take).expect("memory has no faults")?;
    Ok(files)
}

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus/archive");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.map(|path| (path.file_name().unwrap().to_str().unwrap().to_owned(), fs::read(&path).unwrap())).collect()
}

#[test]
fn log_1_archives_are_opened_or_refused_with_the_reason() {
    let corpus = corpus();
    assert!(corpus.len() >= 30);
    for (name, bytes) in corpus {
        let opened = files(&bytes, LIMITS);
        let said = match &opened {
            Ok(files) => format!("ok-{}", files.len()),
            Err(NotOpened::Locked) => "locked".to_owned(),
            Err(NotOpened::Damaged) => "damaged".to_owned(),
            Err(NotOpened::Unknown) => "unknown".to_owned(),
            Err(NotOpened::TooMany { .. }) => "many".to_owned(),
            Err(NotOpened::Bomb { .. }) => "bomb".to_owned(),
            Err(NotOpened::TooDeep { .. }) => "deep".to_owned(),
            Err(NotOpened::Outside { .. }) => "outside".to_owned(),
            Err(NotOpened::TooLarge { .. }) => "large".to_owned(),
        };
        assert!(name.starts_with(&said), "{name}: {opened:?}");
        for (file, content) in opened.unwrap_or_default() {
            assert!(content.starts_with(b"2026-11-20"), "{name}: {file}");
        }
    }
}

#[test]
fn log_1_files_of_nested_archives_are_named_by_their_way() {
    let (_, bytes) = corpus().into_iter().find(|(name, _)| name == "ok-3-nested").unwrap();
    let names: Vec<String> = files(&bytes, LIMITS).unwrap().into_keys().collect();
    assert_eq!(names, ["a.log", "inner.zip/logs/app.log", "inner.zip/logs/db.log"]);
}

#[test]
fn log_1_a_file_that_leads_outside_is_left_out_and_the_others_count() {
    let mut tar = tar::Builder::new(Vec::new());
    for name in ["a.log", "/etc/passwd", "../b.log", "logs/c.log"] {
        let content = b"2026-11-20 14:02:11 INFO starting\n";
        let mut header = tar::Header::new_gnu();
        // `set_path` would refuse what this is about.
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_size(content.len() as u64);
        header.set_cksum();
        tar.append(&header, &content[..]).unwrap();
    }
    let (bytes, mut taken) = (tar.into_inner().unwrap(), Vec::new());
    let mut take = |name: &str, _: &mut dyn Read| {
        taken.push(name.to_owned());
        Ok(())
    };
    let left_out = open(Cursor::new(bytes), LIMITS, &mut take).unwrap();
    assert_eq!(left_out, Ok(vec!["/etc/passwd".to_owned(), "../b.log".to_owned()]));
    assert_eq!(taken, ["a.log", "logs/c.log"]);
}

#[test]
fn log_1_all_that_is_unpacked_has_one_limit() {
    let (_, bytes) = corpus().into_iter().find(|(name, _)| name == "ok-2-zip").unwrap();
    let limits = Limits { files: 100, bytes: 100 };
    assert_eq!(files(&bytes, limits), Err(NotOpened::TooLarge { limit_bytes: 100 }));
}

proptest::proptest! {
    /// Damaged in any way, it is opened or refused, and nothing else happens.
    #[test]
    fn log_1_a_damaged_archive_is_refused(which in 0_usize..100, at in 0_usize..4_000, byte: u8, cut in 0_usize..4_000) {
        let corpus = corpus();
        let (_, mut bytes) = corpus[which % corpus.len()].clone();
        if let Some(place) = bytes.get_mut(at) {
            *place = byte;
        }
        bytes.truncate(cut.max(8));
        let _ = files(&bytes, Limits { files: 10, bytes: 4 << 20 });
    }
}
