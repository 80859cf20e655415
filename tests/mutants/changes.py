"""Every small change to a module that could change what it does."""

from __future__ import annotations

import ast
import re
from collections import Counter
from copy import copy
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
OPERATORS: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.BitAnd: ast.BitOr,
    ast.BitOr: ast.BitAnd,
}
FUNCTIONS = {"min": "max", "max": "min", "any": "all", "all": "any", "sorted": "list"}
# Texts that are codes, keys or names; other texts are sentences for people.
_CODE = re.compile(r"[A-Za-z_$][A-Za-z0-9_.:>/$-]{0,40}")
# Calls that only type what is there, or guard it against other code.
_DECLARING = {"Literal", "cast", "TypeVar", "ParamSpec", "dataclass"}
# The parts of a node that do not run.
_IDLE = {"annotation", "returns", "ctx", "format_spec"}
_LONGEST = 80


@dataclass(frozen=True, slots=True)
class Context:
    """Where a node stands.

    `scope` is the function or class. `block` is the line of the first statement of the innermost block of a function; outside of
    functions there is none, and `names` are what the statement defines.
    """

    scope: str = "module"
    block: int | None = None
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Mutant:
    """A small change to a module: the words by which it is known, where it is, and which of those to the module it is."""

    path: str
    what: str
    context: Context
    number: int

    def __str__(self) -> str:
        return f"{self.path}: {self.context.scope}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Slot:
    """A place in the tree that a node can be put into."""

    parent: ast.AST
    field: str
    index: int | None

    def put(self, node: ast.AST) -> None:
        if self.index is None:
            setattr(self.parent, self.field, node)
        else:
            getattr(self.parent, self.field)[self.index] = node


def list_mutants(path: str, source: str) -> Iterator[Mutant]:
    """Yield every small change to a module, in words that stay the same while other parts of it are written anew."""
    seen: Counter[tuple[str, str]] = Counter()
    for number, (_, node, new, context) in enumerate(_list_all(ast.parse(source))):
        what = f"{_shorten(node)} -> {_shorten(new)}"
        seen[context.scope, what] += 1
        times = seen[context.scope, what]
        yield Mutant(path, what if times == 1 else f"{what} ({times})", context, number)


def apply(mutant: Mutant, source: str) -> str:
    """Return the source of a module with one of the changes to it."""
    tree = ast.parse(source)
    slot, _, new, _ = next(islice(_list_all(tree), mutant.number, None))
    slot.put(new)
    return ast.unparse(tree)


def _list_all(tree: ast.Module) -> Iterator[tuple[_Slot, ast.AST, ast.AST, Context]]:
    """Yield every node that can be changed with its slot, what it is exchanged for, and where it stands."""
    for slot, node, context in _walk(tree, Context()):
        for new in list_changes(node):
            yield slot, node, new, context


def list_nodes(source: str) -> Iterator[tuple[ast.AST, Context]]:
    """Yield every node of a module that runs, and where it stands."""
    for _, node, context in _walk(ast.parse(source), Context()):
        yield node, context


def _walk(node: ast.AST, context: Context) -> Iterator[tuple[_Slot, ast.AST, Context]]:
    for field, value in ast.iter_fields(node):
        if field in _IDLE:
            continue
        children = value if isinstance(value, list) else [value]
        for index, child in enumerate(children):
            if isinstance(child, ast.AST) and not _is_idle(child, node):
                inner = _enter(node, field, child, context)
                yield _Slot(node, field, index if isinstance(value, list) else None), child, inner
                yield from _walk(child, inner)


def _enter(node: ast.AST, field: str, child: ast.AST, around: Context) -> Context:
    """Return the context of a child in a field of a node."""
    names = around.names | _find_defined(child) if around.block is None else around.names
    if not isinstance(child, ast.stmt):
        return replace(around, names=names)
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        scope = node.name if around.scope == "module" else f"{around.scope}.{node.name}"
        around = replace(around, scope=scope)
    if around.block is None and not isinstance(node, ast.FunctionDef):
        return replace(around, names=names)
    return Context(around.scope, getattr(node, field)[0].lineno)


