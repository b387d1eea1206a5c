"""The API: one router per stage."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from django.conf import settings
from ninja import NinjaAPI
from ninja.openapi.docs import Swagger
from ninja.openapi.schema import OpenAPISchema

from pivotpoint import __version__
from pivotpoint.lib import problems
from pivotpoint.lib.nul import JsonWithoutNul
from pivotpoint.pivot.api.pivots import answer_when_unseen
from pivotpoint.pivot.api.proposals import answer_when_proposed


class Docs(Swagger):
    """The package's page of all operations, in a frame of ours that is no wider than a phone."""

    template = "ui/api_docs.html"


class Described(NinjaAPI):
    """Says of every operation what its errors look like."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        schema["components"]["schemas"]["Problem"] = problems.SCHEMA
        refused = {"schema": {"$ref": "#/components/schemas/Problem"}}
        said = {"description": "What is wrong", "content": {"application/problem+json": refused}}
        for operations in schema["paths"].values():
            for operation in operations.values():
                operation["responses"].setdefault("default", said)
        return schema


api = Described(
    title="Pivotpoint",
    version=__version__,
    description="Everything the pages can do. Tokens: Settings, API tokens. Errors are problem+json.",
    docs=Docs(),
    parser=JsonWithoutNul(),
    docs_url="/docs",
    openapi_url="/openapi.json",
    urls_namespace="api",
)
problems.handle(api)
answer_when_proposed(api)
answer_when_unseen(api)
for stage in settings.STAGES[1:]:
    if find_spec(f"{stage}.api"):
        api.add_router("/v1/", import_module(f"{stage}.api").router)
