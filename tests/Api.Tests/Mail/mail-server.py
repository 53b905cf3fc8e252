"""A real server of mails for the tests: takes them as its settings say, and keeps each in a file."""

import json
import os
import ssl
import sys
import threading

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

settings = json.loads(sys.argv[1])


class Keeping:
    def __init__(self):
        self.count = 0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("rejected"):
            return f"550 5.1.1 {address} is nobody"
        if address.startswith("later"):
            return f"451 4.3.0 {address} is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.count += 1
        mail = {
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "encrypted": session.ssl is not None or settings["tls"] == "implicit",
            "user": session.auth_data.login.decode() if session.auth_data else None,
            "connection": session.peer[1],
            "content": envelope.content.decode("latin-1"),
        }
        # With a name of its own over all starts; whole when it is there.
        path = os.path.join(settings["directory"], f"{os.getpid()}-{self.count:04}")
        with open(path + ".part", "w") as file:
            json.dump(mail, file)
        os.rename(path + ".part", path + ".json")
        return "250 OK"


def knows(server, session, envelope, mechanism, data):
    good = (data.login, data.password) == (settings["user"].encode(), settings["password"].encode())
    return AuthResult(success=good, handled=False, auth_data=data)


arguments = {}
context = None
if settings["tls"] != "none":
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(settings["certificate"])
if settings["tls"] == "starttls":
    arguments |= {"tls_context": context, "require_starttls": True}
if settings["user"]:
    arguments |= {
        "authenticator": knows,
        "auth_required": True,
        # The library takes only STARTTLS for encrypted.
        "auth_require_tls": settings["tls"] == "starttls",
    }
controller = Controller(
    Keeping(),
    hostname="127.0.0.1",
    port=settings["port"],
    ssl_context=context if settings["tls"] == "implicit" else None,
    **arguments,
)
controller.start()
print("ready", flush=True)
threading.Event().wait()
