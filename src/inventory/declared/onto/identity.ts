import { alarmArn, eventBusArn, logGroupArn, topicArn, trailArn } from '../arns.ts';
import type { Declaration } from '../declaration.ts';
import { isUnknown } from '../value.ts';

/**
 * What a thing is called among all things of an account: its kind and its ARN, and for a metric filter the ARN of its log
 * group and its name.
 *
 * @returns nothing where the file does not say it
 */
export function identityOf(declaration: Declaration): string | undefined {
  switch (declaration.kind) {
    case 'trail':
      return `trail ${trailArn(declaration, declaration.name)}`;
    case 'log-group':
      return `log-group ${logGroupArn(declaration, declaration.name)}`;
    case 'log-transformer':
      return undefined;
    case 'metric-filter': {
      const { logGroupName, name } = declaration;
      return isUnknown(logGroupName) ? undefined : `metric-filter ${logGroupArn(declaration, logGroupName)} ${name}`;
    }
    case 'metric-alarm':
    case 'composite-alarm':
    case 'log-alarm':
      return `alarm ${alarmArn(declaration, declaration.name)}`;
    case 'mute-rule':
      return `mute-rule ${declaration.accountId} ${declaration.region} ${declaration.name}`;
    case 'event-bus':
      return `event-bus ${eventBusArn(declaration, declaration.name)}`;
    case 'event-rule':
      return isUnknown(declaration.eventBusArn)
        ? undefined
        : `event-rule ${declaration.eventBusArn} ${declaration.name}`;
    case 'event-target': {
      const { eventBusArn: bus, ruleName, id } = declaration;
      return isUnknown(bus) || isUnknown(ruleName) ? undefined : `event-target ${bus} ${ruleName} ${id}`;
    }
    case 'opaque':
      return undefined;
    case 'topic':
      return `topic ${topicArn(declaration, declaration.name)}`;
    case 'topic-policy':
      return isUnknown(declaration.topicArn) ? undefined : `topic-policy ${declaration.topicArn}`;
    case 'subscription':
      return declaration.subscriptionArn === undefined ? undefined : `subscription ${declaration.subscriptionArn}`;
    case 'key':
      return `key ${declaration.keyArn}`;
    case 'key-policy':
      return isUnknown(declaration.keyArn) ? undefined : `key-policy ${declaration.keyArn}`;
    case 'key-alias':
      return `key-alias ${declaration.accountId} ${declaration.region} ${declaration.name}`;
  }
}
