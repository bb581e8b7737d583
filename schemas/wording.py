"""What a schema asks and what a value fails, in plain words."""

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jsonschema import ValidationError

_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a number",
    float: "a number",
    list: "a list",
    dict: "an object",
    type(None): "null",
}
_FORMS = {
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}$": "a date such as 2025-03-03",
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T": "a date and time with its offset: 2025-03-03T10:15:00+00:00",
    "^[0-9a-fA-F]{8}": "a uuid such as 3e0c9a52-3f4d-4a57-9d0c-3b8c2f1f6a11",
    "^[a-z][a-z0-9_]*$": "a word in lower case, such as abusive_threatening",
    "^[a-z][a-z0-9_.-]*$": "a platform in lower case, such as facebook",
    "^[a-z][a-z0-9_.-]*(:": "a channel of the council, such as facebook or facebook:parks",
    "^[0-9a-f]{64}$": "64 digits and letters a to f",
    "^[0-9]+\\.[0-9]+$": "a duty's id, such as 5.1",
    "^[A-Z0-9]+(-[A-Z0-9]+)+/": "an incident of another case, such as ASH-7KQ2-M9XA/2",
}


def wanted_by(schema: dict[str, Any]) -> str:
    """What the schema of one field asks for."""
    if "enum" in schema:
        choices = ["true" if choice is True else str(choice) for choice in schema["enum"]]
        return choices[0] if len(choices) == 1 else "one of: " + ", ".join(choices)
    if "anyOf" in schema and "type" not in schema:
        return ", or ".join(wanted_by(branch) for branch in schema["anyOf"])
    match schema.get("type"):
        case "integer":
            return f"a whole number, {schema.get('minimum', 0)} or more"
        case "boolean":
            return "true or false"
        case "array":
            return "a list; in it: " + wanted_by(schema.get("items", {}))
        case "object":
            fields = ", ".join(_first_fields(schema))
            return f"an object with {fields}" if fields else schema.get("description", "an object")
        case "string":
            return _text_wanted(schema)
    return str(schema.get("description", "a value"))


def problem_of(error: "ValidationError") -> str:
    """What is wrong with the value, shown as far as that helps."""
    value: Any = error.instance
    limit: Any = error.validator_value
    match error.validator:
        case "type":
            return f"is {_KINDS.get(type(value), 'something else')}"
        case "minLength" | "minItems" | "minProperties":
            return "is empty"
        case "maxLength":
            return f"is too long: {len(value)} characters, at most {limit}"
        case "minimum":
            return f"is too small: {value}"
        case "uniqueItems":
            return "names the same thing twice"
        case "enum":
            return f"is {_shown(value)}, which is no choice here"
    return f"is {_shown(value)}"


def _text_wanted(schema: dict[str, Any]) -> str:
    pattern = schema.get("pattern", "")
    if not pattern:
        return f"text of 1 to {schema.get('maxLength')} characters"
    forms = (form for start, form in _FORMS.items() if pattern.startswith(start))
    return next(forms, f"{schema.get('description', 'text')} ({pattern})")


def _first_fields(schema: dict[str, Any]) -> list[str]:
    return schema.get("required") or list(schema.get("properties", {}))


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=repr)
    return text if len(text) <= 60 else text[:59] + "…"
