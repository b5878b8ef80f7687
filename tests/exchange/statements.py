"""What the records of a municipality say, to be compared with the facts of its report."""

from exchange.dossier.fields import tenant_models
from records.fields import VagueDateField


def stored_statements(ags):
    """For each record of a municipality the dates it shows and its words, with the names of what it refers to."""
    for model in tenant_models():
        fields = model._meta.concrete_fields
        named = [field.name for field in fields if field.is_relation]
        for row in model.objects.filter(municipality__ags=ags).select_related(*named):
            values = [(field, getattr(row, field.name)) for field in fields if field.name != "search_text"]
            dates = {str(value) for field, value in values if isinstance(field, VagueDateField) and value}
            shown = {field.name: getattr(row, f"get_{field.name}_display")() for field in fields if field.choices}
            yield dates, " ".join(str(shown.get(field.name, value)) for field, value in values)


def missing(facts, statements):
    """The facts that stand in no record."""
    return [fact for fact in facts if not any(states(*statement, fact) for statement in statements)]


def states(dates, text, fact):
    return fact.date in dates and all(words in text for words in fact.words)
