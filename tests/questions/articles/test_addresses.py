import pytest
from hypothesis import given
from hypothesis import strategies as st

from questions.articles.addresses import is_public


@pytest.mark.parametrize(
    "address",
    ["8.8.8.8", "93.184.215.14", "172.32.0.1", "2606:4700:4700::1111", "2a00:1450:4001:80b::200e"],
)
def test_a_host_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address",
    [
        "0.0.0.0",  # this host
        "10.1.2.3",  # RFC 1918
        "100.64.0.1",  # carriers' own, RFC 6598
        "127.0.0.1",
        "127.8.8.8",
        "169.254.169.254",  # link-local: where clouds tell their secrets
        "172.16.0.1",
        "192.0.0.9",
        "192.0.2.1",  # documentation
        "192.88.99.1",  # 6to4 relays
        "192.168.1.1",
        "198.18.0.1",  # benchmarks
        "224.0.0.1",  # multicast
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:127.0.0.1",  # IPv4-mapped
        "::ffff:8.8.8.8",
        "::127.0.0.1",
        "64:ff9b::7f00:1",  # NAT64
        "64:ff9b:1::1",
        "100::1",  # discard
        "2001::1",  # Teredo
        "2001:db8::1",  # documentation
        "2002:7f00:1::",  # 6to4 of 127.0.0.1
        "3fff::1",  # documentation
        "5f00::1",
        "fc00::1",
        "fd00:ec2::254",
        "fe80::1",
        "fe80::1%eth0",
        "2606:4700:4700::1111%eth0",
        "fec0::1",
        "ff02::1",
        "ff0e::1",  # multicast of global scope
        "localhost",
        "2130706433",
        "0x7f.1",
        "",
    ],
)
def test_any_other_address_is_not(address: str) -> None:
    assert not is_public(address)


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_is_let_in_by_putting_it_into_an_ipv6_one(address: object) -> None:
    assert not is_public(f"::ffff:{address}")
    assert not is_public(f"64:ff9b::{address}")


@given(st.ip_addresses())
def test_what_is_public_is_global_too(address: object) -> None:
    if is_public(str(address)):
        assert address.is_global  # type: ignore[attr-defined]
        assert not address.is_multicast  # type: ignore[attr-defined]
