import { ListRulesCommand, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';

import { parseArn } from '../arn.ts';
import type { EventRule, EventRuleTarget } from '../resources.ts';
import type { AccountAccess } from './client/access.ts';
import { isNotFound } from './client/failures.ts';
import { omitUndefined, unlessEmpty } from './client/omit-undefined.ts';
import type { PagedList } from './client/paging.ts';
import { readAllPages, readPages } from './client/paging.ts';

/**
 * Every rule of an event bus, in pages of 100, asked in the region of the bus.
 *
 * @param maxPages - the most pages that are read; all without it
 * @returns `null` if there is no such bus, and nothing if it has more pages than may be read
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListRules.html
 */
export async function readEventRules(
  access: AccountAccess,
  eventBusArn: string,
  region: string,
): Promise<readonly EventRule[] | null>;
export async function readEventRules(
  access: AccountAccess,
  eventBusArn: string,
  region: string,
  maxPages: number,
): Promise<readonly EventRule[] | null | undefined>;
export async function readEventRules(
  { clients, call }: AccountAccess,
  eventBusArn: string,
  region: string,
  maxPages?: number,
): Promise<readonly EventRule[] | null | undefined> {
  try {
    const list: PagedList<'ListRules', EventRule> = {
      call,
      operation: 'ListRules',
      region,
      send: (NextToken, options) => {
        const input = { EventBusName: busName(eventBusArn), ...omitUndefined({ NextToken }) };
        return clients.eventBridge(region).send(new ListRulesCommand(input), options);
      },
      itemsOf: ({ Rules }) =>
        Rules.map(({ Name, State, EventPattern }) => ({
          name: Name,
          state: State,
          ...omitUndefined({ eventPattern: unlessEmpty(EventPattern) }),
        })),
    };
    return await (maxPages === undefined ? readAllPages(list) : readPages(list, maxPages));
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * Every target of a rule, in pages of 100, asked in the region of its bus.
 *
 * @returns `null` if there is no such rule
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListTargetsByRule.html
 */
export async function readEventRuleTargets(
  { clients, call }: AccountAccess,
  { eventBusArn, ruleName }: { readonly eventBusArn: string; readonly ruleName: string },
  region: string,
): Promise<readonly EventRuleTarget[] | null> {
  try {
    return await readAllPages({
      call,
      operation: 'ListTargetsByRule',
      region,
      send: (NextToken, options) => {
        const input = { EventBusName: busName(eventBusArn), Rule: ruleName, ...omitUndefined({ NextToken }) };
        return clients.eventBridge(region).send(new ListTargetsByRuleCommand(input), options);
      },
      itemsOf: ({ Targets }) =>
        Targets.map(({ Id, Arn, RoleArn }) => ({
          id: Id,
          arn: Arn,
          ...omitUndefined({ roleArn: unlessEmpty(RoleArn) }),
        })),
    });
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

/**
 * The name of a bus. The clients are those of its account and region, and the emulator moto knows names only.
 */
function busName(eventBusArn: string): string {
  return parseArn(eventBusArn)?.resource.replace(/^event-bus\//, '') ?? eventBusArn;
}
