import type { PartKey, ReadPart } from './model.ts';
import type { Origin } from './origin.ts';
import type { Place } from './place.ts';

/** How much may be read of what is only said besides, and that no verdict needs. */
export interface ReadLimits {
  /** The most pages of a list of rules. */
  readonly maxPages: number;
}

/** Where an inventory comes from: a live account, a saved file, a test. A reader fetches; it never judges. */
export interface InventoryReader {
  /** Where the inventory comes from; absent where nobody asks, as in the function. */
  readonly origin?: Origin;

  /** The account that is judged, the region that the rule runs in, and the time of reading (ISO 8601). */
  describe(): Promise<{ readonly accountId: string; readonly region: string; readonly readAt: string }>;

  /**
   * Reads the parts that a judgement asks for, side by side.
   *
   * @param limits - for what may stay unread; a list with more pages is an unreadable part then
   * @returns one answer for each key. What lastingly cannot be read (missing permission, another account) is an
   *   unreadable part.
   * @throws what may pass (throttling and faults that outlast the retries), so that no verdict is made of it
   */
  read(keys: readonly PartKey[], limits?: ReadLimits): Promise<readonly ReadPart[]>;

  /**
   * For an account that a plan or a template declares: the same account, with every list unreadable that may hold more
   * than the file says. Only what is broken here as well is certainly broken.
   */
  readonly certain?: InventoryReader;

  /** Where a plan or a template declares things, by ARN, and metric filters by log group ARN and name. */
  readonly places?: ReadonlyMap<string, Place>;
}
