"""Prints a plan as it is recorded: one resource on a line, without what says the same again and without the time."""

import json
import sys

LEFT_OUT = ("planned_values", "relevant_attributes", "timestamp")


def pretty(value, depth):
    """Objects and lists on lines of their own down to a depth, and the rest on one line."""
    if depth == 0 or not isinstance(value, (dict, list)) or not value:
        return json.dumps(value)
    if isinstance(value, list):
        return "[\n" + ",\n".join(pretty(one, depth - 1) for one in value) + "\n]"
    members = (json.dumps(name) + ": " + pretty(one, depth - 1) for name, one in value.items())
    return "{\n" + ",\n".join(members) + "\n}"


plan = json.load(sys.stdin)
# A plan that only refreshes has no `resource_changes`, of which `planned_values` would be the repetition.
left_out = LEFT_OUT if "resource_changes" in plan else LEFT_OUT[1:]
kept = {name: value for name, value in plan.items() if name not in left_out}
print(pretty(kept, 4))
