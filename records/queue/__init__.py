"""The queue of heavy work, one per machine and fair between people (docs/adr/0027).

``jobs`` keeps what is wanted and what came of it as files, ``order`` says whose turn it is, ``process`` is the one that
works, ``replay`` what it does with a job, ``answers`` what a page says meanwhile, ``claims`` the steps of a record's
life whose work is slow.
"""
