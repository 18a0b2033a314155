//! The committed corpus of kinds: each file's name begins with what it is.

use std::{fs, path::Path};

use super::{HEAD, Kind, recognise};

fn corpus() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/logs/corpus/kinds");
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| {
            let path = entry.unwrap().path();
            (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read(path).unwrap())
        })
        .collect();
    files.sort();
    files
}

#[test]
fn log_1_each_kind_is_told_by_its_content() {
    let files = corpus();
    let wrong: Vec<_> = files
        .iter()
        .map(|(name, bytes)| (name.as_str(), name.split("--").next().unwrap(), recognise(bytes).kind.as_str()))
        .filter(|(_, expected, found)| expected != found)
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    for kind in Kind::ALL {
        assert!(files.iter().any(|(name, _)| name.starts_with(kind.as_str())), "no file shows {kind:?}");
    }
}

#[test]
fn log_1_a_log_in_any_encoding_is_a_log() {
    for (name, bytes) in corpus().into_iter().filter(|(name, _)| name.starts_with("log--")) {
        let text = String::from_utf8(bytes).unwrap();
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wider: Vec<u8> = text.chars().flat_map(|c| u32::from(c).to_be_bytes()).collect();
        let (older, ..) = encoding_rs::WINDOWS_1251.encode(&text);
        for bytes in [&wide, &wider, &older.into_owned()] {
            let found = recognise(bytes);
            assert_eq!(found.kind, Kind::Log, "{name} in {:?}", found.encoding);
        }
    }
}

#[test]
fn log_1_a_picture_is_no_log_whatever_it_is_called() {
    let found = recognise(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    assert_eq!((found.kind, found.media_type), (Kind::Picture, "image/png"));
}

#[test]
fn log_1_a_log_is_told_when_its_beginning_is_cut_inside_a_letter() {
    let line = "2026-11-20 14:02:11 ОШИБКА нет соединения\n";
    let long = line.repeat(HEAD / line.len() + 2);
    for cut in 0..4 {
        assert_eq!(recognise(&long.as_bytes()[..HEAD - cut]).kind, Kind::Log);
    }
}

#[test]
fn log_1_each_kind_is_kept_under_its_name_and_read_again() {
    for kind in Kind::ALL {
        assert_eq!(Kind::read(kind.as_str()), Some(kind));
    }
    assert_eq!(Kind::read("logs"), None);
}

#[test]
fn log_1_what_may_be_a_log_and_what_people_read() {
    let those = |is: fn(Kind) -> bool| Kind::ALL.into_iter().filter(|kind| is(*kind)).collect::<Vec<_>>();
    let logs = [Kind::Log, Kind::History, Kind::Terminal, Kind::Text, Kind::Empty];
    assert!(logs.into_iter().all(Kind::may_be_log));
    assert_eq!(those(Kind::may_be_log).len(), logs.len());
    let closed = [Kind::Picture, Kind::Pdf, Kind::Office, Kind::Archive, Kind::Binary];
    assert_eq!(those(|kind| !kind.is_text()), closed);
}

#[test]
fn log_1_a_file_is_told_by_its_first_64_kib() {
    let text = |count: usize| [vec![b'a'; count], vec![0; 10_000]].concat();
    assert_eq!(recognise(&text(65_536)).kind, Kind::Text);
    assert_eq!(recognise(&text(65_535)).kind, Kind::Binary);
}

#[test]
fn log_1_browsers_are_told_what_it_is() {
    for (content, kind, media_type) in [
        (&b"<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>"[..], Kind::Picture, "image/svg+xml"),
        (b"<!doctype html><html><head><title>Error</title></head></html>", Kind::Html, "text/html"),
        (b"{\\rtf1\\ansi A letter}", Kind::Office, "application/rtf"),
        (b"some words", Kind::Text, "text/plain"),
    ] {
        let found = recognise(content);
        assert_eq!((found.kind, found.media_type), (kind, media_type));
    }
}

#[test]
fn log_1_words_that_begin_as_pictures_and_programs_do_are_words() {
    for word in
        [&b"BM"[..], b"MZ", b"BMW", b"MZ is a county", b"BM\t1", b"BM\r\n1", "%!Ж\n".as_bytes(), "BMЖЖ".as_bytes()]
    {
        assert!(recognise(word).kind.is_text(), "{word:?}");
    }
    assert_eq!(recognise(b"MZ\x90\0\x03\0\0\0\x04\0\0\0\xff\xff\0\0").kind, Kind::Binary);
}

proptest::proptest! {
    #[test]
    fn log_1_any_bytes_are_of_some_kind(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let found = recognise(&bytes);
        proptest::prop_assert!(found.encoding.is_some() == found.kind.is_text() || found.media_type == "image/svg+xml");
    }
}

/// A signature that begins with no letters is no word, whatever comes after it.
#[test]
fn log_1_a_picture_without_zeros_is_a_picture() {
    let mut picture = vec![0xFF, 0xD8, 0xFF];
    picture.extend_from_slice("words of a comment, which a picture may hold\n".repeat(20).as_bytes());
    assert_eq!(recognise(&picture).kind, Kind::Picture);
}
