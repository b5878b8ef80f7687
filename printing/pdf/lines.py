"""Lines that end in a blank: inside the worker process, what WeasyPrint 70 gets wrong about them.

A text that fits without the blank behind it fits (CSS Text 3, „hanging“ blanks). The library measures it with the
blank, finds it too wide and keeps nothing but its first word: „nicht“ alone in a line, before „zu Berufstätigen.“.
"""

from typing import Any


def let_blanks_hang() -> None:
    """Ask again, with room for the blank, where only the first word was kept; once per process."""
    from weasyprint.layout import inline

    split = inline.split_first_line
    if split.__module__ == __name__:
        return

    def split_first_line(text: str, style: Any, context: Any, max_width: float, *args: Any, **options: Any) -> Any:
        """The first line, as the library returns it: layout, length, where to resume, width, height, baseline."""
        found = split(text, style, context, max_width, *args, **options)
        words = text.rstrip(" ")
        if found[2] is None or words == text or " " not in words or " " in words.encode()[: found[1]].decode():
            return found
        whole = split(words, style, context, max_width, *args, **options)
        if whole[2] is not None or whole[3] > max_width:
            return found
        return split(text, style, context, whole[3] + style["font_size"], *args, **options)

    inline.split_first_line = split_first_line
