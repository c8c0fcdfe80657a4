"""A real web server on loopback for the tests, as long as its standard input is open. Prints its port as a line of JSON.

    web_server.py [CERTIFICATE KEY]
"""

import http.server
import json
import ssl
import sys
import threading
import time


class Desk(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        if self.path == "/redirect":
            self.answer(302, b"elsewhere", {"Location": "/", "Set-Cookie": "a=b"})
        elif self.path == "/large":
            self.answer(200, b"x" * (1024 * 1024 + 1))
        elif self.path == "/full":
            self.answer(200, b"x" * (1024 * 1024))
        elif self.path == "/endless":
            self.chunks(b"x" * 60000, 0)
        elif self.path == "/headers":
            self.send_response(200)
            for number in range(90):
                self.send_header(f"X-{number}", "x" * 1000)
            self.end_headers()
        elif self.path == "/slow":
            self.chunks(b"x", 0.05)
        else:
            self.answer(404 if self.path == "/absent" else 200, json.dumps(self.question()).encode())

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.answer(200, json.dumps({**self.question(), "body": body.decode()}).encode())

    def question(self):
        return {"method": self.command, "headers": {name.lower(): value for name, value in self.headers.items()}}

    def answer(self, status, body, headers={}):
        self.send_response(status)
        for name, value in {"Content-Type": "application/json; charset=utf-8", "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def chunks(self, chunk, pause):
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
                time.sleep(pause)
        except OSError:
            pass
        self.close_connection = True

    def log_message(self, *arguments):
        pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Desk)
server.daemon_threads = True
if len(sys.argv) == 3:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(sys.argv[1], sys.argv[2])
    server.socket = context.wrap_socket(server.socket, server_side=True)
print(json.dumps({"port": server.server_address[1]}), flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
