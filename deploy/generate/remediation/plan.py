"""Finds out what of a chain is missing: a metric filter on the log group of a trail, an alarm on its metric, a topic.

It only reads. What it cannot be sure of counts as missing where something can be added, and ends the run with the
reason where nothing can. It compares filter patterns as texts, with the texts that the publishers of a control print:
a filter that says the same in other words gets a second one next to it, and never a wrong "nothing is missing".
"""

import json

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError

CONTROLS = json.loads(CONTROLS_TEXT)
NAMESPACE = "CloudTrailMetrics"
TOPIC = "cloudtrail-alarms"
# What a setting of an alarm must be for the alarm to fire on one event. Anything else is left to a person to judge.
GOOD_ALARM = {
    "ActionsEnabled": [True],
    "ComparisonOperator": ["GreaterThanOrEqualToThreshold"],
    "DatapointsToAlarm": [None, 1],
    "Dimensions": [None, []],
    "EvaluationPeriods": [1],
    "Period": [60, 300],
    "Statistic": ["Sum"],
    "Threshold": [1],
    "TreatMissingData": ["notBreaching"],
}
# What says nothing about whether an alarm fires.
BESIDES = [
    "AlarmActions AlarmArn AlarmConfigurationUpdatedTimestamp AlarmDescription AlarmName InsufficientDataActions",
    "EvaluationState MetricName Namespace OKActions StateReason StateReasonData StateTransitionedTimestamp",
    "StateUpdatedTimestamp StateValue",
]
# Settings with which an alarm may not fire, or a filter may not see every event. What AWS adds to its answers in time is
# in neither list: it rules out what somebody else made, and not what a run of this document made, which would then be
# made again by every run.
BAD_ALARM = ["EvaluationCriteria", "EvaluationWindow", "ExtendedStatistic", "Metrics", "ThresholdMetricId", "Unit"]
BAD_FILTER = ["applyOnTransformedLogs", "emitSystemFieldDimensions", "fieldSelectionCriteria"]
PLAIN_FILTER = ["creationTime", "filterName", "filterPattern", "logGroupName", "metricTransformations"]


class Cannot(Exception):
    """Why nothing can be added, in words for a person."""


def plan(events, context):
    """What to add, and under which names. `events` has ControlId, TopicArn, AccountId and Region."""
    control = CONTROLS[events["ControlId"]]
    account = Account(events["AccountId"], events["Region"])
    trails = find_trails(account, control)
    partition = trails[0][0].split(":")[1]
    fitting = [(group, one) for _, group in trails for one in account.filters(logGroupName=group)]
    fitting = [(group, one) for group, one in fitting if fits(account, control, one)]
    for group, one in fitting:
        alarm, topic = find_alarm(account, control, one["metricTransformations"][0])
        if alarm:
            return result(control, group, one, alarm, topic, [])
    topic, topic_is_missing = choose_topic(account, partition, events["TopicArn"])
    missing = ["alarm"] + (["topic"] if topic_is_missing else []) + ([] if fitting else ["filter"])
    group, found = fitting[0] if fitting else (trails[0][1], new_filter(account, control, trails[0][1]))
    return result(control, group, found, free(control["name"], account.has_alarm), topic, missing)


def result(control, group, found, alarm, topic, missing):
    transformation = found["metricTransformations"][0]
    return dict(
        LogGroupName=group,
        FilterName=found["filterName"],
        FilterPattern=found["filterPattern"],
        MetricNamespace=transformation["metricNamespace"],
        MetricName=transformation["metricName"],
        AlarmName=alarm,
        AlarmDescription="%s: %s. Watches %s." % (control["id"], control["title"], group),
        TopicArn=topic,
        TopicName=topic.split(":")[-1],
        IsFilterMissing="filter" in missing,
        IsTopicMissing="topic" in missing,
        IsAlarmMissing="alarm" in missing,
        Added=", ".join(sorted(missing)) or "nothing",
    )


class Account:
    """What is read of the account, in the region of the run."""

    def __init__(self, id, region):
        self.id = id
        self.region = region
        settings = Config(region_name=region, retries=dict(mode="standard", max_attempts=8))
        services = ["cloudtrail", "cloudwatch", "logs", "sns"]
        self.cloudtrail, self.cloudwatch, self.logs, self.sns = [boto3.client(one, config=settings) for one in services]

    def filters(self, **of):
        pages = self.logs.get_paginator("describe_metric_filters").paginate(**of)
        return [one for page in pages for one in page["metricFilters"]]

    def has_alarm(self, name):
        found = self.cloudwatch.describe_alarms(AlarmNames=[name], AlarmTypes=["MetricAlarm", "CompositeAlarm"])
        return bool(found.get("MetricAlarms") or found.get("CompositeAlarms"))


