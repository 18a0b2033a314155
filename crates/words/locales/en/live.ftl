# live: who is at a request right now

live-looking = { $many ->
    [one] { $names } is looking
   *[other] { $names } are looking
}
live-writing = { $many ->
    [one] { $names } is writing a reply
   *[other] { $names } are writing a reply
}
live-writing-too = { $many ->
    [one] { $names } is writing a reply too
   *[other] { $names } are writing a reply too
}
live-both = { $writing }, { $looking }
