"""Work for a client that may go away: it is stopped then, and with it the model's call that it waits for."""

from collections.abc import Coroutine
from typing import Any, TypeVar

import anyio
from fastapi import Request

T = TypeVar("T")

CLIENT_LEFT = 499
"""What nginx logs where the client closed the connection; nobody receives it."""


class ClientLeftError(Exception):
    """The client has closed its connection: nobody is there to be answered."""


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do work as long as the client is there; the request's body has to be read already.

    It is stopped by a cancel scope, not by `Task.cancel`: a step that runs in a thread is waited for, so that nothing
    of the work goes on behind the archive's back.

    Raises:
        ClientLeftError: it went away; the work has been cancelled, and is over.
    """
    done: list[T] = []
    failed: list[Exception] = []
    async with anyio.create_task_group() as group:

        async def watch() -> None:
            while (await request.receive())["type"] != "http.disconnect":
                pass
            group.cancel_scope.cancel()

        group.start_soon(watch)
        try:
            done.append(await work)
        except Exception as error:  # noqa: BLE001 - raised below, where the group does not wrap it
            failed.append(error)
        group.cancel_scope.cancel()
    if failed:
        raise failed[0]
    if not done:
        raise ClientLeftError
    return done[0]
