"""Templates print what Jinja would print, with fewer steps."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

import pytest
from jinja2 import DictLoader, Environment, StrictUndefined, UndefinedError, pass_context
from markupsafe import Markup, escape

from twofold.render.printing import Templates

if TYPE_CHECKING:
    from jinja2.runtime import Context

PARTS = """
{% macro part(one) %}<b>{{ one }}</b>{% endmacro %}
{% macro two(one, other="<i>") %}{{ part(one) }}{{ other }}{{ word }}{% endmacro %}
{% macro all() %}{{ varargs }}{{ kwargs }}{% endmacro %}
{% macro around(one) %}{{ one }}{{ caller("<u>") }}{% endmacro %}
{% macro nothing() %}{% endmacro %}
"""


class Word(enum.StrEnum):
    LESS = "<"


class Html:
    def __html__(self) -> str:
        return "<hr>"


@pass_context
def place(context: Context, one: str) -> str:
    return f"{context.name}, {context['word']}, {context.get('each')}: {one}"


VALUES = {
    "word": "a & b",
    "values": ["<", "plain", 5, 2.5, None, True, Word.LESS, Html(), Markup("<br>"), ["'"], {}],
    "plain": lambda one: one,
    "place": place,
}


def text(kind: type[Environment], template: str) -> str:
    loader = DictLoader({"page": template, "parts": PARTS})
    environment = kind(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("page").render(VALUES)


@pytest.mark.parametrize(
    "template",
    [
        "{% for one in values %}{{ one }}{% endfor %}",
        "{% from 'parts' import part %}{% for one in values %}{{ part(one) }}{% endfor %}",
        "{% from 'parts' import two with context %}{{ two('<') }}{{ two('<', other='>') }}{{ two(other='>', one=1) }}",
        "{% from 'parts' import all %}{{ all() }}{{ all('<', 2, other='>') }}",
        "{% from 'parts' import around %}{% call(one) around('<') %}{{ one }}{% endcall %}",
        "{% import 'parts' as parts %}{% set made %}{{ parts.part('<') }}{% endset %}{{ made }}{{ parts.nothing() }}",
        "{% autoescape false %}{% from 'parts' import part %}{{ part('<') }}{{ word }}{% endautoescape %}",
        "{% for each in values[:2] %}{{ plain('<') }}{{ place('<') }}{% endfor %}",
        "{{ word | upper }}{{ values | join(', ') }}{{ plain('<') ~ '&' }}{{ '<b>' | safe }}{{ joiner('<')() }}",
    ],
)
def test_a_template_prints_what_jinja_prints(template: str) -> None:
    assert text(Templates, template) == text(Environment, template)


def test_every_sign_that_is_to_be_escaped_is_escaped() -> None:
    signs = [chr(place) for place in range(0x800)]
    assert [Templates.printed(f"a{sign}b") for sign in signs] == [escape(f"a{sign}b") for sign in signs]


@pytest.mark.parametrize("called", ["part()", "part(1, 2)", "part(unknown)", "missing()"])
def test_a_macro_called_wrongly_is_an_error_as_ever(called: str) -> None:
    for kind in (Environment, Templates):
        with pytest.raises((TypeError, UndefinedError)):
            text(kind, f"{{% import 'parts' as parts %}}{{{{ parts.{called} }}}}")
