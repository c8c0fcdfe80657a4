"""A real identity provider on loopback for the tests: Canaille, which keeps everything in memory.

    identity_provider.py PORT PUBLIC_PORT RETURN_ADDRESS

It is reached at PUBLIC_PORT, where a proxy may stand before it. It runs in an environment of its own, .build-tools/identity-provider. Prints “ready” as soon as it listens, and ends when its standard input does.
"""

from __future__ import annotations

import datetime
import os
import sys
import threading

import werkzeug.serving

import canaille
import canaille.oidc.provider as oidc
from canaille.app import models
from canaille.backends import Backend

from identity_provider_account import CLIENT, PASSWORD, PEOPLE, SECRET

def claims(user, jwt_mapping_config=None):
    """What the provider tells of a user. Canaille knows no `email_verified`: whoever runs one vouches by a mapping like this."""
    told = canaille_claims(user, jwt_mapping_config)
    told["email_verified"] = user.user_name != "unverified"
    return told


canaille_claims = oidc.generate_user_claims
oidc.generate_user_claims = claims


def application(public_port: int, return_address: str):
    app = canaille.create_app(
        {
            "SECRET_KEY": "not a secret: nothing is kept",
            "SERVER_NAME": f"127.0.0.1:{public_port}",
            "PREFERRED_URL_SCHEME": "http",
            "CANAILLE": {
                "DATABASE": "memory",
                "JAVASCRIPT": False,
                "HTMX": False,
                "ACL": {"DEFAULT": {"PERMISSIONS": ["use_oidc", "edit_self"]}},
                "LOGGING": {"version": 1, "disable_existing_loggers": False},
                "TIMEZONE": "UTC",
            },
            "CANAILLE_OIDC": {},
        }
    )
    with app.app_context(), Backend.instance.session():
        for name, email in PEOPLE.items():
            user = models.User(formatted_name=name, family_name=name, user_name=name, emails=[email], password=PASSWORD)
            Backend.instance.save(user)
        client = models.Client(
            client_id=CLIENT,
            client_secret=SECRET,
            client_id_issued_at=datetime.datetime.now(datetime.timezone.utc),
            client_name="PooledFund",
            client_uri=return_address,
            redirect_uris=[return_address],
            grant_types=["authorization_code"],
            response_types=["code"],
            scope=["openid", "profile", "email"],
            token_endpoint_auth_method="client_secret_basic",
        )
        Backend.instance.save(client)
        # Only what is kept already can be an audience; without one a token would be for nobody.
        client.audience = [client]
        Backend.instance.save(client)
    return app


def main() -> None:
    port, public_port, return_address = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
    server = werkzeug.serving.make_server("127.0.0.1", port, application(public_port, return_address), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print("ready", flush=True)
    sys.stdin.read()
    # Not by return: threads that still answer are not waited for.
    os._exit(0)


if __name__ == "__main__":
    main()
