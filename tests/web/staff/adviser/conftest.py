"""Advisers look things up in the same three small documents that editors look after."""

from tests.web.staff.editor.questions.conftest import adviser, editor, guidance, guided, sign_in

__all__ = ["adviser", "editor", "guidance", "guided", "sign_in"]
