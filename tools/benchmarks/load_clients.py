"""Fifty people who save at once, each over their own connection and session."""

import http.client
import json
import threading
import time


class Client(threading.Thread):
    """One person: saves one answer after the other until told to stop."""

    def __init__(self, port, person, password, database):
        super().__init__(daemon=True)
        self.port, self.person = port, person
        self.password, self.database = password, database
        self.cookie = ""
        self.until = self.refused = 0
        self.bare = False
        self.times, self.errors = [], []
        self.versions = person.setdefault("versions", dict.fromkeys(person["questions"], 0))

    def call(self, path, params):
        body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
        for _attempt in range(20):
            try:
                data = self.request(path, body)
            except ConnectionError:
                # Two workers queue sixteen connections; a proxy before them would wait as well.
                self.refused += 1
                time.sleep(0.05)
            else:
                break
        else:
            raise RuntimeError("not reached")
        if "error" in data:
            raise RuntimeError(str(data["error"].get("data") or data["error"])[:300])
        return data["result"]

    def request(self, path, body):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Content-Type": "application/json", "Cookie": self.cookie}
        try:
            connection.request("POST", path, body, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                if cookie.startswith("session_id="):
                    self.cookie = cookie.split(";")[0]
            return json.loads(answer.read())
        finally:
            connection.close()

    def log_in(self):
        self.call(
            "/web/session/authenticate",
            {"db": self.database, "login": self.person["login"], "password": self.password},
        )

    def run(self):
        number = 0
        questions = list(self.person["questions"].items())
        while time.monotonic() < self.until:
            start = time.monotonic()
            try:
                if self.bare:
                    params = {"row": self.person["row"], "value": number}
                    self.call("/roadmap_bench/save", params)
                else:
                    self.save(number, *questions[number % len(questions)])
            except Exception as error:  # whatever fails is counted and shown
                self.errors.append(f"{type(error).__name__}: {error}")
            else:
                self.times.append(time.monotonic() - start)
            number += 1

    def save(self, number, question, choices):
        choice = choices[number // len(self.person["questions"]) % len(choices)]
        entry = {"value": choice, "version": self.versions[question]}
        path = f"/my/roadmap/questionnaire/{self.person['run']}/save"
        said = self.call(path, {"values": {question: entry}})[str(question)]
        if said["error"] or said["conflict"]:
            raise RuntimeError(str(said))
        self.versions[question] = said["version"]
        self.person.setdefault("confirmed", {})[question] = choice


def save_at_once(port, people, sessions, seconds, bare):
    """(saves, seconds, times, errors) of everybody saving for so long."""
    clients = []
    for person, cookie in zip(people, sessions, strict=True):
        client = Client(port, person, None, None)
        client.cookie, client.bare = cookie, bare
        clients.append(client)
    start = time.monotonic()
    for client in clients:
        client.until = start + seconds
        client.start()
    for client in clients:
        client.join(seconds + 90)
    took = time.monotonic() - start
    times = sorted(second for client in clients for second in client.times)
    return len(times), took, times, [error for client in clients for error in client.errors]
