"""What an item is worth to either side, how sure that is, and how the committed effort divides.

Pure: a plan (and, for what was delivered, a day) in, figures out. No score moves because another item was
added.
"""
