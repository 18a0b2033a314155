# teams: what they are called
# One that is no more, wherever it is named.
team-ended = { $name } (ended)
