"""Making the PDFs of an export: stored editions are copied, drafts are drawn side by side on the machine's cores.

This process reads the records and writes the HTML, processes of their own make the PDFs (printing.render). A plan is
noted as done after its file is whole on the disk; whoever goes on after a crash makes the missing ones only.
"""

import errno
import logging
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from plans.all_plans.archive import pdf_name, write_archive
from plans.all_plans.folder import ExportFolder, sha256_of
from plans.all_plans.progress import begin_export, begin_item, cancel_is_wished, end_export, note_item
from plans.all_plans.queries import items_of, newest_version
from plans.builder import build_plan
from plans.drawing import at_once, print_job
from plans.enums import ExportItemState, ExportState, PlanState
from plans.models import PlanExport, PlanExportItem
from plans.queries.versions import receipt_of
from printing.errors import RenderError, RenderUnavailable
from printing.render import render_pdf
from records.models.steps import digest

logger = logging.getLogger(__name__)
BUSY, NOTHING_TO_DO = "busy", "nothing to do"

ALTERED = (
    "Die gespeicherte PDF-Datei stimmt nicht mit ihrer Prüfnummer überein. Die Administration "
    "prüft das mit „manage.py verify_plans“."
)
UNEXPECTED = "Beim Schreiben dieses Plans ist ein unerwarteter Fehler aufgetreten. Er steht im Protokoll des Dienstes."
NO_FILES = (
    "Die Dateien ließen sich nicht schreiben ({reason}). Sagen Sie der Administration "
    "Bescheid, und setzen Sie die Ausgabe danach fort."
)
BROKEN = "Ein unerwarteter Fehler hat die Ausgabe beendet. Er steht im Protokoll des Dienstes."
NOTHING = "Für {year} ist noch kein Plan freigegeben. Wählen Sie „auch Entwürfe“, wenn Sie diese brauchen."


def run_export(pk: int) -> str:
    """Work on the export until it has ended; returns its state, BUSY or NOTHING_TO_DO.

    Safe to call at any time and by several processes: one of them works, the others leave.
    """
    folder = ExportFolder(pk)
    with folder.claimed() as mine:
        if not mine:
            return BUSY
        export = begin_export(pk=pk)
        if export is None:
            return NOTHING_TO_DO
        try:
            return finish(export, folder) if make_files(export, folder) else cancel(export)
        except RenderUnavailable as error:
            end_export(export=export, state=ExportState.FAILED, error=str(error))
        except OSError as error:
            logger.exception("Export %s", pk)
            is_full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)
            reason = "auf dem Server ist kein Platz mehr frei" if is_full else error.strerror or type(error).__name__
            end_export(export=export, state=ExportState.FAILED, error=NO_FILES.format(reason=reason))
        except Exception:
            end_export(export=export, state=ExportState.FAILED, error=BROKEN)
            raise
        return str(ExportState.FAILED)


def cancel(export: PlanExport) -> str:
    """Stop because somebody wished so; what is done stays for the case that they go on."""
    end_export(export=export, state=ExportState.CANCELLED)
    return str(ExportState.CANCELLED)


