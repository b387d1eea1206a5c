from pivotpoint.journal.record import register

register("accounts.user_joined", "Somebody was invited or made the installation's first user.")
register("accounts.user_changed", "A user's role or team changed.")
register("accounts.address_asked", "Somebody wants another address to log in with; a letter went there.")
register("accounts.address_changed", "Somebody logs in with another address now.")
register("accounts.user_left", "Somebody left; `successor` takes their open work.")
register("accounts.work_handed_over", "All open work of somebody who stays goes to `successor`.")
register("accounts.token_issued", "An API token was issued.")
register("accounts.token_revoked", "An API token was revoked.")
register("accounts.function_added", "A business function of their own was added.")
register("accounts.function_changed", "A business function's name, mark, e-mail or lead changed.")
register("accounts.organisation_changed", "The organisation's name, brands or rungs changed.")
register("accounts.set_up", "The first-run wizard was finished.")
