//! `firstline tool add`: on a running server and a stopped desk (REQ-6).

use super::process::Home;

#[test]
fn req_6_a_build_is_kept_with_its_hash_also_while_the_desk_serves() {
    let home = Home::new();
    std::fs::write(home.path("mover.zip"), b"a build").unwrap();
    let add = |version| home.run(&["tool", "add", "mover.zip", "--version", version, "--platform", "Linux"]);
    let stopped = add("2.3.0");
    let said = "Kept mover.zip as version 2.3.0 for Linux; its SHA-256 is \
                2bd9a07eddf2828e1f9fdf26fb92161b6ecef4e434d96eb9a9fa9874a073d909.\n";
    assert_eq!((stopped.well, stopped.out.as_str()), (true, said));
    let _server = home.serve();
    assert!(add("2.4.0").well);
    let again = add("2.4.0");
    assert!(!again.well && again.error.contains("this version has a build for that platform"), "{again:?}");
    let nowhere = home.run(&["tool", "add", "nothing.zip", "--version", "1", "--platform", "Linux"]);
    assert!(!nowhere.well && nowhere.error.contains("nothing.zip cannot be read"), "{nowhere:?}");
}
