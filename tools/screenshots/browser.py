"""A headless Chromium, driven over its debugging socket: open, wait, click, photograph."""

import base64
import io
import itertools
import json
import subprocess
import tempfile
import time
from pathlib import Path

import websocket
from PIL import Image

WAIT_SECONDS = 40
COLOURS = 256


class Browser:
    """One window; a width of 390 is a phone, any other a desk."""

    def __init__(self, binary, base_url):
        self.base_url = base_url
        self.numbers = itertools.count(1)
        self.profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = [
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--hide-scrollbars",
            "--lang=en",
        ]
        ports = ["--remote-debugging-port=0", "--remote-allow-origins=*"]
        self.process = subprocess.Popen(
            [binary, *options, *ports, f"--user-data-dir={self.profile.name}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.socket = websocket.create_connection(self._socket_url(), timeout=WAIT_SECONDS)
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self.session = attached["sessionId"]
        self.send("Page.enable")

    def _socket_url(self):
        file = Path(self.profile.name) / "DevToolsActivePort"
        for _ in range(10 * WAIT_SECONDS):
            lines = file.read_text().split() if file.exists() else []
            if len(lines) == 2:
                return f"ws://127.0.0.1:{lines[0]}{lines[1]}"
            time.sleep(0.1)
        raise TimeoutError("Chromium did not start")

    def close(self):
        self.socket.close()
        self.process.terminate()
        self.process.wait()
        self.profile.cleanup()

    def send(self, method, **params):
        """Call a method of the debugging protocol and return its result."""
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": params}
        if hasattr(self, "session"):
            message["sessionId"] = self.session
        self.socket.send(json.dumps(message))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]

    def run(self, script):
        """Evaluate JavaScript; promises are awaited."""
        result = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description"))
        return result["result"].get("value")

    def wait(self, script, what, seconds=WAIT_SECONDS):
        """Wait until the script is true; pages may load meanwhile."""
        until = time.time() + seconds
        while time.time() < until:
            try:
                if self.run(f"Boolean({script})"):
                    return
            except RuntimeError:
                pass  # the page is being replaced
            time.sleep(0.2)
        raise TimeoutError(what)

    def see(self, selector):
        self.wait(f"document.querySelector({json.dumps(selector)})", f"not on the page: {selector}")

    def click(self, selector):
        self.see(selector)
        self.run(f"document.querySelector({json.dumps(selector)}).click()")

    def size(self, width, height):
        phone = width < 600
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=phone,
        )
        self.send("Emulation.setTouchEmulationEnabled", enabled=phone)

    def open(self, path, selector):
        """Open a page of the server and wait until it shows what it should."""
        self.run("document.documentElement.dataset.old = '1'")
        self.send("Page.navigate", url=self.base_url + path)
        fresh = "!document.documentElement.dataset.old && document.readyState === 'complete'"
        self.wait(fresh, f"does not load: {path}")
        self.see(selector)

    def log_in(self, login):
        """Sign in; in the demo the password is the login.

        A late answer to the last page may bring its session back: then once more.
        """
        for last in (False, False, True):
            self.send("Page.navigate", url="about:blank")
            self.wait("location.href === 'about:blank' && document.documentElement", "about:blank")
            time.sleep(0.5)
            self.send("Network.clearBrowserCookies")
            try:
                self.open("/web/login", "form.oe_login_form")
                self._submit_login(login)
                return
            except (RuntimeError, TimeoutError):
                if last:
                    raise

    def _submit_login(self, login):
        self.run(
            f"""{{
                const form = document.querySelector("form.oe_login_form");
                form.login.value = form.password.value = {json.dumps(login)};
                form.submit();
            }}"""
        )
        inside = "location.pathname !== '/web/login' && document.readyState === 'complete'"
        self.wait(inside, f"cannot log in: {login}", 20)

    def call(self, model, method, args, **kwargs):
        """Call a public method as the one who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        body = json.dumps({"jsonrpc": "2.0", "params": params})
        answer = self.run(
            f"""fetch("/web/dataset/call_kw", {{
                method: "POST",
                headers: {{"Content-Type": "application/json"}},
                body: {json.dumps(body)},
            }}).then((answer) => answer.json())"""
        )
        if "error" in answer:
            raise RuntimeError(f"{model}.{method}: {answer['error']['data']['message']}")
        return answer["result"]

    def shoot(self, file, whole=False):
        """Photograph the window, or the whole page; few colours keep the files small."""
        # Fonts, pictures and the page's own requests come to rest.
        self.run("document.fonts.ready.then(() => new Promise((done) => setTimeout(done, 1200)))")
        picture = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        image = Image.open(io.BytesIO(base64.b64decode(picture["data"]))).convert("RGB")
        image.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)