# ---------------------------------------------------------------- the plans
@dataclass
class Drawing:
    """PDFs that are being made, with the item each belongs to."""

    pool: ThreadPoolExecutor
    folder: ExportFolder
    running: "dict[Future[bytes], PlanExportItem]" = field(default_factory=dict)

    def add(self, item: PlanExportItem) -> None:
        """Read the plan and let it be drawn; waits while enough are being drawn already."""
        job = attempted(item, lambda: print_job(build_plan(item.plan)))
        if job is not None:
            self.running[self.pool.submit(render_pdf, **job)] = item
        while len(self.running) > at_once():
            self.store_next()

    def store_next(self) -> None:
        """Wait until one is drawn and store it."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            item = self.running.pop(future)
            pdf = attempted(item, future.result)
            if pdf is not None:
                plan = item.plan
                store(item, self.folder, pdf, edition=plan.edition, plan_state=draft_state(plan.state))

    def store_all(self) -> None:
        """Wait for all."""
        while self.running:
            self.store_next()

    def stop(self) -> None:
        """Let nothing new begin; what is being drawn is still stored."""
        for future in [future for future in self.running if future.cancel()]:
            del self.running[future]
        self.store_all()


def make_files(export: PlanExport, folder: ExportFolder) -> bool:
    """Make the files that are missing; False where the export was cancelled meanwhile."""
    with ThreadPoolExecutor(at_once()) as pool:
        drawing = Drawing(pool, folder)
        for item in missing(items_of(export), folder):
            if cancel_is_wished(export=export):
                drawing.stop()
                return False
            begin_item(item=item)
            version = newest_version(item.plan)
            if version is not None:
                take_stored(item, version, folder)
            elif export.with_drafts:
                drawing.add(item)
            else:
                note_item(item=item, state=ExportItemState.LEFT_OUT)
        drawing.store_all()
    return True


def missing(items: Sequence[PlanExportItem] | Any, folder: ExportFolder) -> list[PlanExportItem]:
    """The plans still to be made, also those whose file has gone or was altered since."""
    settled = (ExportItemState.LEFT_OUT, ExportItemState.FAILED)
    return [
        item
        for item in items
        if item.state not in settled
        and not (item.state == ExportItemState.DONE and folder.holds(item.file, item.sha256))
    ]


def attempted(item: PlanExportItem, make: Any) -> Any:
    """What ``make`` returns; None where it fails, with the reason noted at the plan. One bad plan stops no other.

    Raises RenderUnavailable: without the library no plan can be drawn.
    """
    try:
        return make()
    except RenderUnavailable:
        raise
    except RenderError as error:
        note_item(item=item, state=ExportItemState.FAILED, error=str(error))
    except Exception:
        logger.exception("Plan %s", item.plan_id)
        note_item(item=item, state=ExportItemState.FAILED, error=UNEXPECTED)
    return None


def take_stored(item: PlanExportItem, version: Any, folder: ExportFolder) -> None:
    """A frozen edition (with ``state``): its stored bytes, never drawn again."""
    pdf = bytes(version.pdf)
    if digest(pdf) != version.pdf_sha256:
        note_item(item=item, state=ExportItemState.FAILED, error=ALTERED)
        return
    receipt = receipt_of(version)
    store(
        item,
        folder,
        pdf,
        plan_version=version,
        edition=version.edition,
        plan_state=version.state,
        submitted_at=receipt.at if receipt else None,
        late=receipt.details.get("late") if receipt else None,
    )


def draft_state(state: str) -> str:
    """A plan without frozen edition is a draft, whether or not it lies before the Leitung."""
    return state if state in (PlanState.DRAFT, PlanState.PROPOSED) else PlanState.DRAFT


def store(item: PlanExportItem, folder: ExportFolder, pdf: bytes, **facts: Any) -> None:
    """First the file, then the note of it."""
    name = pdf_name(item)
    folder.write_bytes(name, pdf)
    note_item(item=item, state=ExportItemState.DONE, file=name, bytes=len(pdf), sha256=digest(pdf), **facts)


# ---------------------------------------------------------------- the archive
def finish(export: PlanExport, folder: ExportFolder) -> str:
    """Write the archive of what there is, note it, and delete the single files of a complete one."""
    items = list(items_of(export))
    done = [item for item in items if item.state == ExportItemState.DONE]
    failed = sum(item.state == ExportItemState.FAILED for item in items)
    state = ExportState.FAILED if failed else ExportState.DONE
    if not done:
        error = missing_words(failed, len(items)) if failed else NOTHING.format(year=export.year)
        end_export(export=export, state=ExportState.FAILED, error=error)
        return str(ExportState.FAILED)
    name = write_archive(export, items, folder)
    path = folder.path / name
    end_export(
        export=export,
        state=state,
        error=missing_words(failed, len(items)) if failed else "",
        archive=name,
        archive_bytes=path.stat().st_size,
        archive_sha256=sha256_of(path),
    )
    if not failed:
        folder.drop(*(item.file for item in done))
    return str(state)


def missing_words(failed: int, total: int) -> str:
    """„2 von 22 Plänen fehlen.“"""
    return f"{failed} von {total} Plänen {'fehlt' if failed == 1 else 'fehlen'}. Der Grund steht beim Plan."
