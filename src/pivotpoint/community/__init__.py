"""The customers' portal: tell us, follow it, you said we did. Also a channel.

In: customers with a signed link, or nobody in particular. Out: messages, verdicts, consents. Records:
community.erasure_asked.
"""
