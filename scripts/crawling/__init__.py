"""Parts of scripts/crawl.py: the walk, the HTML checker, the browser, the server."""
