"""Record keeping: everything that list, detail, form, history and export of all kinds of records have in common."""
