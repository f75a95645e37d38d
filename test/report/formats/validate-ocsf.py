"""Holds OCSF Compliance Findings to two foreign models.

Reads findings from standard input, a JSON object on each line. Each is held to the JSON schema of the OCSF version that it
names, with the profiles that it names, and to the model of OCSF 1.5.0 that Prowler keeps: the newest that there is. Prints
a line for each fault; ends with 1 if there is one.
"""

import functools
import json
import sys

from jsonschema import Draft202012Validator
from ocsf_json_schema import OcsfJsonSchemaEmbedded, get_ocsf_schema
from py_ocsf_models.events.findings.compliance_finding import ComplianceFinding
from pydantic import ValidationError


@functools.cache
def validator(version, profiles):
    schemas = OcsfJsonSchemaEmbedded(get_ocsf_schema(version=version))
    name = schemas.lookup_class_name_from_uid(class_uid=2003)
    return Draft202012Validator(schemas.get_class_schema(class_name=name, profiles=list(profiles)))


def faults_of(line):
    finding = json.loads(line)
    # The parser of Python accepts halves of characters; the UTF-8 of other readers has no place for them.
    json.dumps(finding, ensure_ascii=False).encode("utf-8")
    metadata = finding["metadata"]
    for error in validator(metadata["version"], tuple(metadata["profiles"])).iter_errors(finding):
        yield f"schema {metadata['version']}: {error.json_path}: {error.message[:200]}"
    try:
        ComplianceFinding.model_validate(finding)
    except ValidationError as error:
        yield f"model: {error}"


faults = 0
for number, text in enumerate(sys.stdin.buffer.read().decode("utf-8").split("\n")[:-1], 1):
    try:
        for fault in faults_of(text):
            faults += 1
            print(f"line {number}: {fault}")
    except (KeyError, ValueError) as error:
        faults += 1
        print(f"line {number}: {type(error).__name__}: {error}")
sys.exit(1 if faults else 0)
