"""The owner of uvicorn: serving the application, what it logs and how it stops."""

import copy
import signal
import sys
from types import FrameType
from typing import Any, NoReturn

import uvicorn
from uvicorn.config import LOGGING_CONFIG

from qa.api import create_app
from qa.bootstrap import Service


def serve(service: Service, host: str, port: int) -> bool:
    """Serve an open service until told to stop; False where it could not start.

    Everything goes to standard error, each line with the id of its request.
    """
    # Uvicorn stops gracefully and then raises the signal again: that must close the service, not kill the process.
    signal.signal(signal.SIGTERM, _stop)
    try:
        uvicorn.run(
            create_app(service),
            host=host,
            port=port,
            log_config=log_config(),
            timeout_graceful_shutdown=service.settings.grace_seconds,
        )
    except SystemExit as stopped:  # uvicorn has said why; its exit codes are not ours
        return not stopped.code
    return True


def log_config() -> dict[str, Any]:
    """Uvicorn's logging, all of it on standard error, with request ids, and with our own loggers in it."""
    config = copy.deepcopy(LOGGING_CONFIG)
    config["filters"] = {"request": {"()": "asgi_correlation_id.CorrelationIdFilter", "default_value": "-"}}
    for handler in config["handlers"].values():
        handler |= {"stream": "ext://sys.stderr", "filters": ["request"]}
    for formatter in config["formatters"].values():
        formatter["fmt"] += " [%(correlation_id)s]"
    config["loggers"] |= {name: {"handlers": ["default"], "propagate": False} for name in ("qa", "ingest")}
    return config


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    sys.exit()
