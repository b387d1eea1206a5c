"""Who works here: users, teams (business functions), roles, API tokens.

Out: `may(who, permission)`, and users that own things. Records: accounts.user_joined, accounts.user_left.
"""
