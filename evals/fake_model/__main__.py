"""`python -m evals.fake_model`: serve the honest brain until standard input ends; prints its address."""

import asyncio
import sys

from evals.fake_model import Call, honest, serve


async def main() -> None:
    """Serve."""
    calls: list[Call] = []
    async with serve(honest, calls) as base_url:
        sys.stdout.write(f"{base_url}\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)  # whoever started this has it end by letting go


asyncio.run(main())
