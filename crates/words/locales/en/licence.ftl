# licence: where an organisation stands with its licence

licence-paid-through = paid through { $date }
licence-paid = paid, without an end
licence-trial-until = on trial until { $date }
licence-trial = on trial
licence-partner-through = partner through { $date }
licence-partner = partner
licence-grace = ended on { $ended }, in its days of grace through { $until }
licence-ended = ended on { $date }
licence-none = none known

licence-number = No. { $number }
licence-no-plan = none
licence-nothing = nothing
licence-every-deployment = every deployment
licence-seats = { $seats ->
    [one] one seat
   *[other] { $seats } seats
}

licence-flag-ended = licence ended
licence-flag-none = no licence known
licence-flagged-ended = after the licence had ended on { $ended }, and its days of grace; look at the licence first. A renewal takes this mark away.
licence-flagged-none = while no licence was known; look at the licence first. A licence that is added takes this mark away.

licence-choice-only = { $licence }, the only one
licence-choice-named = { $licence }, which is for what the request names, of { $of }
licence-choice-favourable = { $licence }, the most favourable of { $of }
licence-choice-none-covers = { $licence }, { $of ->
    [one] which is not for what the request names
   *[other] the most favourable of { $of }: none is for what the request names
}

licence-given = given for { $what }, { $lasts }
licence-changed-lasts = { $is } (before: { $was })
licence-changed-plan = plan: { $is } (before: { $was })
licence-changed-deployment = for { $is } (before: { $was })
licence-changed-seats = seats: { $is } (before: { $was })
licence-changed-edition = edition: { $is } (before: { $was })
licence-changed-product = product: { $is } (before: { $was })
licence-changed-key = key: { $is } (before: { $was })

licence-notice-soon-flagged = Your licence is paid through { $through }. Nothing changes until { $until }; from the day after, a request that you send is marked, so that an agent looks at your licence first. Please renew it by then, or tell us if you have.
licence-notice-soon-refused = Your licence is paid through { $through }. Nothing changes until { $until }; from the day after, new requests cannot be sent, but for security reports; those that are open run on. Please renew it by then, or tell us if you have.
licence-notice-trial-soon = Your trial ends on { $date }. Tell us by then if you want to go on with a licence; requests that are open run on.
licence-notice-grace = Your licence ended on { $ended }. Nothing changes until { $until }; please renew it by then, or tell us if you have.
licence-notice-flagged = Your licence ended on { $date }. You can send a request, and it is marked so that an agent looks at your licence first; please renew it, or tell us if you have.
licence-notice-refused = Your licence ended on { $date }, so new requests cannot be sent, but for security reports; those that are open run on. Please renew it, or tell us if you have.
licence-notice-renewed = Your licence was renewed and has no end. Requests are sent and answered as usual.
licence-notice-renewed-through = Your licence was renewed and is paid through { $date }. Requests are sent and answered as usual.
