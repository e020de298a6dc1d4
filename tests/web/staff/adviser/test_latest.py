"""Of several requests of one page only the newest is worth the work."""

import asyncio

from web.staff.adviser.latest import LatestWins


def test_a_page_that_asked_again_meanwhile_waits_for_its_newest_request_alone() -> None:
    async def type_three_letters() -> list[str]:
        latest, worked = LatestWins(at_once=1), []
        busy = asyncio.Event()

        async def ask(page: str, what: str) -> None:
            async with latest.turn(page) as newest:
                if newest:
                    worked.append(what)
                    await busy.wait()

        tasks = []
        for page, what in (("a", "n"), ("a", "no"), ("a", "not"), ("b", "keys")):
            tasks.append(asyncio.create_task(ask(page, what)))
            await asyncio.sleep(0)
        busy.set()
        await asyncio.gather(*tasks)
        assert latest._newest == {}, "nothing is remembered of pages that wait for nothing"
        return worked

    assert asyncio.run(type_three_letters()) == ["n", "not", "keys"]


def test_a_request_that_fails_makes_room_for_the_next() -> None:
    async def fail_and_go_on() -> bool:
        latest = LatestWins(at_once=1)
        try:
            async with latest.turn("a"):
                raise ValueError
        except ValueError:
            pass
        async with latest.turn("a") as newest:
            return newest

    assert asyncio.run(fail_and_go_on())
