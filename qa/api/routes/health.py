"""Is the process alive, and can it answer?"""

from fastapi import APIRouter

from qa.api.dependencies import ServiceDep
from qa.api.schemas import ErrorResponse, HealthResponse, ReadyResponse

router = APIRouter(tags=["health"])


@router.get("/healthz")
async def healthz() -> HealthResponse:
    """The process is alive."""
    # On the event loop: a plain function would wait for one of the threads that questions keep busy.
    return HealthResponse()


@router.get("/readyz", responses={503: {"model": ErrorResponse, "description": "It cannot answer, and why"}})
def readyz(service: ServiceDep) -> ReadyResponse:
    """The archive can be read, its vectors are of the configured model, and the index answers; else 503 and why."""
    library = service.library
    library.check()
    library.index.check()
    held = library.archive.status()
    return ReadyResponse(articles=held.articles, passages=held.passages, embedder=library.embedder.label)
