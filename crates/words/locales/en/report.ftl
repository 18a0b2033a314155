chart-sentence = { $filed } filed, { $answered } first responses, { $late } became late.
chart-busiest = Most were filed on { $label }: { $filed }.

late-unanswered = No answer yet.
late-over = The customer ended it before any answer.
late-answered = Answered { $after } after it was due.
late-refused = An answer in time was refused by the receiving server.
late-bounced = An answer in time came back.
late-ruled = A lead ruled that what was written in time was no first response.

no-span-no-day = Give both days as year, month and day, like 2026-11-01.
no-span-backwards = The first day comes after the last. Swap them.
no-span-too-long = A report covers at most { $days } days. Choose fewer.
