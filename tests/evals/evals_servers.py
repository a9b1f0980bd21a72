"""Real servers on loopback: of any application, and of models."""

import json
import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from fastapi import FastAPI


@contextmanager
def serving(app: Any) -> Iterator[str]:
    """Serve an application over a real socket of loopback; gives its address."""
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_config=None, loop="asyncio"))
    socket = server.config.bind_socket()
    socket.listen()  # whoever connects before the server runs waits for it
    thread = threading.Thread(target=server.run, kwargs={"sockets": [socket]})
    thread.start()
    try:
        yield f"http://127.0.0.1:{socket.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(30)
        socket.close()


class ModelServer:
    """An OpenAI-compatible application: vectors by words, and a judge that finds every answer right but refusals."""

    def __init__(self) -> None:
        self.calls: list[str] = []
        """Paths asked for."""
        self.app = FastAPI()

        @self.app.post("/v1/embeddings")
        def embeddings(body: dict[str, Any]) -> dict[str, Any]:
            self.calls.append("embeddings")
            data = [
                {"object": "embedding", "index": at, "embedding": _by_words(text)}
                for at, text in enumerate(body["input"])
            ]
            usage = {"prompt_tokens": 1, "total_tokens": 1}
            return {"object": "list", "model": body["model"], "data": data, "usage": usage}

        @self.app.post("/v1/chat/completions")
        def chat(body: dict[str, Any]) -> dict[str, Any]:
            self.calls.append("chat")
            right = "The articles do not tell." not in body["messages"][-1]["content"].split("<answer>")[1]
            message = {"role": "assistant", "content": json.dumps({"reason": "so it is", "right": right})}
            return {
                "id": "c", "object": "chat.completion", "created": 0, "model": body["model"],
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"prompt_tokens": 7, "completion_tokens": 3, "total_tokens": 10},
            }  # fmt: skip


def _by_words(text: str) -> list[float]:
    vector = [0.01] * 32
    for word in text.casefold().split():
        vector[zlib.crc32(word.encode()) % 32] += 1.0
    return vector
