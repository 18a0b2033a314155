//! Organisations: confirmed, renamed and known by their domains, what their people see of each other's requests, who
//! belongs to them and who goes on when somebody leaves, merged and split again (REG-4, 5, 7; VIS-1, 4), and who
//! files for whom (ENT-4).

mod accept;
mod act_for;
mod announce;
mod closed_days;
mod domains;
mod erase;
mod invite;
mod list;
mod members;
mod merge;
mod name;
mod own;
mod region;
mod resale;
mod sharing;
mod show;

pub use accept::{Accepted, Accepting, Answer, Asked, Invited, accept, answer, asked, invited};
pub use act_for::act_for;
pub(crate) use announce::{KIND, step};
pub(crate) use closed_days::{CLOSED_DAYS, News, owe_closed_days, tell_closed_days};
pub use domains::{claim, release};
pub(crate) use erase::erase_again;
pub use erase::{Erased, Erasing, Held, Its, erase, held};
pub use invite::{Asking, NewInvitation, Waiting, invite, inviting, resend, revoke, set_others};
pub(crate) use invite::{asker, link};
pub use list::{Page, list};
pub(crate) use list::{by_number_or_domain, named};
pub use members::{Leaving, end_membership, leave, set_role};
pub use merge::{
    Changed, Elsewhere, Ended, MergePreview, ended_here, goes_on_in, joined_elsewhere, merge, preview_merge, split,
};
pub use name::{confirm, rename};
pub use own::{Own, own};
pub use region::set_region;
pub use resale::{Filed, Offered, Resales, answer_resale, end_resale, offer_resale, offered, resales, set_resale};
pub(crate) use sharing::standing;
pub use sharing::{NewSharing, set_sharing};
pub use show::{ENTRIES, MEMBERS, Pages, Part, Shown, show};
pub use store::{
    erasure::Looked,
    merges::Parts,
    organisations::{Listed, Member, Organisation},
};
