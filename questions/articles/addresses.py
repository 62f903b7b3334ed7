"""Which network addresses may be fetched from: those of the public internet, and no other.

The registries are RFC 6890 (special-purpose addresses) and its updates, as Python knows them,
narrowed: an address that carries another one inside (IPv4-mapped, NAT64, 6to4, Teredo) or that
names a group of hosts leads to where nobody looked, so none of those is let through.
"""

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

_UNICAST: Final = IPv6Network("2000::/3")
"""Where every public IPv6 host lives (RFC 4291, section 2.4, as assigned)."""
_CLOSED: Final = tuple(
    ip_network(block)
    for block in (
        "192.0.0.0/24",  # protocol assignments
        "192.88.99.0/24",  # relays of 6to4
        "2001::/23",  # protocol assignments, Teredo among them
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)


def is_public(address: str) -> bool:
    """Whether an address, written in digits, is that of one host on the public internet.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("64:ff9b::a00:1")
    (True, False, False)
    """
    try:
        known = ip_address(address)
    except ValueError:
        return False
    if isinstance(known, IPv6Address) and (known not in _UNICAST or known.scope_id):
        return False
    return _is_open(known)


def _is_open(known: IPv4Address | IPv6Address) -> bool:
    closed = known.is_multicast or known.is_reserved or any(known in block for block in _CLOSED)
    return known.is_global and not closed
