//! Stories: what people do and what they see then: through the verbs on both engines, through the real router, and
//! from the binary as a process with commands beside it.

#[cfg(test)]
mod abuse;
#[cfg(test)]
mod abuse_accounts;
#[cfg(test)]
mod abuse_forms;
#[cfg(test)]
mod abuse_texts;
#[cfg(test)]
mod accounts;
#[cfg(test)]
mod admission;
#[cfg(test)]
mod affected;
#[cfg(test)]
mod affected_circular;
#[cfg(test)]
mod alike;
#[cfg(test)]
mod answers;
#[cfg(test)]
mod audit;
#[cfg(test)]
mod backup;
#[cfg(test)]
mod bugs;
#[cfg(test)]
mod bugs_merged;
mod bugs_published;
#[cfg(test)]
mod bugs_told;
#[cfg(test)]
mod bulk;
#[cfg(test)]
mod clocks;
#[cfg(test)]
mod conversions;
#[cfg(test)]
mod desk_policy;
#[cfg(test)]
mod digest;
#[cfg(test)]
mod doors;
#[cfg(test)]
mod doors_headers;
#[cfg(test)]
mod doors_stories;
#[cfg(test)]
mod doors_twice;
#[cfg(test)]
mod drafts;
#[cfg(test)]
mod erasing;
#[cfg(test)]
mod erasure;
#[cfg(test)]
mod erasure_list;
#[cfg(test)]
mod exports;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod files;
#[cfg(test)]
mod filing;
#[cfg(test)]
mod forms;
#[cfg(test)]
mod github;
#[cfg(test)]
mod growth;
#[cfg(test)]
mod holidays;
#[cfg(test)]
mod holidays_told;
#[cfg(test)]
mod intake;
#[cfg(test)]
mod keys;
#[cfg(test)]
mod licence_import;
#[cfg(test)]
mod licence_pages;
#[cfg(test)]
mod licences;
#[cfg(test)]
mod limits;
#[cfg(test)]
mod live;
#[cfg(test)]
mod live_nodes;
#[cfg(test)]
mod live_presence;
#[cfg(test)]
mod logs;
#[cfg(test)]
mod mails;
#[cfg(test)]
mod mails_hang;
#[cfg(test)]
mod mails_once;
#[cfg(test)]
mod matrix;
#[cfg(test)]
mod members;
#[cfg(test)]
mod merges;
#[cfg(test)]
mod migrations;
#[cfg(test)]
mod notifications;
#[cfg(test)]
mod organisation_forms;
#[cfg(test)]
mod organisation_lists;
#[cfg(test)]
mod organisations;
#[cfg(test)]
mod post;
#[cfg(test)]
mod process;
#[cfg(test)]
mod process_backup;
#[cfg(test)]
mod process_doctor;
#[cfg(test)]
mod process_licence;
#[cfg(test)]
mod process_life;
#[cfg(test)]
mod process_policy;
#[cfg(test)]
mod process_postgres;
#[cfg(test)]
mod process_power;
#[cfg(test)]
mod process_proxies;
#[cfg(test)]
mod process_proxy;
#[cfg(test)]
mod process_raw;
#[cfg(test)]
mod process_release;
#[cfg(test)]
mod process_room;
#[cfg(test)]
mod process_search;
#[cfg(test)]
mod process_simulate;
#[cfg(test)]
mod process_streams;
#[cfg(test)]
mod process_supervised;
#[cfg(test)]
mod process_tls;
#[cfg(test)]
mod process_tool;
#[cfg(test)]
mod process_watch;
#[cfg(test)]
mod process_words;
#[cfg(test)]
mod programs;
#[cfg(test)]
mod push;
#[cfg(test)]
mod push_outgoing;
#[cfg(test)]
mod push_service;
#[cfg(test)]
mod redaction;
#[cfg(test)]
mod references;
#[cfg(test)]
mod releases;
#[cfg(test)]
mod reports;
#[cfg(test)]
mod resale;
#[cfg(test)]
mod search;
#[cfg(test)]
mod search_desk;
#[cfg(test)]
mod search_pages;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sight;
#[cfg(test)]
mod simulate;
#[cfg(test)]
mod states;
#[cfg(test)]
mod teams;
#[cfg(test)]
mod templates;
#[cfg(test)]
mod ties;
#[cfg(test)]
mod tracker;
#[cfg(test)]
mod tracker_fails;
#[cfg(test)]
mod tracker_hook;
#[cfg(test)]
mod unwritable;
#[cfg(test)]
mod updates;
#[cfg(test)]
mod upgrades;
#[cfg(test)]
mod uploads;
#[cfg(test)]
mod vendors;
#[cfg(test)]
mod versions;
#[cfg(test)]
mod views;
#[cfg(test)]
mod visibility;
#[cfg(test)]
mod work;
#[cfg(test)]
mod worlds;
