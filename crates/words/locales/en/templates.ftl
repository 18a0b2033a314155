# templates: why a text that is kept for replies cannot be filled in
templates-at = Line { $line }: { $why }
templates-too-long = The text is longer than { $most } KB. Keep the part that is always the same, and write the rest by hand.
templates-unreadable = the braces do not read ({ $detail }). Write { $word } for a word that is filled in, and { $part } for a part that is there only sometimes.
templates-unknown = there is nothing of that name ({ $detail }). What can be named is listed beside the text.
templates-too-much = Filling it in takes too many steps. Leave out loops.
