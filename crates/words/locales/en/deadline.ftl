# deadline: what a deadline is made of, and the name of a clock strip
deadline-filed = filed { $when }
deadline-open = { $length } on { $day }
deadline-weekend = weekend
deadline-holiday = { $day } is a holiday
deadline-holiday-named = { $day } is a holiday ({ $name })
deadline-day-off = { $day } is closed
deadline-closed-until = closed until { $day } ({ $why })
deadline-why-holidays = holidays
deadline-why-weekend = weekend
deadline-why-days-off = closed days
deadline-many = { $length } on { $days } days until { $day }
deadline-opens = the desk opens { $when }
deadline-counts = { $day } is working day { $n }
deadline-counts-many = working days 2 to { $n }, without weekends and holidays, until { $day }
deadline-counts-many-plain = working days 2 to { $n }, until { $day }
deadline-same-time = at the same time of day
deadline-nearest-time = the desk is not open at { $time } on that day
deadline-end-of-day = to the end of that day
deadline-wall-clock = { $length } around the clock: nights, weekends and holidays count
deadline-due = due { $when }
deadline-sentence = { $path }: due { $when }

strip-began = { $what ->
    [question] The customer wrote { $when }
    [word] Our last word { $when }
   *[filing] Filed { $when }
}
strip-running = { $began }, { $used } of { $whole } used, due { $due }
strip-late = { $began }, { $late } late, was due { $due }
strip-late-closed = { $began }, late, was due { $due }
strip-answered = { $began }, answered in { $used }, was due { $due }
strip-answered-late = { $began }, answered in { $used }, { $late } late
strip-under-way = { $began }, an answer after { $used } is on its way, due { $due }
strip-stopped = { $began }, { $used } of { $whole } used, the clock is stopped
strip-now = now
strip-due = due { $when }
strip-was-due = was due { $when }
strip-late-by = { $late } late, was due { $when }
strip-answer = answered in { $used }
strip-on-its-way = answer on its way
