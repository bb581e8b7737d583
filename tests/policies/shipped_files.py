"""The shipped files and the texts that the councils published, as the tests read them."""

import tomllib
from pathlib import Path

from services.policies import shipped

PUBLISHED = Path(__file__).parent / "published"
TEXTS = {policy.council: policy.text for policy in shipped()}
FILES = {council: tomllib.loads(text.decode()) for council, text in TEXTS.items()}
COUNCILS = sorted(FILES)
ASHFIELD, NORTH_NORTHAMPTONSHIRE = COUNCILS
