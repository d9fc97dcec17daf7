"""The state diagram of a procedure, drawn from its declaration: states in a column, moves between them as arcs.

States stand in the order of the declaration, which reads from the first to the last. A move to the next state is
a straight line; a move further down bends out on the right, a move back on the left; moves to the same state flow
together, others that overlap get lanes of their own. Most pictures are as wide as a telephone; a wider one is not
shrunk but scrolled, so that its words stay readable.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from coordination.law.procedure import Process, State

BOX_WIDTH = 208
LINE = 17
PAD = 9
GAP = 26
LANE = 13
SIDE = 16
LEAST_SIDE = 56
FITS = 380
_CHARACTERS = 27  # Latin characters that fit on a line of a box; a Han character takes two


@dataclass(frozen=True, slots=True)
class Node:
    """A state as a box; `lines` are its words, wrapped; `role` is here, passed or plain."""

    id: str
    words: str
    kind: str
    role: str
    x: int
    y: int
    width: int
    height: int
    radius: int
    lines: tuple[TextLine, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of words at its place, centred on x."""

    x: int
    y: int
    words: str


@dataclass(frozen=True, slots=True)
class Edge:
    """A move: the path of its line and of its head, and in words from where to where and by which steps."""

    path: str
    head: str
    start: str
    end: str
    steps: tuple[str, ...]
    is_taken: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """The whole picture in its own units; `edges` in the order of drawing, `moves` the same in that of the states."""

    width: int
    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    moves: tuple[Edge, ...]

    @property
    def is_wide(self) -> bool:
        """Whether the picture is wider than a telephone or a side column: it is scrolled there, not shrunk."""
        return self.width > FITS

    @property
    def view_box(self) -> str:
        """The viewBox attribute."""
        return f"0 0 {self.width} {self.height}"


@dataclass(frozen=True, slots=True)
class _Move:
    """All steps that lead from one state to another, as places in the column."""

    start: int
    end: int
    steps: tuple[str, ...]
    is_taken: bool

    @property
    def is_straight(self) -> bool:
        return self.end == self.start + 1

    @property
    def span(self) -> tuple[int, int]:
        return min(self.start, self.end), max(self.start, self.end)


def state_diagram(
    process: Process, lang: str, *, here: str = "", passed: Sequence[tuple[str, str]] = ()
) -> Diagram:
    """Return the picture of `process`; `here` is the present state, `passed` the moves made, (from, to) each.

    A step that keeps the state is not drawn; steps between the same two states share one line.
    """
    moves = _moves(process, lang, set(passed))
    right = _lanes(move for move in moves if not move.is_straight and move.end > move.start)
    left = _lanes(move for move in moves if move.end < move.start)
    left_width = max(LEAST_SIDE, SIDE + LANE * (1 + max(left.values(), default=0)))
    right_width = max(LEAST_SIDE, SIDE + LANE * (1 + max(right.values(), default=0)))
    been = {state for move in passed for state in move} | ({here} if here else set())
    nodes = _nodes(process.states, lang, left_width, here, been)
    edges = [_edge(move, nodes, right.get(move), left.get(move)) for move in moves]
    return Diagram(
        width=left_width + BOX_WIDTH + right_width,
        height=nodes[-1].y + nodes[-1].height + 2,
        nodes=nodes,
        edges=tuple(sorted(edges, key=lambda edge: edge.is_taken)),
        moves=tuple(edges),
    )


def _moves(process: Process, lang: str, passed: Collection[tuple[str, str]]) -> list[_Move]:
    place = {state.id: index for index, state in enumerate(process.states)}
    steps: dict[tuple[str, str], list[str]] = {}
    for step in process.steps:
        for state in step.from_:
            target = step.target(state)
            if target != state:
                steps.setdefault((state, target), []).append(step.name(lang))
    return [
        _Move(place[start], place[end], tuple(names), (start, end) in passed)
        for (start, end), names in steps.items()
    ]


def _lanes(moves: Iterable[_Move]) -> dict[_Move, int]:
    """Give each move a lane, the shorter ones nearer to the boxes, so that none runs over another.

    Moves to the same state share a lane and flow together: many ways to the same end stay one line.
    """
    bundles: dict[int, list[_Move]] = {}
    for move in moves:
        bundles.setdefault(move.end, []).append(move)
    spans = {end: (min(m.span[0] for m in ms), max(m.span[1] for m in ms)) for end, ms in bundles.items()}
    taken: dict[int, list[tuple[int, int]]] = {}
    lanes: dict[_Move, int] = {}
    for end in sorted(spans, key=lambda end: (spans[end][1] - spans[end][0], spans[end])):
        top, bottom = spans[end]
        lane = 0
        while any(
            top < other_bottom and other_top < bottom for other_top, other_bottom in taken.get(lane, ())
        ):
            lane += 1
        taken.setdefault(lane, []).append((top, bottom))
        lanes |= dict.fromkeys(bundles[end], lane)
    return lanes


def _nodes(states: Sequence[State], lang: str, x: int, here: str, been: Collection[str]) -> tuple[Node, ...]:
    nodes = []
    y = 2
    for state in states:
        lines = _wrapped(state.name(lang))
        height = len(lines) * LINE + 2 * PAD
        nodes.append(
            Node(
                id=state.id,
                words=state.name(lang),
                kind=state.kind,
                role="here" if state.id == here else "passed" if state.id in been else "plain",
                x=x,
                y=y,
                width=BOX_WIDTH,
                height=height,
                radius=height // 2 if state.kind != "normal" else 3,
                lines=tuple(
                    TextLine(x + BOX_WIDTH // 2, y + PAD + LINE * index + 13, words)
                    for index, words in enumerate(lines)
                ),
            )
        )
        y += height + GAP
    return tuple(nodes)


def _edge(move: _Move, nodes: Sequence[Node], right: int | None, left: int | None) -> Edge:
    start, end = nodes[move.start], nodes[move.end]
    if move.is_straight:
        x = start.x + BOX_WIDTH // 2
        path = f"M{x} {start.y + start.height}V{end.y - 6}"
        return Edge(path, f"M{x} {end.y}l-4 -7h8z", start.words, end.words, move.steps, move.is_taken)
    lane = right if right is not None else left or 0
    out = 1 if right is not None else -1
    side = start.x + (BOX_WIDTH if out == 1 else 0)
    bend = side + out * (SIDE + LANE * lane)
    leaves = start.y + start.height // 2 + (5 if out == 1 else -5)
    enters = end.y + end.height // 2 + (-5 if out == 1 else 5)
    down = 1 if enters > leaves else -1
    path = (
        f"M{side} {leaves}H{bend - out * 6}q{out * 6} 0 {out * 6} {down * 6}"
        f"V{enters - down * 6}q0 {down * 6} {-out * 6} {down * 6}H{side + out * 6}"
    )
    return Edge(path, f"M{side} {enters}l{out * 7} -4v8z", start.words, end.words, move.steps, move.is_taken)


def _wrapped(words: str) -> list[str]:
    """Break a state's name into lines that fit the box: between words, or anywhere in Chinese."""
    parts = words.split(" ") if " " in words else list(words)
    joint = " " if " " in words else ""
    lines = [""]
    for part in parts:
        longer = f"{lines[-1]}{joint}{part}" if lines[-1] else part
        if lines[-1] and _width(longer) > _CHARACTERS:
            lines.append(part)
        else:
            lines[-1] = longer
    return lines


def _width(words: str) -> int:
    return sum(2 if ord(character) > 0x2E7F else 1 for character in words)
