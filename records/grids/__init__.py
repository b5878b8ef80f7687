"""Rows as a set, typed into a table in a page (docs/architecture.md).

``place`` says which grid it is and whose, ``cells`` what a typed cell means, ``rows`` holds the rows as they are stored
or were sent, ``judging`` finds what is to be written and what is wrong, ``page`` is what the template receives.
"""