def _find_defined(node: ast.AST) -> frozenset[str]:
    """Return the names that a statement outside of functions defines."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return frozenset({node.name})
    targets = (
        [*getattr(node, "targets", ()), getattr(node, "target", None)] if isinstance(node, ast.stmt) else []
    )
    return frozenset(
        name.id for target in targets if target for name in ast.walk(target) if isinstance(name, ast.Name)
    )


def _is_idle(node: ast.AST, parent: ast.AST) -> bool:
    """Tell whether a node does nothing when it runs: documentation, words between values, and what only guards or types."""
    match node:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Expr(value=ast.Constant(value=str())):
            return True
        case ast.Constant():
            return isinstance(parent, ast.JoinedStr)
        case ast.keyword(arg="strict"):
            return True
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            return True
        case ast.Subscript(value=ast.Name(id=name)) | ast.Call(func=ast.Name(id=name)):
            return name in _DECLARING
    return False


def list_changes(node: ast.AST) -> Iterator[ast.AST]:
    """Yield every node that a node is exchanged for."""
    match node:
        case ast.Compare():
            yield from _change_comparison(node)
        case ast.BoolOp():
            yield from _change_connection(node)
        case ast.BinOp():
            yield from _change_operator(node)
        case ast.UnaryOp():
            yield node.operand
        case ast.Constant():
            yield from _change_value(node)
        case ast.Slice():
            yield from (_with(node, **{end: None}) for end in ("lower", "upper") if getattr(node, end))
        case ast.Call(func=ast.Name(id=name)) if name in FUNCTIONS:
            yield _with(node, func=ast.Name(FUNCTIONS[name]))
        case _:
            yield from _change_condition(node)
            yield from _change_statement(node)


def _change_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for index, operator in enumerate(node.ops):
        for kind in COMPARISONS[type(operator)]:
            yield _with(node, ops=[*node.ops[:index], kind(), *node.ops[index + 1 :]])


def _change_connection(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for operand in node.values:
        others = [other for other in node.values if other is not operand]
        yield others[0] if len(others) == 1 else _with(node, values=others)


def _change_operator(node: ast.BinOp) -> Iterator[ast.AST]:
    if opposite := OPERATORS.get(type(node.op)):
        yield _with(node, op=opposite())
    if isinstance(node.op, ast.BitAnd | ast.BitOr):
        yield from (node.left, node.right)


def _change_value(node: ast.Constant) -> Iterator[ast.AST]:
    match node.value:
        case bool():
            yield ast.Constant(not node.value)
        case int() | float():
            yield ast.Constant(node.value + 1)
            yield ast.Constant(node.value - 1)
        case "":
            yield ast.Constant("x")
        case str() if _CODE.fullmatch(node.value):
            yield ast.Constant(f"{node.value}x")


def _change_condition(node: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.If | ast.While | ast.IfExp):
        yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))
    if isinstance(node, ast.If) and not node.orelse:
        yield ast.Pass()
    elif isinstance(node, ast.comprehension):
        for condition in node.ifs:
            yield _with(node, ifs=[other for other in node.ifs if other is not condition])


def _is_nothing(node: ast.AST) -> bool:
    """Tell whether to return a value is as much as to return none."""
    return isinstance(node, ast.Constant) and node.value in (None, False)


def _change_statement(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.Return(value=ast.expr() as value) if not _is_nothing(value):
            yield ast.Return()
        case ast.Expr() | ast.AugAssign() | ast.Raise() | ast.Continue() | ast.Break():
            yield ast.Pass()
        case ast.ExceptHandler():
            yield _with(node, body=[ast.Raise()])


def _with(node: ast.AST, **fields: Any) -> ast.AST:
    """Return a copy of a node with other contents of some fields."""
    new = copy(node)
    for name, value in fields.items():
        setattr(new, name, value)
    return new


def _shorten(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST // 2]} … {text[-_LONGEST // 2 + 3 :]}"
