"""The ways in and out, each with its WHY and its outbound policy.

In: adapters' `Inbound`s through `inbox.receive()`; files through imports. Out: unread messages for listening, and
deliveries through the outbox. Records: channels.channel_*, channels.conversation_*, channels.message_released,
channels.reply_sent, channels.delivery_* and channels.import_finished (all in events.py).
"""
