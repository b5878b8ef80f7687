"""What is typed on a page is kept as draft or asked for; where a page came back, the focus and its links lead on."""

from playwright.sync_api import Page

# Each form that is sent, and that neither keeps a draft nor asks before the page is left when somebody has typed in it.
UNPROTECTED = """() => {
    const typed = "input:is([type=text], [type=email], [type=number], :not([type])), textarea";
    const seen = field => field.checkVisibility() && !field.readOnly && !field.disabled;
    const lost = [];
    for (const form of document.querySelectorAll("main form[method=post]:not([data-keep])")) {
        const field = [...form.querySelectorAll(typed)].find(seen);
        if (!field || form.querySelector("[type=password]")) continue;
        const before = field.value;
        field.value = before + "7";
        field.dispatchEvent(new Event("input", {bubbles: true}));
        const leaves = dispatchEvent(new Event("beforeunload", {cancelable: true}));
        field.value = before;
        if (leaves) lost.push(`${form.action} ${field.name}`);
    }
    return lost;
}"""
# Links of a summary of errors whose field or its label lies outside the window after a click.
HIDDEN_LABELS = """async () => {
    const hidden = [];
    for (const link of document.querySelectorAll("main .kern-alert--danger a[href^='#']")) {
        link.click();
        await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
        const field = document.getElementById(link.hash.slice(1));
        const at = field && (field.labels?.[0] || field.closest("fieldset")?.querySelector("legend") || field);
        const box = at?.getBoundingClientRect();
        if (!box || box.bottom < 0 || box.top > innerHeight) hidden.push(link.hash);
    }
    return hidden;
}"""

# Whether the focus lies on nothing where what was sent came back with a sentence.
CAME_BACK = """() => performance.getEntriesByType("navigation")[0].responseStatus > 400
    && document.querySelector("main form .kern-alert--danger") !== null && document.activeElement === document.body
    ? ["the focus lies on nothing"] : []"""


def unprotected(page: Page) -> list[str]:
    """Forms in which typed text is lost when one leaves."""
    return page.evaluate(UNPROTECTED)


def hidden_labels(page: Page) -> list[str]:
    """Links to fields whose labels they scroll out of sight."""
    return page.evaluate(HIDDEN_LABELS)
