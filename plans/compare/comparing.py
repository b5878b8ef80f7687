"""The comparison of two plans: chapter by chapter, entry by entry, field by field."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from plans.compare.entries import Entry, Item, Reader, Value
from plans.compare.matching import paired
from plans.compare.words import marked, whole
from plans.enums import ChangeGroup, ChangeKind, ChapterCode
from plans.shapes import CAME, GONE, SAME, Comparison, FieldChange, Row, Run
from printing.markup_words import without_signs
from records.templatetags.german import euro

DRAFT = "Entwurf"
TITLE = "Titel"
STATE = "Stand"
LINKS = ("Bedarfe", "Ziele")  # a link is news only where both plans have what it leads to
NOTHING_SAID = frozenset(("", "–"))


def compare(
    old: dict[str, Any],
    new: dict[str, Any],
    *,
    old_label: str = "",
    new_label: str = "",
    old_sha256: str = "",
    renamed: Mapping[str, str] = MappingProxyType({}),
) -> Comparison:
    """Differences of two plans as they stand in plan.json under „plan“, in the order of the chapters.

    Moved entries and new position codes are no changes. Chapters that one plan leaves out are one row, their entries
    are not compared. ``renamed`` says under what the new plan's year knows the Handlungsfelder of the old one.
    Ends within seconds whatever the texts hold (words, matching).
    """
    rows = tuple(Comparing(Reader(old, renamed), Reader(new)).rows())
    return Comparison(
        old_label=old_label or label_of(old),
        new_label=new_label or label_of(new),
        rows=rows,
        old_sha256=old_sha256,
        old_as_of=old.get("as_of") or "",
        new_as_of=new.get("as_of") or "",
        example=bool(old.get("example") or new.get("example")),
    )


def label_of(plan: dict[str, Any]) -> str:
    """„Plan 2018, Fassung 1“ or „Plan 2019, Entwurf“."""
    year, edition = plan.get("year") or "–", plan.get("edition") or "–"
    if plan.get("state") != DRAFT:
        return f"Plan {year}, Fassung {edition}"
    return f"Plan {year}, Entwurf" if edition == 1 else f"Plan {year}, Entwurf der Fassung {edition}"


class Comparing:
    """Walks through the chapters and remembers which old entry a new one is, so that links can be compared."""

    def __init__(self, old: Reader, new: Reader) -> None:
        self.old, self.new = old, new
        self.same_cycle = old.plan.get("cycle") == new.plan.get("cycle")
        self.aliases: dict[str, str] = {}  # key of the new entry -> key of the old one
        self.common: set[str] = set()  # keys of old entries that the new plan has too

    def rows(self) -> Iterator[Row]:
        """Everything that differs."""
        yield from self.office_rows()
        for code in ChapterCode:
            yield from self.frame_rows(code)
            if not self.old.body(code.value) or not self.new.body(code.value):
                continue  # left out, or its records are not known: nothing said is no statement
            pairs = paired(self.old.entries(code), self.new.entries(code), same_cycle=self.same_cycle)
            for before, after in pairs:
                if before and after:
                    self.aliases[after.key or after.title] = before.key or before.title
                    self.common.add(before.key or before.title)
            for before, after in pairs:
                row = self.row(code.number, before, after)
                if row:
                    yield row

    # ------------------------------------------------------------ the plan as a whole
    def office_rows(self) -> Iterator[Row]:
        """Another office, address or contact; a plan that names none says nothing about it."""
        before, after = ("\n".join(each.plan.get("office", ())) for each in (self.old, self.new))
        if before and after and before != after:
            yield Row(
                kind=ChangeKind.CHANGED,
                group=ChangeGroup.OTHER,
                chapter=ChapterCode.MANDATE.number,
                what="Herausgeber",
                title=unchanged(TITLE, "Anschrift und Kontakt"),
                fields=(text_change("Dienststelle", before, after),),
            )

    # ------------------------------------------------------------ chapters
    def frame_rows(self, code: ChapterCode) -> Iterator[Row]:
        """The planner's own text of a chapter, and whether the chapter is left out."""
        before, after = self.old.chapters.get(code.value), self.new.chapters.get(code.value)
        if before is None or after is None:
            return
        heading = f"{code.number} {code.label}"
        reasons = [chapter.get("left_out_reason", "") for chapter in (before, after)]
        is_out = [chapter.get("body") is None for chapter in (before, after)]
        if is_out[0] != is_out[1] or reasons[0] != reasons[1]:
            texts = [f"ausgelassen: {why}" if out else "enthalten" for out, why in zip(is_out, reasons, strict=True)]
            old, new = marked(*as_read(*texts))
            yield Row(
                kind=ChangeKind.CHANGED,
                group=ChangeGroup.OTHER,
                chapter=code.number,
                what="Kapitel",
                title=unchanged(TITLE, heading),
                fields=(FieldChange(label="Kapitel", old=old, new=new),),
            )
        old_text, new_text = before.get("text", ""), after.get("text", "")
        if old_text.split() != new_text.split():
            kind = ChangeKind.CHANGED
            if not old_text.strip():
                kind = ChangeKind.ADDED
            elif not new_text.strip():
                kind = ChangeKind.DROPPED
            yield Row(
                kind=kind,
                group=ChangeGroup.OTHER,
                chapter=code.number,
                what="Eigener Text",
                title=unchanged(TITLE, heading),
                fields=(text_change("Text", *as_read(old_text, new_text)),),
            )

    # ------------------------------------------------------------ entries
    def row(self, chapter: int, old: Entry | None, new: Entry | None) -> Row | None:
        """The row of a pair; None where nothing differs."""
        if old and new:
            return self.changed(chapter, old, new)
        entry = new or old
        assert entry is not None
        if entry.group == ChangeGroup.MONEY:
            return self.money_row(chapter, old, new)
        kind = ChangeKind.ADDED if new else ChangeKind.DROPPED
        title = text_change(TITLE, old.title if old else "", new.title if new else "")
        note = f"letzter Stand: {entry.state}" if old and entry.state else ""
        return Row(kind=kind, group=entry.group, chapter=chapter, what=entry.what, title=title, note=note)

    def changed(self, chapter: int, old: Entry, new: Entry) -> Row | None:
        """What differs between the same entry in both plans."""
        fields = []
        for label in dict.fromkeys([*new.values, *old.values]):
            field = self.field(label, old.values.get(label, ""), new.values.get(label, ""))
            if field:
                fields.append(field)
        if not fields and (old.title == new.title or new.group == ChangeGroup.MONEY):
            return None  # the title of a line of costs is that of its measure, which has a row of its own
        title = text_change(TITLE, old.title, new.title)
        if new.group == ChangeGroup.MONEY:
            title = unchanged(TITLE, new.title)
        moved = new.place if old.place != new.place and new.group in (ChangeGroup.NEEDS, ChangeGroup.MEASURES) else ""
        return Row(
            kind=ChangeKind.CHANGED,
            group=new.group,
            chapter=chapter,
            what=new.what,
            title=title,
            fields=tuple(fields),
            note=f"jetzt im Handlungsfeld {moved}" if moved else "",
        )

    def money_row(self, chapter: int, old: Entry | None, new: Entry | None) -> Row | None:
        """An amount that only one plan has; lines without an amount are no news."""
        fields = []
        for label in (new or old).values if (new or old) else ():  # type: ignore[union-attr]
            before, after = old.values.get(label) if old else None, new.values.get(label) if new else None
            if isinstance(before, Decimal) or isinstance(after, Decimal):
                fields.append(amount_change(label, known(before), known(after)))
        entry = new or old
        if not fields or entry is None:
            return None
        kind = ChangeKind.ADDED if new else ChangeKind.DROPPED
        title = text_change(TITLE, old.title if old else "", new.title if new else "")
        return Row(kind=kind, group=entry.group, chapter=chapter, what=entry.what, title=title, fields=tuple(fields))

    def field(self, label: str, old: Value, new: Value) -> FieldChange | None:
        """A field that differs; None where it does not, or where one plan cannot say."""
        if isinstance(old, Decimal) or isinstance(new, Decimal):
            return amount_change(label, known(old), known(new)) if old != new else None
        if isinstance(old, tuple) or isinstance(new, tuple):
            return self.items(label, old, new) if isinstance(old, tuple) and isinstance(new, tuple) else None
        before, after = old or "", new or ""
        if before.split() == after.split() or (before in NOTHING_SAID and after in NOTHING_SAID):
            return None
        return text_change(label, *as_read(before, after))

    def items(self, label: str, old: tuple[Item, ...], new: tuple[Item, ...]) -> FieldChange | None:
        """Lists by what is in them; their order means nothing. Only what differs is named."""
        before = {item.key: item.shown for item in old}
        after = {self.aliases.get(item.key, item.key): item.shown for item in new}
        if label in LINKS:
            before = {key: shown for key, shown in before.items() if key in self.common}
            after = {key: shown for key, shown in after.items() if key in self.common}
        gone = [shown for key, shown in before.items() if key not in after]
        came = [shown for key, shown in after.items() if key not in before]
        if not gone and not came:
            return None
        kept = [shown for key, shown in after.items() if key in before]
        rest = (
            (
                Run(
                    SAME,
                    "unverändert: 1 weitere Angabe" if len(kept) == 1 else f"unverändert: {len(kept)} weitere Angaben",
                ),
            )
            if kept
            else ()
        )
        return FieldChange(
            label=label,
            old=(*(Run(GONE, text) for text in separated(gone)), *rest),
            new=(*(Run(CAME, text) for text in separated(came)), *rest),
        )