def find_trails(account, control):
    """The trails that certainly send the events of the control to a log group here, with that group's name."""
    trails = account.cloudtrail.describe_trails(includeShadowTrails=True)["trailList"]
    found, problems = [], []
    for trail in sorted(trails, key=lambda one: one["TrailARN"]):
        try:
            problem = problem_of(account, control, trail)
        except ClientError as error:
            problem = "cannot be read: %s" % error.response["Error"]["Code"]
        if problem is None:
            found.append((trail["TrailARN"], name_of_group(trail["CloudWatchLogsLogGroupArn"])))
        else:
            problems.append("trail %s %s" % (trail["Name"], problem))
    if not found:
        raise Cannot("Nothing was added: " + ("; ".join(problems) or "the account has no trail, so create one") + ".")
    return found


def name_of_group(arn):
    return arn.split(":log-group:")[1].split(":")[0]


def problem_of(account, control, trail):
    arn = trail["TrailARN"]
    owner = arn.split(":")[4]
    if owner != account.id:
        return "belongs to account %s: run the remediation there" % owner
    if trail.get("HomeRegion") != account.region:
        return "has its home region in %s: run the remediation there" % trail.get("HomeRegion")
    group = trail.get("CloudWatchLogsLogGroupArn", "")
    if not group:
        return "sends its events to no log group: give it one"
    if not group.split(":log-group:")[0].endswith(":logs:%s:%s" % (account.region, account.id)):
        return "sends its events to a log group elsewhere: run the remediation there"
    if trail.get("IsMultiRegionTrail") is not True:
        if control["everyRegion"] or account.region != "us-east-1" or trail.get("IncludeGlobalServiceEvents") is not True:
            return "does not record all regions: let it"
    status = account.cloudtrail.get_trail_status(Name=arn)
    if status.get("IsLogging") is not True:
        return "is not logging: start it"
    if status.get("LatestCloudWatchLogsDeliveryError"):
        return "cannot deliver to its log group: %s" % status["LatestCloudWatchLogsDeliveryError"]
    if not records(control, account.cloudtrail.get_event_selectors(TrailName=arn)):
        return "may not record the events, by its event selectors: let it record all management events"
    name = name_of_group(group)
    pages = account.logs.get_paginator("describe_log_groups").paginate(logGroupNamePrefix=name)
    groups = [one for page in pages for one in page["logGroups"] if one["logGroupName"] == name]
    if not groups:
        return "sends its events to log group %s, which does not exist: create it, or give the trail another" % name
    if groups[0].get("logGroupClass") != "STANDARD":
        return "sends its events to log group %s, which is not known to be of the standard class" % name
    return None


def records(control, selectors):
    """Whether one selector certainly lets every event of the control through."""
    for one in selectors.get("EventSelectors") or []:
        kinds = ["All", "WriteOnly"] if control["writesOnly"] else ["All"]
        excluded = one.get("ExcludeManagementEventSources") or []
        if one.get("IncludeManagementEvents") is True and one.get("ReadWriteType") in kinds:
            if not excluded or (control["source"] and control["source"] not in excluded):
                return True
    for one in selectors.get("AdvancedEventSelectors") or []:
        fields = [(field["Field"], [key for key in field if key != "Field"], field) for field in one["FieldSelectors"]]
        has_category = any(name == "eventCategory" for name, _, _ in fields)
        if has_category and all(lets_through(control, *field) for field in fields):
            return True
    return False


def lets_through(control, name, operators, field):
    if name == "eventCategory":
        return operators == ["Equals"] and field["Equals"] == ["Management"]
    if name == "readOnly":
        return operators == ["Equals"] and field["Equals"] == ["false"] and control["writesOnly"]
    if name == "eventSource" and control["source"]:
        return operators == ["NotEquals"] and control["source"] not in field["NotEquals"]
    return False


def fits(account, control, one):
    """Whether a filter has a published text and plain settings, and is alone in publishing to its metric."""
    is_ours = made_here(control, one["filterName"])
    if not has_only(one, PLAIN_FILTER, BAD_FILTER, is_ours):
        return False
    if one["filterPattern"] not in control["patterns"] or len(one["metricTransformations"]) != 1:
        return False
    transformation = one["metricTransformations"][0]
    if transformation["metricValue"] != "1" or transformation.get("dimensions") or transformation.get("defaultValue"):
        return False
    metric = dict(metricNamespace=transformation["metricNamespace"], metricName=transformation["metricName"])
    return len(account.filters(**metric)) == 1


