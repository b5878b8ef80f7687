"""All plans of a year as one archive, made in the background (docs/adr/0012).

``folder`` knows the files and who is working on them, ``work`` makes the PDFs, ``archive`` the ZIP, ``tasks`` is the
job of the background worker. Rows are written by plans.all_plans.jobs and plans.all_plans.progress only.
"""
