import { benchAccounts } from './accounts.ts';
import { benchBundle } from './bundle.ts';
import { benchCalls } from './calls.ts';
import { benchAlarmGrowth } from './alarm-growth.ts';
import { benchChain } from './chain.ts';
import { benchLanguage } from './language.ts';
import { benchOrganization } from './organization.ts';
import { benchPage } from './page.ts';
import { benchPlans } from './plans.ts';
import { benchRedaction } from './redaction.ts';
import { benchRequests } from './requests.ts';
import { table } from './table.ts';

const rows = [
  ...(await benchChain()),
  ...benchAlarmGrowth(),
  ...(await benchCalls()),
  ...benchRedaction(),
  ...(await benchPlans()),
  ...(await benchRequests()),
  ...(await benchAccounts()),
  ...(await benchOrganization()),
  ...(await benchBundle()),
  ...(await benchPage()),
  ...(await benchLanguage()),
];
process.stdout.write(`${table(rows)}\n`);
