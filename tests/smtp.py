"""A mail server for tests, spoken to over a real socket: it takes mail, refuses every address, or says nothing."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from email.policy import default
from typing import Any


class _Talk(socketserver.StreamRequestHandler):
    """The few commands that a client needs (RFC 5321)."""

    server: "MailServer"

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def handle(self) -> None:
        self.server.connections += 1
        if self.server.mood == "hangs":
            self.server.released.wait(20)
            return
        self.say("220 test ESMTP")
        while line := self.rfile.readline():
            word = line[:4].upper().strip()
            if word == b"DATA":
                self.take()
            elif word == b"RCPT" and self.server.mood == "refuses":
                self.say("451 try again later")
            elif word == b"RCPT" and self.server.mood == "knows nobody":
                self.say("550 no such mailbox")
            else:
                self.say("221 bye" if word == b"QUIT" else "250 ok")
                if word == b"QUIT":
                    return

    def take(self) -> None:
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line[1:] if line.startswith(b"..") else line)
        self.server.mails.append(message_from_bytes(b"".join(lines), policy=default))  # type: ignore[arg-type]
        self.say("250 taken")


class MailServer(socketserver.ThreadingTCPServer):
    """``mood``: takes, refuses (for now), knows nobody (for good), hangs."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mood = "takes"
        self.mails: list[Message] = []
        self.connections = 0
        self.released = threading.Event()

    def to(self, address: str) -> list[Any]:
        """What this address got."""
        return [mail for mail in self.mails if address in mail["To"]]


@contextmanager
def mail_server(settings: Any) -> Iterator[MailServer]:
    """The server that the portal's mail goes to, by its outbox as in operation."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "accounts.outbox.OutboxBackend"
        settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address[:2]
        settings.EMAIL_TIMEOUT = 0.1
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
