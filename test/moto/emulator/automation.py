"""Runs Systems Manager Automation documents step by step, against the services at AWS_ENDPOINT_URL.

    python3 automation.py

Each line of standard input is a JSON object with `document`, `parameters`, `account` and `region`; each answer is one
line with `status`, `failure`, `outputs`, `steps` and `calls`. What the documents here do not use is an error, never
passed over: https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-actions.html
"""

import json
import re
import sys

import boto3
from botocore import xform_name

VARIABLE = re.compile(r"\{\{\s*([\w.:]+)\s*\}\}")
TYPES = {
    "String": str,
    "Boolean": bool,
    "Integer": int,
    "StringList": list,
    "StringMap": dict,
    "MapList": list,
}


class Failed(Exception):
    """A step that failed: the automation ends there, as `onFailure: Abort` has it."""


def check_document(document):
    if document["schemaVersion"] != "0.3":
        raise ValueError("schema version " + document["schemaVersion"])
    known = {"schemaVersion", "description", "assumeRole", "parameters", "outputs", "mainSteps"}
    if set(document) - known:
        raise ValueError("unknown parts: %s" % (set(document) - known))
    names = [step["name"] for step in document["mainSteps"]]
    if len(set(names)) != len(names):
        raise ValueError("two steps have one name")


def values_of(document, given, account, region):
    """The parameters, and what Automation sets itself."""
    values = {"global:ACCOUNT_ID": account, "global:REGION": region}
    parameters = document["parameters"]
    if set(given) - set(parameters):
        raise ValueError("unknown parameters: %s" % (set(given) - set(parameters)))
    for name, parameter in parameters.items():
        if name not in given and "default" not in parameter:
            raise ValueError("parameter %s is required" % name)
        value = given.get(name, parameter.get("default"))
        if not isinstance(value, TYPES[parameter["type"]]):
            raise ValueError("parameter %s is no %s" % (name, parameter["type"]))
        if value not in parameter.get("allowedValues", [value]):
            raise ValueError("parameter %s may not be %s" % (name, value))
        if not re.fullmatch(parameter.get("allowedPattern", ".*"), value):
            raise ValueError("parameter %s does not match its pattern" % name)
        values[name] = value
    return values


def resolve(data, values):
    """Data with variables replaced; one that is a whole text keeps the type of its value."""
    if isinstance(data, dict):
        return {key: resolve(value, values) for key, value in data.items()}
    if isinstance(data, list):
        return [resolve(value, values) for value in data]
    if not isinstance(data, str):
        return data
    whole = VARIABLE.fullmatch(data)
    if whole:
        return values[whole[1]]
    replaced = VARIABLE.sub(lambda found: str(values[found[1]]), data)
    if "{{" in VARIABLE.sub("", data):
        raise ValueError("not a variable: " + data)
    return replaced


def select(selector, data):
    """What `$.A.B` finds."""
    if not selector.startswith("$."):
        raise ValueError("selector " + selector)
    for key in selector[2:].split("."):
        data = data[key]
    return data


def execute_api(inputs):
    inputs = dict(inputs)
    client = boto3.client(inputs.pop("Service"))
    return getattr(client, xform_name(inputs.pop("Api")))(**inputs)


def execute_script(inputs):
    if inputs["Runtime"] != "python3.11":
        raise ValueError("runtime " + inputs["Runtime"])
    scope = {}
    exec(compile(inputs["Script"], "script", "exec"), scope)
    answer = scope[inputs["Handler"]](inputs["InputPayload"], {})
    payload = json.dumps(answer)
    if len(payload) > 100_000:
        raise ValueError("the payload is too large")
    return {"Payload": json.loads(payload)}


def choose(inputs):
    """The step that a branch goes to, or None for the one that follows."""
    for choice in inputs["Choices"]:
        choice = dict(choice)
        step, variable = choice.pop("NextStep"), choice.pop("Variable")
        [(operation, operand)] = choice.items()
        if operation not in ["BooleanEquals", "StringEquals"] or not isinstance(variable, type(operand)):
            raise ValueError("choice %s of %r" % (operation, variable))
        if variable == operand:
            return step
    return inputs.get("Default")


def run(document, values):
    steps = {step["name"]: index for index, step in enumerate(document["mainSteps"])}
    index, done = 0, []
    while index < len(document["mainSteps"]):
        step = document["mainSteps"][index]
        known = {"name", "description", "action", "inputs", "outputs", "isEnd", "nextStep", "timeoutSeconds"}
        if set(step) - known:
            raise ValueError("unknown parts of %s: %s" % (step["name"], set(step) - known))
        done.append(step["name"])
        if step["action"] == "aws:branch":
            target = choose(resolve(step["inputs"], values))
        else:
            # A script is no place for variables: Automation would replace what looks like one.
            if "{{" in step["inputs"].get("Script", ""):
                raise ValueError("a variable in the script of " + step["name"])
            actions = {"aws:executeAwsApi": execute_api, "aws:executeScript": execute_script}
            action = actions[step["action"]]
            try:
                answer = action(resolve(step["inputs"], values))
            except Exception as error:
                raise Failed("%s: %s: %s" % (step["name"], type(error).__name__, error), done) from error
            for output in step.get("outputs", []):
                value = select(output["Selector"], answer)
                if not isinstance(value, TYPES[output["Type"]]):
                    raise ValueError("%s is no %s" % (output["Name"], output["Type"]))
                values["%s.%s" % (step["name"], output["Name"])] = value
            target = step.get("nextStep")
        if step.get("isEnd"):
            break
        index = steps[target] if target else index + 1
    return done


SESSIONS = {}
CALLS = []


def record(params, model, **_):
    CALLS.append([model.service_model.service_name, model.name, json.loads(json.dumps(params))])


def use_region(region):
    """A session is slow to make, since it reads what it knows of each service: one serves all runs of a region."""
    if region not in SESSIONS:
        boto3.setup_default_session(region_name=region)
        boto3.DEFAULT_SESSION.events.register("provide-client-params.*.*", record)
        SESSIONS[region] = boto3.DEFAULT_SESSION
    boto3.DEFAULT_SESSION = SESSIONS[region]


def answer_to(request):
    document = request["document"]
    check_document(document)
    use_region(request["region"])
    values = values_of(document, request["parameters"], request["account"], request["region"])
    try:
        done = run(document, values)
    except Failed as failure:
        return {"status": "Failed", "failure": failure.args[0], "steps": failure.args[1], "outputs": {}}
    outputs = {name: values[name] for name in document["outputs"]}
    return {"status": "Success", "failure": "", "steps": done, "outputs": outputs}


for line in sys.stdin:
    CALLS.clear()
    try:
        answer = answer_to(json.loads(line))
    except Exception as error:
        answer = {"status": "Invalid", "failure": "%s: %s" % (type(error).__name__, error), "steps": [], "outputs": {}}
    print(json.dumps({**answer, "calls": CALLS}), flush=True)
