# licence_table: what is wrong with a table of licences, and what came of it

table-line = Line { $line }: { $why }
table-more = { $more ->
    [one] One more fault is not shown.
   *[other] { $more } more faults are not shown.
}
table-too-large = The file is larger than { $limit }, which no list of licences is. Please check that it is the right one.
table-broken = The file ends within a character, or is written in another encoding than it says. Please export it again, as UTF-8.
table-binary = That is no text: a spreadsheet itself, perhaps. Please export it as CSV.
table-empty = there is nothing in it. Its first line names the columns: { $columns }.
table-no-column = “{ $name }” is no column that we know. They are { $columns }.
table-column-twice = the column “{ $name }” stands there twice. Take one away.
table-column-missing = the column “{ $name }” is missing. Every licence needs it.
table-unclosed = a quotation mark begins here and never ends. Perhaps half of the file is missing; export it again.
table-stray-quote = a quotation mark stands where none can. Put the field in marks, and write a mark within it twice.
table-field-count = it has { $fields } fields, and the first line names { $columns }. Perhaps the line is cut off, or a field holds the separator without marks around it.
table-key-missing = the key is missing. By it the licence is found again.
table-organisation-missing = the organisation is missing. Write its number or one of its domains.
table-key-twice = the key { $key } stands in line { $first } already, and a key names one licence.
table-formula = “{ $text }” in the column { $column } begins as a formula does, and a spreadsheet would run it. Write it without the sign before it.
table-no-organisation = no organisation has the number or the domain { $organisation }. Add it first, or give one of its domains.
table-key-of-another = the key { $key } is that of a licence of { $organisation }, and an import moves none. Use another key, or correct the organisation.

table-done = { $added ->
    [0] No licence was added
    [one] One licence was added
   *[other] { $added } licences were added
}, { $changed ->
    [0] none changed
   *[other] { $changed } changed
}; { $same ->
    [0] none says
    [one] one says
   *[other] { $same } say
} the same already.
table-would = { $added ->
    [0] No licence would be added
    [one] One licence would be added
   *[other] { $added } licences would be added
}, { $changed ->
    [0] none would be changed
   *[other] { $changed } would be changed
}; { $same ->
    [0] none says
    [one] one says
   *[other] { $same } say
} the same already.
