//! What the product's releases are called, and which is newer.

mod version;

pub use version::{Installed, Version};
