"""Who it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from twofold.views.public.extras import added_facts
from twofold.views.public.parts import brief, told

if TYPE_CHECKING:
    from collections.abc import Iterable

    from twofold.audience.published import PublishedLink, PublishedPersona
    from twofold.model import PersonaId
    from twofold.views.public.parts import Fact, Named, Text, Told
    from twofold.views.public.shelf import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A persona in a list."""

    name: Named
    role: str
    text: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleView:
    """The page of all personas."""

    template = "public/people.html"

    title: str
    lead: str
    people: tuple[Person, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonView:
    """The page of a persona."""

    template = "public/person.html"

    title: str
    role: str
    about: Text | None
    told: tuple[Told, ...]
    facts: tuple[Fact, ...]
    links: tuple[PublishedLink, ...]


def people_view(shelf: Shelf) -> PeopleView:
    """Gather the page of all personas."""
    return PeopleView(
        title=shelf.words.people,
        lead=shelf.words.people_lead,
        people=people(shelf),
    )


def people(shelf: Shelf, *, of: Iterable[PublishedPersona] | None = None) -> tuple[Person, ...]:
    """Personas, all or some, by name."""
    personas = shelf.plan.personas.values() if of is None else of
    return tuple(
        Person(name=shelf.persona(one.id), role=one.role or "", text=brief(one))
        for one in sorted(personas, key=lambda one: (one.name.casefold(), one.id))
    )


def person_view(shelf: Shelf, id: PersonaId) -> PersonView:
    """Gather the page of a persona."""
    one = shelf.plan.personas[id]
    return PersonView(
        title=one.name,
        role=one.role or "",
        about=brief(one),
        told=told(one),
        facts=added_facts(shelf, one),
        links=one.links,
    )
