"""Files of feedback become messages: uploaded, mapped, looked at, taken in slice by slice, each row once.

In: CSV, JSONL, XLSX. Out: messages through inbox.receive, and rejected rows with the reason. The ImportRun row is the
queue entry. Records: channels.import_started, channels.import_finished, channels.import_stopped.
"""
