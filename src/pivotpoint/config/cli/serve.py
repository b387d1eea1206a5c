"""Web server and worker together; each can run alone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading

import click

from pivotpoint.config.cli import fail
from pivotpoint.config.cli.start import start


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--threads", default=8, show_default=True, help="Requests answered at the same time.")
@click.option(
    "--worker/--no-worker", "with_worker", default=True, help="Run the worker in a process beside it."
)
@click.option("--json", "as_json", is_flag=True, help="Print where it is as JSON.")
def command(host: str, port: int, threads: int, with_worker: bool, as_json: bool) -> None:
    """Run the web server and the worker until stopped."""
    if taken(host, port):
        fail(f"Port {port} on {host} is in use; choose another with --port.")
    start(migrate=True)
    worker = Beside() if with_worker else None
    try:
        url = f"http://{host}:{port}/"
        if as_json:
            click.echo(json.dumps({"url": url, "pid": os.getpid(), "worker": with_worker}))
        else:
            click.echo(f"Pivotpoint is at {url}  (stop with Ctrl+C)")
        web(host, port, threads)
    finally:
        if worker:
            worker.stop()


def taken(host: str, port: int) -> bool:
    """Whether something listens there already."""
    import socket

    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, port)) == 0


def web(host: str, port: int, threads: int) -> None:
    """Serve until SIGINT or SIGTERM."""
    from granian.constants import Interfaces
    from granian.server import Server

    Server(
        "pivotpoint.config.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=threads,
        backpressure=256,
        log_access=False,
    ).serve()


class Beside:
    """The worker in a process of its own, restarted when it dies."""

    def __init__(self) -> None:
        self.stopping = threading.Event()
        self.process = self._spawn()
        threading.Thread(target=self._watch, daemon=True).start()

    def _spawn(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [sys.executable, "-m", "pivotpoint.config.cli", "worker", "--parent", str(os.getpid())]
        )

    def _watch(self) -> None:
        while not self.stopping.is_set():
            self.process.wait()
            if not self.stopping.wait(1.0):
                self.process = self._spawn()

    def stop(self) -> None:
        self.stopping.set()
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
