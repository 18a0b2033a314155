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

licence-notice-grace = Your licence ended on { $ended }. Nothing changes until { $until }; please renew it by then, or tell us if you have.
licence-notice-flagged = Your licence ended on { $ended }. You can send a request, and it is marked so that an agent looks at your licence first; please renew it, or tell us if you have.
licence-notice-refused = Your licence ended on { $ended }, so new requests cannot be sent, but for security reports; those that are open run on. Please renew it, or tell us if you have.