def find_alarm(account, control, transformation):
    """The name of an alarm that fires on one event and reaches a topic, and the topic's ARN."""
    metric = dict(Namespace=transformation["metricNamespace"], MetricName=transformation["metricName"])
    alarms = account.cloudwatch.describe_alarms_for_metric(**metric)["MetricAlarms"]
    for alarm in sorted(alarms, key=lambda one: one["AlarmName"]):
        if any(alarm.get(key) not in values for key, values in GOOD_ALARM.items()):
            continue
        known = list(GOOD_ALARM) + " ".join(BESIDES).split()
        if not has_only(alarm, known, BAD_ALARM, made_here(control, alarm["AlarmName"])):
            continue
        for action in alarm.get("AlarmActions") or []:
            if ":sns:" in action and topic_problem(account, action) is None:
                return alarm["AlarmName"], action
    return None, None


def made_here(control, name):
    """Whether a name is one that a run of this document gives."""
    return name == control["name"] or (name[:-1] == control["name"] + "-" and name[-1:].isdigit())


def has_only(data, known, bad, is_ours):
    """Whether nothing is set but what is known to be harmless."""
    set_keys = [key for key, value in data.items() if value not in [None, False, "", [], dict()]]
    return not any(key in bad or (key not in known and not is_ours) for key in set_keys)


def new_filter(account, control, group):
    taken = [one["filterName"] for one in account.filters(logGroupName=group)]

    def is_taken(name):
        return name in taken or bool(account.filters(metricNamespace=NAMESPACE, metricName=name))

    name = free(control["name"], is_taken)
    transformation = dict(metricNamespace=NAMESPACE, metricName=name, metricValue="1")
    return dict(filterName=name, filterPattern=control["patterns"][0], metricTransformations=[transformation])


def choose_topic(account, partition, chosen):
    """The ARN of the topic to notify, and whether it is missing."""
    if chosen:
        problem = topic_problem(account, chosen)
        if problem:
            raise Cannot("Nothing was added. Topic %s %s." % (chosen, problem))
        return chosen, False
    for number in range(1, 10):
        name = TOPIC if number == 1 else "%s-%d" % (TOPIC, number)
        arn = "arn:%s:sns:%s:%s:%s" % (partition, account.region, account.id, name)
        problem = topic_problem(account, arn)
        if problem is None or problem == "does not exist":
            return arn, problem is not None
    raise Cannot("Nothing was added. No topic named %s can be used: choose one with TopicArn." % TOPIC)


def topic_problem(account, arn):
    """Why alarms of this account may not reach a topic, or None if they certainly do."""
    if arn.split(":")[3] != account.region:
        return "is in another region than the alarm"
    try:
        attributes = account.sns.get_topic_attributes(TopicArn=arn)["Attributes"]
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return "does not exist" if code in ["NotFound", "NotFoundException"] else "cannot be read: %s" % code
    if arn.endswith(".fifo") or attributes.get("FifoTopic") == "true":
        return "is a FIFO topic, which an alarm cannot notify by e-mail"
    if attributes.get("KmsMasterKeyId"):
        return "is encrypted, and this run does not look at keys"
    if not lets_alarms_publish(json.loads(attributes.get("Policy") or "{}"), arn, account):
        return "has a policy that is not known to let CloudWatch publish"
    return None


def lets_alarms_publish(policy, arn, account):
    statements = as_list(policy.get("Statement"))
    if any(one.get("Effect") != "Allow" for one in statements):
        return False
    return any(lets_publish(one, arn, account) for one in statements)


def lets_publish(one, arn, account):
    """Knows two statements: the one of a new topic, and the one that AWS documents for alarms."""
    actions = [str(action).lower() for action in as_list(one.get("Action"))]
    if not set(actions) & set(["sns:publish", "sns:*", "*"]) or arn not in as_list(one.get("Resource")):
        return False
    principal = one.get("Principal")
    conditions = [
        (operator, key.lower(), as_list(value))
        for operator, keys in (one.get("Condition") or dict()).items()
        for key, value in keys.items()
    ]
    if principal in ["*", dict(AWS="*")]:
        return conditions in [[], [("StringEquals", "aws:sourceowner", [account.id])]]
    if not isinstance(principal, dict) or "cloudwatch.amazonaws.com" not in as_list(principal.get("Service")):
        return False
    prefix = "arn:%s:cloudwatch:%s:%s:alarm:*" % (arn.split(":")[1], account.region, account.id)
    known = [("ArnLike", "aws:sourcearn", [prefix]), ("StringEquals", "aws:sourceaccount", [account.id])]
    return all(one in known for one in conditions)


def as_list(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def free(name, is_taken):
    """The name, or the first of name-2 to name-9 that nothing has: CloudWatch overwrites what has the same name."""
    for candidate in [name] + ["%s-%d" % (name, number) for number in range(2, 10)]:
        if not is_taken(candidate):
            return candidate
    raise Cannot("Nothing was added. Every name from %s to %s-9 is taken." % (name, name))
