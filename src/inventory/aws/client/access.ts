import type { Call } from './call.ts';
import type { AwsClients } from './clients.ts';

/** How the parts of one account are read. */
export interface AccountAccess {
  readonly clients: AwsClients;
  readonly call: Call;
  /** Reports what could not be checked and does not prevent a verdict. */
  readonly note: (text: string) => void;
}
