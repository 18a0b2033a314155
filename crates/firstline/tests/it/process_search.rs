//! `firstline search rebuild`, beside a server that runs and without one; and what a restore does about the index.

use super::process::Home;

#[test]
fn an_index_is_made_anew_beside_a_server_and_without_one() {
    let home = Home::new();
    let alone = home.run(&["search", "rebuild"]);
    assert!(alone.well && alone.out.ends_with("The search index is whole.\n"), "{alone:?}");
    assert!(home.path("data/search/meta.json").exists());
    let doctor = home.run(&["doctor"]);
    assert!(doctor.out.contains("ok   search           the index is whole, 0 entries"), "{doctor:?}");
    std::fs::remove_dir_all(home.path("data/search")).unwrap();
    let mut server = home.serve();
    let beside = home.run(&["search", "rebuild"]);
    assert!(beside.well && beside.out.ends_with("The search index is whole.\n"), "{beside:?}");
    assert!(home.path("data/search/meta.json").exists());
    let figures = server.health("/metrics").1;
    assert!(figures.contains("\nfirstline_search_whole 1\n"), "{figures}");
    assert!(figures.contains("\nfirstline_search_behind_entries "), "{figures}");
}

#[test]
fn a_backup_leaves_the_index_out_and_the_restored_desk_makes_its_own() {
    let home = Home::new();
    assert!(home.run(&["search", "rebuild"]).well);
    assert!(home.run(&["backup", "saved"]).well);
    assert!(!home.path("saved/search").exists());
    std::fs::rename(home.path("data"), home.path("lost")).unwrap();
    assert!(home.run(&["restore", "saved"]).well);
    let _server = home.serve();
    let said = home.run(&["search", "rebuild"]);
    assert!(said.well, "{said:?}");
}
