import { bareLogGroupArn } from '../../arn.ts';
import { eventSelectorsKey, trailStatusKey, trailsKey } from '../../part-keys.ts';
import type { Trail } from '../../resources.ts';
import { trailArn } from '../arns.ts';
import type { Collected } from './collected.ts';
import { declared, markIncomplete, markUncertain, present } from './collected.ts';
import type { DeclarationOf, DeclaredAccount } from '../declaration.ts';
import { firstUnknown, isUnknown, unknown } from '../value.ts';

/** The trails, with their status and selectors. */
export function collectTrails(account: DeclaredAccount, collected: Collected): void {
  const trails: Trail[] = [];
  const declarations = declared(account, 'trail');
  let own = 0;
  for (const declaration of declarations) {
    const arn = trailArn(declaration, declaration.name);
    if (declaration.accountId !== account.accountId) {
      // A trail of another account is seen here if it is that of an organization of which this account is a member.
      const isForOthers = declaration.isOrganizationTrail;
      if (isForOthers !== false) {
        const why = `whether ${arn} is the trail of the organization of account ${account.accountId}`;
        markUncertain(collected, trailsKey, isUnknown(isForOthers) ? isForOthers : unknown(why));
      }
      continue;
    }
    own += 1;
    const doubt = firstUnknown([
      declaration.isMultiRegionTrail,
      declaration.isOrganizationTrail,
      declaration.includeGlobalServiceEvents,
      declaration.logGroupArn,
    ]);
    collected.places.set(arn, declaration.place);
    if (doubt !== undefined) {
      markUncertain(collected, trailsKey, doubt);
      continue;
    }
    const trail: Trail = {
      trailArn: arn,
      name: declaration.name,
      homeRegion: declaration.region,
      isMultiRegionTrail: declaration.isMultiRegionTrail === true,
      isOrganizationTrail: declaration.isOrganizationTrail === true,
      includeGlobalServiceEvents: declaration.includeGlobalServiceEvents === true,
      ...(typeof declaration.logGroupArn === 'string'
        ? { cloudWatchLogsLogGroupArn: bareLogGroupArn(declaration.logGroupArn) }
        : {}),
    };
    trails.push(trail);
    collectTrailDetails(declaration, trail, account, collected);
  }
  if (own === 0) markIncomplete(collected, trailsKey, `${account.source} declares no trail`);
  else present(collected, trailsKey, trails);
}

function collectTrailDetails(
  { isLogging, eventSelectors, advancedEventSelectors }: DeclarationOf<'trail'>,
  trail: Trail,
  { readAt }: DeclaredAccount,
  collected: Collected,
): void {
  if (isUnknown(isLogging)) markUncertain(collected, trailStatusKey(trail), isLogging);
  else {
    // A new trail has delivered nothing yet, which is no doubt before deployment.
    present(collected, trailStatusKey(trail), { isLogging, latestCloudWatchLogsDeliveryTime: readAt });
  }
  if (isUnknown(eventSelectors)) markUncertain(collected, eventSelectorsKey(trail), eventSelectors);
  else if (isUnknown(advancedEventSelectors))
    markUncertain(collected, eventSelectorsKey(trail), advancedEventSelectors);
  else present(collected, eventSelectorsKey(trail), { eventSelectors, advancedEventSelectors });
}
