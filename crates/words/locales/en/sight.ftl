# sight: who sees a request, and why somebody does or does not

sight-you = You
sight-team = our support team
sight-team-answering = those of us who answer requests
sight-team-security = our security team
sight-team-none = nobody of ours
sight-managers-of = the managers of { $name }
sight-everyone-of = everyone at { $name }

sight-managers-of-reseller = the managers of { $name } as reseller
sight-everyone-of-reseller = everyone at { $name } as reseller

sight-grant = { $grant ->
    [agent] agents
    [lead] leads
    [product] product
    [security] security
   *[administrator] administrators
}

# A role, as who has it is called.
sight-role = { $grant ->
    [agent] agent
    [lead] lead
    [product] product
    [security] security
   *[administrator] administrator
}

sight-sees = { $name } sees it: { $why }
sight-sees-not = { $name } does not see it.

sight-requester = they filed it.
sight-participant = they were added to it.
sight-heir = they go on with it in the place of a colleague who left.
sight-colleague = { $organisation } shares it with them.
sight-resold = { $reseller } filed it for { $organisation }, and both see it.
sight-staff = all staff read requests that are open.
sight-trusted = their role reads { $secrecy ->
    [confidential] confidential requests
   *[security] security reports
}.

sight-line-filed = They filed it, and nothing takes that away.
sight-line-filed-by-another = Somebody else filed it.
sight-line-added = They were added to it.
sight-line-goes-on = They go on with it in the place of a colleague who left.
sight-line-added-left = They were added to it, and have left { $organisation } since: a former member keeps only what they filed.
sight-line-added-doubted = They were added to it, but have to prove their address again before they see what { $organisation } shows them.
sight-line-not-added = They were not added to it.
sight-line-shared = { $organisation } shares it with them, as with all requests that it shares.
sight-line-shared-from = { $organisation } shares it with them, as with what was filed from { $when } on.
sight-line-resold = { $reseller } filed it for { $organisation }, and both see it.
sight-line-grant-ended = They filed for { $organisation } by a grant that has ended.
sight-line-added-grant-ended = They were added to it, but the grant by which their organisation filed for { $organisation } has ended.
sight-line-no-organisation = It was filed for no organisation, so there are no colleagues to share it with.
sight-line-secret = It is { $secrecy ->
    [confidential] confidential
   *[security] a security report
}: that is never shown by what an organisation shares.
sight-line-no-member = They do not belong to { $organisation }, for which it was filed.
sight-line-left = They have left { $organisation }.
sight-line-doubted = They belong to { $organisation }, but have to prove their address again first.
sight-line-unconfirmed = Nobody of the support team has looked at { $organisation } yet; until then it shares nothing.
sight-line-own = In { $organisation }, everybody sees their own requests only.
sight-line-managers = In { $organisation }, managers see the requests of all members, and they are none.
sight-line-everyone = In { $organisation }, all members see each other's requests.
sight-line-before = To them { $organisation } shows what was filed from { $when } on, and this was filed before.
sight-line-staff = They are staff, and their role reads { $secrecy ->
    [open] all requests that are open
    [confidential] confidential requests
   *[security] security reports
}.
sight-line-staff-without = They are staff, but none of their roles reads { $secrecy ->
    [open] requests
    [confidential] confidential requests
   *[security] security reports
}.
sight-line-no-staff = They are not staff.
