//! Numbers of bytes as people say them: what a file has in decimal units, as browsers and systems show it; what
//! a limit allows in the binary units that it is written in (IEC 80000-13).

/// What a file has: "14.2 MB", "980 bytes".
pub fn size(bytes: u64) -> String {
    in_units(bytes, [("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)])
}

/// What a limit allows, exactly: "2 GiB", "2049 MiB".
pub fn limit(bytes: u64) -> String {
    let is_exact = |of: u64| u128::from(bytes) * 10 % u128::from(of) == 0;
    let units = [("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    in_units(bytes, units.map(|(unit, of)| (unit, if is_exact(of) { of } else { u64::MAX })))
}

/// What is taken of a limit, in the units of limits: "49.5 GiB". Rounded up, so that a full one says so.
pub fn used(bytes: u64) -> String {
    let units = [("GiB", 1_u64 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10)];
    let Some((unit, of)) = units.into_iter().find(|(_, of)| bytes >= *of) else {
        return in_units(bytes, units);
    };
    let tenths = (u128::from(bytes) * 10).div_ceil(u128::from(of));
    if tenths % 10 == 0 { format!("{} {unit}", tenths / 10) } else { format!("{}.{} {unit}", tenths / 10, tenths % 10) }
}

/// In the largest unit of which there is one, to a tenth, cut off.
fn in_units(bytes: u64, units: [(&str, u64); 3]) -> String {
    let Some((unit, of)) = units.into_iter().find(|(_, of)| bytes >= *of) else {
        return if bytes == 1 { "1 byte".to_owned() } else { format!("{bytes} bytes") };
    };
    match (bytes / of, bytes % of * 10 / of) {
        (whole, 0) => format!("{whole} {unit}"),
        (whole, tenths) => format!("{whole}.{tenths} {unit}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_counted_in_thousands_and_limits_as_they_are_written() {
        let sizes = [0, 1, 999, 1000, 1500, 14_200_000, 2_000_000_000, u64::MAX].map(size);
        let said = ["0 bytes", "1 byte", "999 bytes", "1 kB", "1.5 kB", "14.2 MB", "2 GB", "18446744073.7 GB"];
        assert_eq!(sizes, said);
        assert_eq!(
            [2 << 30, 512 << 20, 2 << 20, 2049 << 20, 1536, 1000].map(limit),
            ["2 GiB", "512 MiB", "2 MiB", "2049 MiB", "1.5 KiB", "1000 bytes"]
        );
        let taken = [0, 1000, 1 << 20, (1 << 20) + 1, (3 << 30) / 2, (2 << 30) - 1].map(used);
        assert_eq!(taken, ["0 bytes", "1000 bytes", "1 MiB", "1.1 MiB", "1.5 GiB", "2 GiB"]);
    }
}
