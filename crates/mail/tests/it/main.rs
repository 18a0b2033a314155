//! The door for post, seen from outside: the bytes it makes, what it makes of a server's answers, and whether a
//! real server delivers them.

// `cfg(test)` is always so here; it tells clippy that these modules are test code.
#[cfg(test)]
mod answers;
#[cfg(test)]
mod cast;
#[cfg(test)]
mod composed;
#[cfg(test)]
mod real;
#[cfg(test)]
mod sink;
