//! Notifications on devices while the desk is closed (Web Push): which browsers a person named ([`name`], [`forget`]), the
//! keys by which push services know this desk (`keys`, RFC 8292), what is owed to whom as it is sent (`owed`), how it is
//! sealed so that only the browser reads it (`seal`, RFC 8291) and how it goes out (`send`, RFC 8030). What is told when
//! is `reactions`'; where the desk may send at all is `rules::outgoing`'s.

mod devices;
mod keys;
mod order;
mod owed;
mod seal;
mod send;

pub use devices::{Device, Named, Standing, devices, forget, name, show_subjects, shows_subjects, standing, try_out};
pub(crate) use order::{KIND, order, order_opening};
pub(crate) use send::send;
