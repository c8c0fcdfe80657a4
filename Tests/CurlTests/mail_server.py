"""A real mail server on loopback for the tests, as long as its standard input is open.

    mail_server.py [--certificate FILE --key FILE [--immediate]] [--user NAME --password WORD]

Prints its port as a line of JSON, then each message that it took. What it answers depends on the name before the @.
Of a recipient: busy 451, unknown 550, and cut ends the connection.
Of the sender, after all of the message: later 452, never 554, and vanish ends the connection without a word.
"""

import argparse
import asyncio
import base64
import json
import ssl
import sys
from concurrent.futures import ThreadPoolExecutor

from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword


teller = ThreadPoolExecutor(max_workers=1)


class Desk:
    async def handle_RCPT(self, server, session, envelope, address, options):
        name = address.split("@")[0]
        if name == "busy":
            return "451 4.2.1 Come back later"
        if name == "unknown":
            return "550 5.1.1 Nobody of that name"
        if name == "cut":
            server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        name = envelope.mail_from.split("@")[0]
        if name == "later":
            return "452 4.3.1 No room now"
        if name == "never":
            return "554 5.6.0 Not wanted"
        message = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "content": base64.b64encode(envelope.original_content).decode(),
            "isEncrypted": session.ssl is not None,
            "user": session.auth_data.login.decode() if session.auth_data else None,
        }
        # Whoever sends reads of it after the answer: a pipe that is full must not keep the answer back.
        teller.submit(print, json.dumps(message), flush=True)
        if name == "vanish":
            server.transport.abort()
        return "250 OK"


def main():
    parser = argparse.ArgumentParser()
    for option in ["--certificate", "--key", "--user", "--password"]:
        parser.add_argument(option)
    parser.add_argument("--immediate", action="store_true")
    given = parser.parse_args()
    context = None
    if given.certificate:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(given.certificate, given.key)

    def authenticate(server, session, envelope, mechanism, data):
        wanted = LoginPassword(given.user.encode(), given.password.encode())
        return AuthResult(success=isinstance(data, LoginPassword) and data == wanted, auth_data=data)

    def connection():
        return SMTP(
            Desk(),
            tls_context=None if given.immediate else context,
            require_starttls=context is not None and not given.immediate,
            authenticator=authenticate if given.user else None,
            auth_required=given.user is not None,
            auth_require_tls=context is not None and not given.immediate,
            loop=asyncio.get_running_loop(),
        )

    async def serve():
        loop = asyncio.get_running_loop()
        server = await loop.create_server(connection, "127.0.0.1", 0, ssl=context if given.immediate else None)
        print(json.dumps({"port": server.sockets[0].getsockname()[1]}), flush=True)
        await loop.run_in_executor(None, sys.stdin.read)

    asyncio.run(serve())


main()
