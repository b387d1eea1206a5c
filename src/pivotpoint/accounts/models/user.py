"""People inside."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models

from pivotpoint.lib import clock


class Role(models.TextChoices):
    """What somebody may do; see accounts/permissions.py for the table."""

    ADMINISTRATOR = "administrator", "Administrator"
    LEAD = "lead", "Listening lead"
    AGENT = "agent", "Agent"
    OWNER = "owner", "Owner"
    EXPERT = "expert", "Expert"
    PARTNER = "partner", "Partner"
    VIEWER = "viewer", "Viewer"


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> UserQuerySet:
        return self.filter(left_at=None, is_active=True)

    def visible_to(self, user: Any) -> UserQuerySet:
        """Colleagues see each other; a partner sees only their own team."""
        if user.role == Role.PARTNER:
            return self.filter(team=user.team_id)
        return self


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> UserQuerySet:
        return UserQuerySet(self.model, using=self._db)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """A user who may log in; with no password, only by invitation link or single sign-on."""
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def active(self) -> UserQuerySet:
        return self.get_queryset().active()

    def visible_to(self, user: Any) -> UserQuerySet:
        return self.get_queryset().visible_to(user)


class User(AbstractBaseUser, PermissionsMixin):
    """A colleague or partner. A leaver has `left_at`; their work has moved on (accounts/leave.py)."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=16, choices=Role.choices, default=Role.VIEWER)
    team = models.ForeignKey(
        "accounts.Team", null=True, blank=True, on_delete=models.PROTECT, related_name="members"
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=clock.now)
    left_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar = ["name"]
    objects = UserManager()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def initials(self) -> str:
        words = str(self).split()
        return (words[0][:1] + (words[-1][:1] if len(words) > 1 else "")).upper()

    @property
    def first_name(self) -> str:
        return str(self).split()[0]

    def may(self, permission: str) -> bool:
        from pivotpoint.accounts.permissions import may

        return may(self, permission)
