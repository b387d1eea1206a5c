"""People, functions and tokens over the API."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.shortcuts import get_object_or_404
from ninja import Field, Query, Router, Schema, Status

from pivotpoint.accounts import address, functions, organisation, people, tokens
from pivotpoint.accounts.doors import Call, needs_scope
from pivotpoint.accounts.leave import hand_over, leave
from pivotpoint.accounts.models import Installation, Team, Token, User
from pivotpoint.accounts.permissions import user_of
from pivotpoint.journal.question import Question
from pivotpoint.lib.paging import Page, Paged, page

router = Router(tags=["accounts"])


class TeamOut(Schema):
    key: str
    name: str
    mark: str
    email: str


class TeamIn(Schema):
    name: str
    mark: str = ""
    email: str = ""
    lead: int | None = None


class TeamChange(Schema):
    name: str = ""
    mark: str = ""
    email: str = ""
    lead: int | None = None


class OrganisationOut(Schema):
    name: str
    brand_names: list[str]
    rival_names: list[str]
    pattern_from: int
    trend_from: int
    two_pairs_of_eyes: bool
    reads_mood: bool
    hour_price: Decimal | None
    currency: str


class OrganisationChange(Schema):
    name: str = Field(default_factory=str, min_length=1, max_length=120)
    brand_names: list[str] = []
    rival_names: list[str] = []
    pattern_from: int = Field(2, ge=1, le=1_000)
    trend_from: int = Field(3, ge=2, le=10_000)
    two_pairs_of_eyes: bool = False
    reads_mood: bool = True
    hour_price: Decimal | None = Field(None, ge=0, max_digits=8, decimal_places=2)
    currency: str = Field("EUR", pattern="^[A-Za-z]{3}$")


class EventOut(Schema):
    id: int
    name: str
    subject_kind: str
    subject_id: int
    actor_kind: str
    actor_name: str
    at: datetime
    data: dict[str, Any]


class EventQuery(Schema):
    """`name` an event or a stage, `by` as "user:7" or "customer", `about` as "pivot.loop:12", `until` a day."""

    name: str = ""
    by: str = ""
    about: str = ""
    until: str = ""


class UserOut(Schema):
    id: int
    name: str
    email: str
    role: str
    team: str | None
    left_at: datetime | None

    @staticmethod
    def resolve_team(user: Any) -> str | None:
        return user.team.key if user.team else None


class UserIn(Schema):
    name: str
    email: str
    role: str
    team: str | None = None


class NameIn(Schema):
    name: str = Field(min_length=1, max_length=120)


class UserChange(Schema):
    """`role` and `team` go together; `name` and `email` may be put right by themselves."""

    role: str = ""
    team: str | None = None
    name: str = Field("", max_length=120)
    email: str = ""


class AddressIn(Schema):
    email: str
    password: str


class LinkIn(Schema):
    """`token`: the last part of the link in the letter."""

    token: str


class SuccessorIn(Schema):
    successor: int


class HandOverIn(SuccessorIn):
    reason: str = ""


class TokenIn(Schema):
    name: str
    scopes: list[str]


class TokenOut(Schema):
    id: int
    name: str
    hint: str
    scopes: list[str]
    created_at: datetime
    used_at: datetime | None
    revoked_at: datetime | None
    secret: str | None = None


def _team(key: str | None) -> Team | None:
    return get_object_or_404(Team, key=key) if key else None


@router.get("/me", response=UserOut, auth=needs_scope("desk.view"), summary="Who am I?")
def me(request: Call) -> Any:
    return user_of(request.auth)


@router.patch("/me", response=UserOut, auth=needs_scope("desk.view"), summary="What I am called")
def rename_me(request: Call, change: NameIn) -> Any:
    return people.rename(user_of(request.auth), change.name)


@router.post(
    "/me/email", response={202: None}, auth=needs_scope("desk.view"), summary="I want another address"
)
def ask_for_address(request: Call, wanted: AddressIn) -> Any:
    """A letter with a link goes there. A token alone is not enough: your password is asked for."""
    user = user_of(request.auth)
    address.demand_password(request, user, wanted.password)
    address.ask(user, wanted.email, by=request.auth)
    return Status(202, None)


@router.post(
    "/me/email/confirmation", response=UserOut, auth=needs_scope("desk.view"), summary="Confirm the address"
)
def confirm_address(request: Call, link: LinkIn) -> Any:
    return address.confirm(user_of(request.auth), link.token, by=request.auth)


@router.get("/teams", response=list[TeamOut], auth=needs_scope("desk.view"), summary="Business functions")
def list_teams(request: Call) -> Any:
    return Team.objects.visible_to(user_of(request.auth))


@router.post("/teams", response={201: TeamOut}, auth=needs_scope("user.manage"), summary="Add a function")
def add_team(request: Call, team: TeamIn) -> Any:
    return Status(201, functions.add(**_with_lead(team.dict()), by=request.auth))


@router.patch("/teams/{slug:key}", response=TeamOut, auth=needs_scope("user.manage"), summary="Change it")
def change_team(request: Call, key: str, change: TeamChange) -> Any:
    """Only the fields that are given change."""
    fields = _with_lead(change.dict(exclude_unset=True))
    return functions.change(get_object_or_404(Team, key=key), **fields, by=request.auth)


def _with_lead(fields: dict[str, Any]) -> dict[str, Any]:
    if fields.get("lead") is not None:
        fields["lead"] = get_object_or_404(User, pk=fields["lead"])
    return fields


@router.get("/organisation", response=OrganisationOut, auth=needs_scope("desk.view"), summary="Who we are")
def show_organisation(request: Call) -> Any:
    """What an hour costs is told to those who may see the ledger."""
    here = Installation.here()
    if not request.auth.may("ledger.view"):
        here.hour_price = None
    return here


@router.patch("/organisation", response=OrganisationOut, auth=needs_scope("user.manage"), summary="Change it")
def change_organisation(request: Call, change: OrganisationChange) -> Any:
    """Only the fields that are given change."""
    here = Installation.here()
    given = change.dict(exclude_unset=True)
    names = {key: ",".join(given.pop(key)) for key in ("brand_names", "rival_names") if key in given}
    organisation.save(here, organisation.initial(here) | given | names, by=request.auth)
    return here


@router.get("/journal", response=Paged[EventOut], auth=needs_scope("journal.view"), summary="Who did what")
def journal(request: Call, asked: Query[EventQuery], cursor: str | None = None, limit: int = 50) -> Page:
    """Newest first; by whom, what, about what and until when, as far as you ask."""
    return page(Question(**asked.dict()).answers(), cursor, limit)


@router.get("/users", response=Paged[UserOut], auth=needs_scope("desk.view"), summary="Colleagues")
def list_users(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    rows = User.objects.visible_to(user_of(request.auth)).select_related("team")
    return page(rows, cursor, limit, key="pk")


@router.post("/users", response={201: UserOut}, auth=needs_scope("user.manage"), summary="Invite somebody")
def invite_user(request: Call, user: UserIn) -> Any:
    fields = user.dict() | {"team": _team(user.team)}
    return Status(201, people.invite(**fields, by=request.auth))


@router.patch(
    "/users/{int:pk}", response=UserOut, auth=needs_scope("user.manage"), summary="Change what somebody is"
)
def change_user(request: Call, pk: int, change: UserChange) -> Any:
    """Another role and function, another name, another address to log in with."""
    user, by = get_object_or_404(User, pk=pk), request.auth
    with transaction.atomic():
        if change.name or change.email:
            people.say_who(user, name=change.name or user.name, email=change.email or user.email, by=by)
        if change.role:
            people.change(user, role=change.role, team=_team(change.team), by=by)
    return user


@router.post(
    "/users/{int:pk}/leave", response=UserOut, auth=needs_scope("user.manage"), summary="Somebody leaves"
)
def user_leaves(request: Call, pk: int, to: SuccessorIn) -> Any:
    user = get_object_or_404(User, pk=pk)
    leave(user, get_object_or_404(User, pk=to.successor), by=request.auth)
    return User.objects.get(pk=pk)


@router.post(
    "/users/{int:pk}/handover", response={204: None}, auth=needs_scope("desk.view"), summary="Hand work over"
)
def hand_work_over(request: Call, pk: int, to: HandOverIn) -> Any:
    """All open work of somebody who stays: your own, or anybody's for those who change pivots."""
    people = User.objects.visible_to(user_of(request.auth)).active()
    user, successor = get_object_or_404(people, pk=pk), get_object_or_404(people, pk=to.successor)
    hand_over(user, successor, by=request.auth, reason=to.reason)
    return Status(204, None)


@router.get("/tokens", response=Paged[TokenOut], auth=needs_scope("token.manage"), summary="API tokens")
def list_tokens(request: Call, cursor: str | None = None, limit: int = 50) -> Page:
    """Newest first, revoked ones among them."""
    return page(Token.objects.visible_to(user_of(request.auth)), cursor, limit)


@router.post("/tokens", response={201: TokenOut}, auth=needs_scope("token.manage"), summary="Issue a token")
def issue_token(request: Call, wanted: TokenIn) -> Any:
    """The secret is in this answer only."""
    token, secret = tokens.issue(request.auth, wanted.name, wanted.scopes)
    return Status(201, TokenOut.from_orm(token).model_copy(update={"secret": secret}))


@router.delete(
    "/tokens/{int:pk}", response={204: None}, auth=needs_scope("token.manage"), summary="Revoke a token"
)
def revoke_token(request: Call, pk: int) -> Any:
    rows = Token.objects.visible_to(user_of(request.auth))
    tokens.revoke(get_object_or_404(rows, pk=pk), by=request.auth)
    return Status(204, None)
