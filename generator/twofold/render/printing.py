"""What templates do most, printing and calling, with fewer steps than Jinja takes.

A large portal prints more than a million values, and Jinja's own steps for them were a fifth of its time.
What comes out is the same: everything is escaped.
"""

from __future__ import annotations

from types import FunctionType
from typing import TYPE_CHECKING, Any

from jinja2 import Environment
from jinja2.compiler import CodeGenerator
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import nodes
    from jinja2.compiler import Frame


class Printing(CodeGenerator):
    """Writes `environment.printed(…)` where Jinja writes `escape(…)`."""

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class Calling(Context):
    """Calls plain functions, and macros with all that they ask for, without looking what else they may be."""

    def call(
        self,
        called: Callable[..., Any],
        /,
        *args: object,
        _loop_vars: object = None,
        _block_vars: object = None,
        **named: object,
    ) -> Any:  # noqa: ANN401 - whatever is called gives it
        """Call what a template calls."""
        if type(called) is Macro:
            special = called.caller or called.catch_kwargs or called.catch_varargs or named
            if not special and len(args) == len(called.arguments) and self.eval_ctx.autoescape:
                # As a macro does when it has looked; `Markup(…)` would look whether it is given HTML.
                return str.__new__(Markup, called._func(*args))  # noqa: SLF001 - see above
        elif type(called) is FunctionType and not hasattr(called, "jinja_pass_arg"):
            return called(*args, **named)
        if _loop_vars is not None:
            named["_loop_vars"] = _loop_vars
        if _block_vars is not None:
            named["_block_vars"] = _block_vars
        return super().call(called, *args, **named)


class Templates(Environment):
    """The environment of templates that print and call so."""

    code_generator_class = Printing
    context_class = Calling

    @staticmethod
    def printed(value: object) -> str:
        """A value as it stands in a page: escaped unless it is HTML already."""
        # `escape` would make a new text of HTML, and of a text in which there is nothing to escape.
        if type(value) is Markup:
            return value
        if type(value) is str and "<" not in value and ">" not in value and "&" not in value:
            return value if '"' not in value and "'" not in value else escape(value)
        return escape(value)
