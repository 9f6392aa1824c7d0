"""What every form does with what is typed into it."""

import pytest
from django import forms

from boards.escalation.forms import AnswerForm
from boards.proposals.forms import ProposalForm
from tests.boards.browsing import SCRIPT, published, text, words


def address(hanbit, which: str) -> str:
    if which == "rooms":
        return f"/rooms/{hanbit.room.pk}/messages/"
    return f"/proposals/{published(hanbit.jun, hanbit.board).pk}/comments/"


@pytest.mark.parametrize(("which", "most"), [("rooms", 2000), ("comments", 4000)])
def test_a_text_that_is_too_long_comes_back_whole_and_the_reason_says_by_how_much(hanbit, client, which, most):
    client.force_login(hanbit.sora)
    typed = "가" * most + "그리고 이 끝말"
    data = {"body": typed, "stance": "for", "client_id": "6f0c0c64-6d2b-4d0e-9a3a-0c4c4a2f6a11"}
    path = address(hanbit, which)

    page, told = client.post(path, data), client.post(path, data, headers=SCRIPT)

    reason = f"{most:,}자까지 쓸 수 있는데 {len(typed):,}자입니다. {len(typed) - most}자를 줄여 주세요."
    assert page.status_code == told.status_code == 422
    assert typed in text(page)
    assert reason in words(page)
    assert reason in words(told)


def test_no_field_lets_the_browser_cut_a_text_and_a_script_can_count_it(hanbit):
    for form in (AnswerForm(), ProposalForm(board=hanbit.board)):
        for name, field in form.fields.items():
            if isinstance(field, forms.CharField) and field.max_length:
                assert f'data-most="{field.max_length}"' in str(form[name])
                assert "maxlength" not in str(form[name])
