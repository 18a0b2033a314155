# time: lists, lengths and dates
list-and = { $before } and { $last }
