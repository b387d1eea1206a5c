from pivotpoint.enterprise.models.counterpart import Counterpart
from pivotpoint.enterprise.models.cursor import Cursor
from pivotpoint.enterprise.models.customer_record import Conflict, CustomerRecord
from pivotpoint.enterprise.models.mailbox import Mailbox

__all__ = ["Conflict", "Counterpart", "Cursor", "CustomerRecord", "Mailbox"]
