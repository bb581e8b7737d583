"""Policy files: whether one is sound, which ones are shipped, and what one says in plain words."""

from services.policies.checking import faults
from services.policies.fault import PolicyFault
from services.policies.plain_words.page import explain
from services.policies.shipped import ShippedPolicy, shipped

__all__ = ["PolicyFault", "ShippedPolicy", "explain", "faults", "shipped"]
