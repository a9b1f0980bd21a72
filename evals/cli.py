"""The command `evals`."""

import typer

app = typer.Typer()
