//! What the world promises, seen from outside.

#[cfg(test)]
mod life;
