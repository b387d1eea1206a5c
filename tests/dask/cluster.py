"""A real Dask cluster on the loopback: a scheduler and workers as processes, and an ear on the line to the scheduler."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from django.db import connection

PLAIN = {"DASK_DISTRIBUTED__COMM__COMPRESSION": "false", "DASK_DISTRIBUTED__WORKER__PREFORK": "false"}


def database_url() -> str:
    """Of the tests' own database, which is there only while they run."""
    has = connection.settings_dict
    return f"postgres://{has['USER']}@{has['HOST']}:{has['PORT']}/{has['NAME']}"


class Ear:
    """Passes on what is said between a port and the scheduler, and remembers it."""

    def __init__(self, to: int) -> None:
        self.to, self.heard, self.lock = to, bytearray(), threading.Lock()
        self.door = socket.create_server(("127.0.0.1", 0))
        self.port = self.door.getsockname()[1]
        threading.Thread(target=self._open, daemon=True).start()

    def _open(self) -> None:
        with suppress(OSError):
            while True:
                near, _ = self.door.accept()
                try:
                    far = socket.create_connection(("127.0.0.1", self.to))
                except OSError:
                    near.close()
                    continue
                for here, there in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(here, there), daemon=True).start()

    def _pass_on(self, here: socket.socket, there: socket.socket) -> None:
        with suppress(OSError):
            while said := here.recv(65_536):
                with self.lock:
                    self.heard += said
                there.sendall(said)
        for end in (here, there):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()

    def close(self) -> None:
        self.door.close()


class Cluster:
    """`address` leads through the ear; `workers` are processes that a test may kill."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        self.scheduler = self._start(
            "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"
        )
        self._wait_for(port)
        self.ear = Ear(port)
        self.address = f"tcp://127.0.0.1:{self.ear.port}"
        self.workers: list[subprocess.Popen[bytes]] = []

    def work(self, count: int, **environment: str) -> None:
        """So many more workers, each with a data folder of its own as on another machine."""
        for _ in range(count):
            home = self.folder / f"worker{len(self.workers)}"
            home.mkdir()
            own = {"PIVOTPOINT_DATA": str(home), "DATABASE_URL": database_url()} | environment
            arguments = ("--host", "127.0.0.1", "--nthreads", "1", "--no-dashboard", "--no-nanny")
            module = "distributed.cli.dask_worker"
            self.workers.append(
                self._start(module, self.address, *arguments, "--local-directory", str(home), **own)
            )

    def _start(self, module: str, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        with (self.folder / "log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", module, *arguments],
                env={**os.environ, **PLAIN, **environment},
                stdout=log,
                stderr=log,
            )

    @staticmethod
    def _wait_for(port: int) -> None:
        for _ in range(600):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port)):
                return
            time.sleep(0.05)
        raise AssertionError("The scheduler does not listen.")

    def ready(self, count: int) -> None:
        from distributed import Client

        with Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=60)

    def stop(self) -> None:
        for process in (*self.workers, self.scheduler):
            process.kill()
            process.wait()
        self.ear.close()


@contextmanager
def clustered(folder: Path, workers: int, **environment: Any) -> Iterator[Cluster]:
    cluster = Cluster(folder)
    try:
        cluster.work(workers, **environment)
        if workers:
            cluster.ready(workers)
        yield cluster
    finally:
        cluster.stop()
