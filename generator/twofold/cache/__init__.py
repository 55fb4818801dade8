"""What an earlier run has worked out, by the digest of all that it was worked out from.

A value is used where its key is the same, byte for byte; no time stamp is ever looked at. Whatever is odd
about a kept value is a miss: a cache can only cost time. Nothing here imports more than the standard library
and the ground of Twofold, since the point of it is not to import the rest.
"""
