//! What a request does not have yet of what its type asks for (REQ-8).

use crate::lang::Lang;

/// "3 points to confirm"; `None` for none.
pub fn points_to_confirm(lang: Lang, count: usize) -> Option<String> {
    (count > 0).then(|| lang.say("lacks-points", &[("count", count.into())]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn req_8_points_are_counted() {
        assert_eq!(points_to_confirm(Lang::En, 0), None);
        assert_eq!(points_to_confirm(Lang::En, 1).as_deref(), Some("one point to confirm"));
        assert_eq!(points_to_confirm(Lang::En, 3).as_deref(), Some("3 points to confirm"));
    }
}
