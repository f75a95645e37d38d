import type { Maybe } from '../value.ts';
import type { PlannedResource } from './resources.ts';

/** Reads the values of one planned resource. */
export interface ResourceValues {
  readonly resource: PlannedResource;
  /** A value, or what its references lead to where it is not known; undefined where it is not set. */
  readonly get: (attribute: string) => unknown;
  /** A text; undefined where it is not set or empty. */
  readonly text: (attribute: string) => Maybe<string> | undefined;
  /** A text that is JSON. An expression such as `jsonencode` names its references only, so it is not known. */
  readonly json: (attribute: string) => Maybe<string> | undefined;
  readonly boolean: (attribute: string, fallback: boolean) => Maybe<boolean>;
  /** The members of a list, each known or not. */
  readonly list: (attribute: string) => Maybe<readonly Maybe<string>[]>;
}
