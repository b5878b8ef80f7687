"""The process in which one PDF is made: ``python -m reporting.pdf_worker``, job on stdin, PDF on stdout.

It has no database, no settings and no secrets, and limits itself before it reads the job. Exit codes: 0 made,
3 a system library is missing, 4 out of memory, 5 failed (the reason is on stderr).
"""

import gc
import json
import os
import resource
import sys

CPU_SECONDS = 25  # hostile texts end here, below 30 s on an idle machine; 120 pages need 8
MEMORY = 1024**3  # bytes of address space; 120 pages need 350 MiB
UNAVAILABLE, OUT_OF_MEMORY, FAILED = 3, 4, 5


def limit() -> None:
    """Take away what a bomb would need."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> int:
    """Read the job, write the PDF; the garbage collector rests, as the process ends soon."""
    limit()
    gc.disable()
    from reporting.hyphenation import load_patterns
    from reporting.render import make_pdf

    try:
        load_patterns(os.environ.get("LSZ_CACHE_DIR", ""))
        job = json.loads(sys.stdin.buffer.read())
        sys.stdout.buffer.write(make_pdf(**job))
    except OSError as error:
        sys.stderr.write(str(error))
        return UNAVAILABLE
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}")
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
