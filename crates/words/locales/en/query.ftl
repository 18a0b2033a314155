# query: why a question of the filter language makes no sense, and what to write instead

query-no-value = Nothing stands behind “{ $field }:”. Write what it should be, or take it out.
query-unknown = “{ $field }:” does not know “{ $written }”.
query-meant = Did you mean “{ $meant }”?
query-known = It knows { $known }.
query-no-order = “{ $field }:” has no order, so it cannot be more or less than something. Write one value, or several with commas between.
query-not-a-time = “{ $written }” is no time for “{ $field }:”. Write a day like 2026-11-05, a month like 2026-11, today, or a length like <2h or >7d.
query-no-ends = A range needs a day on at least one side: “{ $field }:2026-11-01..2026-11-15”.
query-nobody-org = No organisation has “{ $written }” at the beginning of its name, as its number or as its domain.
query-nobody-from = Nobody is called “{ $written }”, and nobody has that address. Write the beginning of a name, a whole address, or “me”.
query-nobody-agent = Nobody of ours is called “{ $written }”. Write the beginning of a name, an address, “me” or “none”.
query-nobody-team = No team is called “{ $written }”. Write the beginning of a name, “mine” or “none”.
query-not-of-a-team = A team takes each request once, by what it is as it comes in: ask for its type, priority, organisation, plan, channel, what its form asked for, “is:confidential” or “is:security”. Words, people and times cannot be asked for here.
query-too-many-people = More than a hundred people are called “{ $written }”. Write more of the name, in quotation marks, or a whole address.
query-too-many = More than a hundred organisations begin with “{ $written }”. Write more of the name.
query-open-quote = A quotation mark is not closed. Put another one behind the last word of the phrase.
query-not-in-queue = Only what needs an answer has a due time to sort by. Add “is:needs-answer”, or sort by “updated” or “filed”.
query-too-long = This is longer than { $most } characters. Take something out.
query-too-many-conditions = More than { $most } conditions. Take some out.
query-hint = “{ $written }:” is no filter, so it was looked for as a word. Did you mean “{ $meant }:”?
