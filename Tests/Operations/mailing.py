"""A real mail server on loopback that remembers what it took, and a server of ours that sends to it."""

from __future__ import annotations

import asyncio
import email
import random
import threading
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP
from cluster import free_port
from full_disk import library
from servers import Server


@dataclass
class Taken:
    """One message that the mail server took responsibility for."""

    identifier: str
    recipient: str
    # Which of our servers, by number, made the connection.
    life: int
    # Whether whoever sent it stayed to hear the answer, and said goodbye.
    is_answered: bool = False


@dataclass
class MailServer:
    """Listens while `with` lasts. `drop`: takes every message and ends the connection without an answer."""

    chance: random.Random
    port: int = field(default_factory=free_port)
    drop: bool = False
    taken: list[Taken] = field(default_factory=list)
    life: int = 0
    # Set from outside: called when so many messages were taken.
    alarm: int | None = None
    alarmed: threading.Event = field(default_factory=threading.Event)

    def connection(self) -> SMTP:
        desk = self
        last: list[Taken] = []
        # Of when the connection was made: what a killed process has sent may be read after its successor has begun.
        life = self.life

        class Desk:
            async def handle_DATA(self, server, session, envelope):
                await asyncio.sleep(desk.chance.uniform(0, 0.004))
                message = email.message_from_bytes(envelope.original_content)
                identifiers = message.get_all("Message-ID")
                assert identifiers and len(identifiers) == 1 and len(envelope.rcpt_tos) == 1
                taken = Taken(identifiers[0], envelope.rcpt_tos[0], life)
                desk.taken.append(taken)
                last.append(taken)
                if desk.alarm is not None and len(desk.taken) >= desk.alarm:
                    desk.alarm = None
                    desk.alarmed.set()
                if desk.drop:
                    server.transport.abort()
                    return "250 OK"
                # A moment in which the message is taken and nobody but us knows.
                await asyncio.sleep(desk.chance.uniform(0, 0.004))
                return "250 OK"

            async def handle_QUIT(self, server, session, envelope):
                for taken in last:
                    taken.is_answered = True
                return "221 Bye"

        return SMTP(Desk(), loop=self._loop)

    def __enter__(self) -> MailServer:
        self._loop = asyncio.new_event_loop()
        started = threading.Event()

        async def listen() -> None:
            self._server = await self._loop.create_server(self.connection, "127.0.0.1", self.port)
            started.set()

        def run() -> None:
            asyncio.set_event_loop(self._loop)
            self._loop.create_task(listen())
            self._loop.run_forever()

        self._thread = threading.Thread(target=run, daemon=True)
        self._thread.start()
        assert started.wait(10), "the mail server does not listen"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._server.close)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def by_recipient(self) -> dict[str, list[Taken]]:
        found: dict[str, list[Taken]] = {}
        for taken in self.taken:
            found.setdefault(taken.recipient, []).append(taken)
        return found


def sending_server(url: str, port: int, seconds_ahead: int = 0) -> Server:
    """`pooledfund serve` whose clock is ahead, so that what was put off, and claimed by one that is gone, is due."""
    return Server(
        url,
        environment={
            "POOLEDFUND_MAIL": f"smtp://127.0.0.1:{port}",
            "POOLEDFUND_MAIL_FROM": "Fund Office <office@fund.example>",
            "POOLEDFUND_PUBLIC_ADDRESS": "https://fund.example.org",
            "LD_PRELOAD": str(library()),
            "POOLEDFUND_TEST_CLOCK_OFFSET": str(seconds_ahead),
        },
    )


def sqlite_path(url: str) -> Path:
    return Path(url.removeprefix("sqlite:"))
