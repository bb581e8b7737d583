"""Who holds which role."""

from typing import NotRequired, TypedDict

# Names and fields are stored history: add to them, never rename or remove.


_RoleGrantedFrom = TypedDict("_RoleGrantedFrom", {"from": NotRequired[str]})


class RoleGranted(_RoleGrantedFrom):
    """A member of staff was given a role from a day on."""

    staff: str
    role: str
    until: NotRequired[str]
    name: NotRequired[str]
    deputy_for: NotRequired[str]


class RoleEnded(TypedDict):
    """A role that a member of staff held was ended."""

    staff: str
    role: str
    until: str
