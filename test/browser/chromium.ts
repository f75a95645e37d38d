import { existsSync } from 'node:fs';

import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const usualPlaces = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** Where Chromium is: what `CHROMIUM` names, or one of the usual places. */
export const chromiumPath = [process.env['CHROMIUM'], ...usualPlaces].find(
  (path) => path !== undefined && existsSync(path),
);

/** Starts Chromium without a window, and without connections of its own. */
export async function startChromium(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('Chromium is missing');
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'];
  return chromium.launch({ executablePath: chromiumPath, args: ['--no-sandbox', '--disable-gpu', ...quiet] });
}

/** A page of the browser, with everything that it complained about and every address that it asked for. */
export interface ObservedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  readonly requests: readonly string[];
}

/** Opens a file in a page of its own. */
export async function openFile(
  browser: Browser,
  path: string,
  options: BrowserContextOptions = {},
): Promise<ObservedPage> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`file://${path}`);
  return { page, complaints, requests };
}
