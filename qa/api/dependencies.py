"""What routes are given."""

from typing import Annotated

from fastapi import Depends, Request

from qa.bootstrap import Service
from qa.pipeline import Pipeline


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


ServiceDep = Annotated[Service, Depends(_service)]


def _pipeline(service: ServiceDep) -> Pipeline:
    return service.pipeline


PipelineDep = Annotated[Pipeline, Depends(_pipeline)]
