//! Programs that come by themselves: administrators make a token for each, see when it was used last, and revoke it. What a
//! program may do is its token's permit.

mod enter;
mod tokens;

pub use enter::enter;
pub use store::tokens::Token;
pub use tokens::{Kept, Made, NewToken, make, revoke, tokens};
