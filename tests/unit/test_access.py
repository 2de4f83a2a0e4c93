"""Who gets a record on disk, and who is a guest."""

import pytest

from bodymap.ui.access import Access, decide

HERE = {"Host": "localhost:8501", "Origin": "http://localhost:8501"}


@pytest.mark.parametrize("address", ["127.0.0.1", "localhost", "::1", "127.0.0.53"])
def test_a_server_only_this_computer_can_reach_keeps_a_private_record(address):
    assert decide(server_address=address, headers=HERE, client_ip=None) is Access.LOCAL


@pytest.mark.parametrize("address", [None, "", "0.0.0.0", "::", "192.168.1.5", "clinic.example"])
def test_a_server_that_others_can_reach_is_guest_mode(address):
    assert decide(server_address=address, headers=HERE, client_ip=None) is Access.GUEST


@pytest.mark.parametrize(
    "sign",
    [
        {"X-Forwarded-For": "10.0.0.7"},
        {"x-forwarded-host": "clinic.example"},
        {"Forwarded": "for=10.0.0.7"},
        {"Via": "1.1 proxy"},
        {"Host": "clinic.example"},
        {"Origin": "https://clinic.example"},
        {"Origin": "null"},
    ],
)
def test_a_proxy_on_this_computer_is_guest_mode(sign):
    assert decide(server_address="127.0.0.1", headers=HERE | sign, client_ip=None) is Access.GUEST


def test_a_visitor_from_another_address_is_a_guest():
    assert decide(server_address="127.0.0.1", headers=HERE, client_ip="10.0.0.7") is Access.GUEST


def test_a_visitor_from_this_computer_is_local():
    assert decide(server_address="127.0.0.1", headers=HERE, client_ip="127.0.0.1") is Access.LOCAL
