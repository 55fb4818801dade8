"""Circles in a graph of references."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence


def cycles(graph: Mapping[str, Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """One circle for each knot of nodes that reach each other, each begun at its smallest node.

    `graph` maps a node to those that it leads to. Works without recursion, in time linear in nodes
    and edges (Tarjan, "Depth-first search and linear graph algorithms", 1972).
    """
    for knot in sorted(_knots(graph), key=min):
        start = min(knot)
        if len(knot) > 1 or start in graph.get(start, ()):
            yield _way_around(graph, start, knot)


def _way_around(graph: Mapping[str, Sequence[str]], start: str, knot: frozenset[str]) -> tuple[str, ...]:
    """The shortest way from a node back to itself inside its knot."""
    came: dict[str, str | None] = {}
    queue: list[str] = [start]
    for node in queue:
        for after in sorted(set(graph.get(node, ())) & knot):
            if after == start:
                way: list[str] = [node]
                while (before := came.get(way[-1])) is not None:
                    way.append(before)
                return tuple(reversed(way))
            if after not in came:
                came[after] = node
                queue.append(after)
    return (start,)


def _knots(graph: Mapping[str, Sequence[str]]) -> Iterator[frozenset[str]]:
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    path: list[str] = []
    on_path: set[str] = set()
    for root in graph:
        if root in order:
            continue
        work = [(root, iter(graph.get(root, ())))]
        order[root] = low[root] = len(order)
        path.append(root)
        on_path.add(root)
        while work:
            node, successors = work[-1]
            for after in successors:
                if after not in order:
                    order[after] = low[after] = len(order)
                    path.append(after)
                    on_path.add(after)
                    work.append((after, iter(graph.get(after, ()))))
                    break
                if after in on_path:
                    low[node] = min(low[node], order[after])
            else:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[node])
                if low[node] == order[node]:
                    knot: set[str] = set()
                    while node not in knot:
                        knot.add(path.pop())
                    on_path -= knot
                    yield frozenset(knot)
