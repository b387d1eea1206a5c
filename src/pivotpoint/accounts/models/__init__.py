from pivotpoint.accounts.models.installation import Installation
from pivotpoint.accounts.models.team import Team
from pivotpoint.accounts.models.token import Token
from pivotpoint.accounts.models.user import Role, User

__all__ = ["Installation", "Role", "Team", "Token", "User"]