def separated(texts: list[str]) -> list[str]:
    """Texts with a semicolon behind each but the last."""
    return [f"{text};" for text in texts[:-1]] + texts[-1:]


def known(value: Value) -> Decimal | None:
    """An amount; what is no amount is not known."""
    return value if isinstance(value, Decimal) else None


def unchanged(label: str, text: str) -> FieldChange:
    """The same on both sides."""
    return FieldChange(label=label, old=(Run(SAME, text),), new=(Run(SAME, text),))


def text_change(label: str, old: str, new: str) -> FieldChange:
    """A text with its words marked; where one side is empty, the other stands alone."""
    if not old.strip() or not new.strip():
        return FieldChange(label=label, old=whole(GONE, old), new=whole(CAME, new))
    before, after = marked(old, new)
    return FieldChange(label=label, old=before, new=after)


def as_read(old: str, new: str) -> tuple[str, str]:
    """Both texts without the signs of markup; as they were typed where nothing but these differs."""
    before, after = without_signs(old), without_signs(new)
    return (before, after) if before.split() != after.split() else (old, new)


def amount_change(label: str, old: Decimal | None, new: Decimal | None) -> FieldChange:
    """Amounts with their difference where both are known."""
    difference = ""
    if old is not None and new is not None:
        difference = f"{'+' if new > old else '−'} {euro(abs(new - old))}"
    return FieldChange(
        label=label,
        old=(Run(GONE, euro(old)),) if old is not None else (),
        new=(Run(CAME, euro(new)),) if new is not None else (),
        difference=difference,
    )
