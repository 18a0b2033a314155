//! What the world promises, seen from outside.

#[cfg(test)]
mod bulk;
#[cfg(test)]
mod life;
#[cfg(test)]
mod stage;
