"""Says what a person must do: only a person can subscribe, confirm, and see whether a test notification arrives."""

import boto3
from botocore.config import Config
from botocore.exceptions import ClientError


def report(events, context):
    """The steps that are left. `events` has Added, AlarmName, TopicArn and Region."""
    topic = events["TopicArn"]
    settings = Config(region_name=events["Region"], retries=dict(mode="standard", max_attempts=8))
    steps = ["Added: %s." % events["Added"]]
    try:
        pages = boto3.client("sns", config=settings).get_paginator("list_subscriptions_by_topic").paginate(TopicArn=topic)
        arns = [one["SubscriptionArn"] for page in pages for one in page["Subscriptions"]]
    except ClientError as error:
        steps.append("Look who is subscribed to %s: %s." % (topic, error.response["Error"]["Code"]))
    else:
        waiting = arns.count("PendingConfirmation")
        if waiting:
            steps.append("Let the subscribers of %s confirm: %d did not yet." % (topic, waiting))
        if not any(arn.startswith("arn:") for arn in arns):
            command = "aws sns subscribe --topic-arn %s --protocol email --notification-endpoint ADDRESS --region %s"
            steps.append("Subscribe a person, who must confirm: " + command % (topic, events["Region"]))
    command = "aws cloudwatch set-alarm-state --alarm-name %s --state-value ALARM --state-reason Test --region %s"
    steps.append("Send a test notification: " + command % (events["AlarmName"], events["Region"]))
    steps.append("Then let AWS Config evaluate the rule again. The annotation names what is still missing.")
    return dict(NextSteps=steps)
