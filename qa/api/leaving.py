"""Work for a client that may go away: it is stopped then, and with it the model's call that it waits for."""

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from fastapi import Request

T = TypeVar("T")

CLIENT_LEFT = 499
"""What nginx logs where the client closed the connection; nobody receives it."""


class ClientLeftError(Exception):
    """The client has closed its connection: nobody is there to be answered."""


async def while_there(request: Request, work: Coroutine[Any, Any, T]) -> T:
    """Do work as long as the client is there; the request's body has to be read already.

    Raises:
        ClientLeftError: it went away; the work has been cancelled, and is over.
    """
    working, leaving = asyncio.ensure_future(work), asyncio.ensure_future(_left(request))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
        if not working.done():
            raise ClientLeftError
        return working.result()
    finally:
        for task in (working, leaving):
            task.cancel()
        await asyncio.gather(working, leaving, return_exceptions=True)


async def _left(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
