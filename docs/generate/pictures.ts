import { execFileSync } from 'node:child_process';
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { startChromium } from '../../test/browser/chromium.ts';

/** Each picture: its name, the sample account that it shows, and the part of the page. */
const pictures = [
  { name: 'page', account: '4-filter-narrower-than-asked', clip: { x: 0, y: 0, width: 1000, height: 900 } },
  { name: 'chain', account: '2-no-subscriber', selector: '.route' },
] as const;

const folder = mkdtempSync(join(tmpdir(), 'pictures-'));
mkdirSync('docs/images', { recursive: true });
const browser = await startChromium();
for (const picture of pictures) {
  const file = join(folder, `${picture.name}.html`);
  writeFileSync(file, pageOf(picture.account));
  for (const colorScheme of ['light', 'dark'] as const) {
    const page = await browser.newPage({ viewport: { width: 1000, height: 900 }, colorScheme });
    await page.goto(`file://${file}`);
    const path = `docs/images/${picture.name}-${colorScheme}.png`;
    if ('selector' in picture) await page.locator(picture.selector).screenshot({ path });
    else await page.screenshot({ path, clip: picture.clip });
    await page.close();
  }
}
await browser.close();
rmSync(folder, { recursive: true });

/** What `evaluate --format html` writes for a sample account; its exit code says that the account is broken. */
function pageOf(account: string): string {
  const args = [
    '--import',
    'tsx',
    'src/cli/main.ts',
    'evaluate',
    '--format',
    'html',
    `events/accounts/${account}.json`,
  ];
  try {
    return execFileSync(process.execPath, args, { encoding: 'utf8' });
  } catch (error) {
    return (error as { readonly stdout: string }).stdout;
  }
}
