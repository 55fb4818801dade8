"""Circles: each knot is told once, by the shortest way round its smallest node."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from twofold.plan.cycles import cycles

NODES = "abcdefg"
GRAPHS = st.dictionaries(
    st.sampled_from(NODES), st.lists(st.sampled_from(NODES), max_size=4).map(tuple), max_size=len(NODES)
)


def _reachable(graph: dict[str, tuple[str, ...]]) -> dict[str, set[str]]:
    """By brute force: add what is one step further until nothing is added."""
    reach = {node: set(graph.get(node, ())) for node in NODES}
    while True:
        more = {
            node: found.union(*(reach[other] for other in found)) if found else found
            for node, found in reach.items()
        }
        if more == reach:
            return reach
        reach = more


@given(GRAPHS)
def test_every_knot_is_told_once_and_nothing_else_is(graph: dict[str, tuple[str, ...]]) -> None:
    reach = _reachable(graph)
    knots = {
        frozenset(other for other in NODES if other in reach[node] and node in reach[other]) for node in NODES
    }
    told = list(cycles(graph))
    assert [circle[0] for circle in told] == sorted(min(knot) for knot in knots if knot)
    for circle in told:
        assert len(set(circle)) == len(circle)
        assert all(after in graph[before] for before, after in pairwise((*circle, circle[0])))


@given(GRAPHS)
def test_the_way_round_is_the_shortest(graph: dict[str, tuple[str, ...]]) -> None:
    for circle in cycles(graph):
        assert len(circle) == _shortest(graph, circle[0])


def _shortest(graph: dict[str, tuple[str, ...]], start: str) -> int:
    length, front = 1, set(graph.get(start, ()))
    while start not in front:
        front = {after for node in front for after in graph.get(node, ())}
        length += 1
    return length


@given(GRAPHS, st.randoms(use_true_random=False))
def test_the_order_of_the_files_changes_nothing(graph: dict[str, tuple[str, ...]], random: object) -> None:
    mixed = [(node, tuple(sorted(after, reverse=True))) for node, after in graph.items()]
    random.shuffle(mixed)  # type: ignore[attr-defined] # hypothesis gives a Random and does not say so
    assert list(cycles(dict(mixed))) == list(cycles(graph))


def test_a_chain_of_100_000_needs_no_recursion() -> None:
    graph = {str(number): (str(number + 1),) for number in range(100_000)}
    assert list(cycles(graph)) == []
    graph["99999"] = ("0",)
    assert [len(circle) for circle in cycles(graph)] == [100_000]
