"""The ways in and out, each with its WHY and its outbound policy.

In: adapters' `Inbound`s through `inbox.receive()`; files through imports. Out: unread messages for listening, and
deliveries through the outbox. Records: channels.import_finished, channels.reply_sent, channels.delivery_failed,
channels.conversation_opened, channels.conversation_closed.
"""
