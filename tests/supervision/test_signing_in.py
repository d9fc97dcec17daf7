"""Signing in to a demonstration: its people by role, in with one click; elsewhere nobody is offered or let in."""

from __future__ import annotations

from io import StringIO

import pytest
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from coordination.models import User
from supervision.demo import people, signins

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cast() -> None:
    people.load(hashed="!")
    User.objects.update(password=make_password(people.PASSWORD))


@pytest.fixture
def demo(settings: Settings) -> None:
    settings.DEMO = True


def test_people_are_offered_by_role_in_a_demonstration(demo: None, client: Client) -> None:
    page = client.get("/sign-in/").content.decode()

    assert [role.id for role in signins.offered()][:3] == ["investigator", "police_legal", "police_chief"]
    assert page.count('name="person"') == sum(len(role.people) for role in signins.offered())
    assert 'value="shen.yanqiu"' in page
    assert "investigator2.dukou" not in page
    assert people.PASSWORD not in page


def test_terminal_names_roles_by_their_titles(demo: None) -> None:
    out = StringIO()

    call_command("demo", signins=True, stdout=out)

    lines = out.getvalue().splitlines()
    assert lines[0] == f"Demo sign-ins (password for all: {people.PASSWORD})"
    (legal,) = [line for line in lines if "fang.shuning (方叔宁)" in line]
    assert legal.split("  ")[1] == "police legal department"


def test_one_click_signs_in_and_goes_where_the_visitor_wanted(demo: None, client: Client) -> None:
    answer = client.post("/sign-in/", {"person": "gu.nanqiao", "next": "/areas/"})

    assert answer.status_code == 302
    assert answer["Location"] == "/areas/"
    assert client.session["_auth_user_id"] == str(User.objects.get(login="gu.nanqiao").pk)


def test_somebody_outside_the_cast_is_not_let_in(demo: None, client: Client) -> None:
    User.objects.create_user("operator", "值班管理员", people.PASSWORD)

    answer = client.post("/sign-in/", {"person": "operator"})

    assert answer.status_code == 200
    assert "_auth_user_id" not in client.session


def test_a_person_whose_password_was_changed_is_not_let_in(demo: None, client: Client) -> None:
    changed = User.objects.get(login="gu.nanqiao")
    changed.set_password("another one")
    changed.save(update_fields=["password"])

    client.post("/sign-in/", {"person": "gu.nanqiao"})

    assert "_auth_user_id" not in client.session


def test_outside_of_a_demonstration_nobody_is_offered_or_let_in(client: Client, settings: Settings) -> None:
    settings.DEMO = False

    page = client.get("/sign-in/").content.decode()
    client.post("/sign-in/", {"person": "gu.nanqiao"})

    assert 'name="person"' not in page
    assert "_auth_user_id" not in client.session
