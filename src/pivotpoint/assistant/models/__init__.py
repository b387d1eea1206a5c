from pivotpoint.assistant.models.assistant import Assistant, Use
from pivotpoint.assistant.models.request import Quoted, Request

__all__ = ["Assistant", "Quoted", "Request", "Use"]
