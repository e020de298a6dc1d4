"""How often a message reaches the embedding model, over all steps of the engine."""

import pytest

from knowledge.service import Service


@pytest.mark.parametrize(
    "message",
    [
        "How much notice must a head teacher give before Easter?",
        "how much notise must a headteecher give befor easter",
        "  Is off-rolling   ALWAYS against the law?  ",
    ],
)
def test_a_message_is_embedded_once_however_many_steps_read_it(
    service: Service, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine, model = service.engine(), service.embedder()
    model._remembered.clear()  # another test may have asked the same
    reached: list[str] = []
    run = model._run

    def counting(texts: list[str]):  # type: ignore[no-untyped-def]
        reached.extend(texts)
        return run(texts)

    monkeypatch.setattr(model, "_run", counting)
    checked = engine.check(message)
    assert engine.urgent(checked) is None
    answer = engine.answer(checked)
    assert answer.searched
    assert reached == [answer.question]
