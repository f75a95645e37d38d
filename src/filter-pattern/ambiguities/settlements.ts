import { type Corner, CORNERS, type Reading } from './ambiguities.ts';
import file from './settled-interpretations.json' with { type: 'json' };

/** How a corner was settled: the reading that AWS follows, the day it was asked, and what was asked. */
export interface Settlement {
  readonly reading: string;
  /** A date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly by: string;
}

export type Settlements = Readonly<Partial<Record<Corner, Settlement>>>;

/** What `settled-interpretations.json` says. It is empty until somebody asks AWS; then the corners in it are open no longer. */
export const SETTLEMENTS: Settlements = readSettlements(file);

/** The same as readings: what every answer of the language takes for granted, unless it is told otherwise. */
export const SETTLED_READINGS: Partial<Reading> = readingsOf(SETTLEMENTS);

/** Checks data from a file. Throws a TypeError that names the entry and what is allowed there. */
export function readSettlements(data: unknown): Settlements {
  if (!isRecord(data)) throw new TypeError('settled readings are an object of corners');
  for (const [corner, entry] of Object.entries(data)) {
    if (!isCorner(corner)) throw new TypeError(`${corner} is no corner: one of ${Object.keys(CORNERS).join(', ')}`);
    const readings: readonly string[] = CORNERS[corner].readings;
    if (!isRecord(entry) || typeof entry['reading'] !== 'string' || !readings.includes(entry['reading'])) {
      throw new TypeError(`${corner} has no known reading: one of ${readings.join(', ')}`);
    }
    if (typeof entry['date'] !== 'string' || !/^\d{4}-\d\d-\d\d$/.test(entry['date'])) {
      throw new TypeError(`${corner} has no date: YYYY-MM-DD`);
    }
    if (typeof entry['by'] !== 'string') throw new TypeError(`${corner} does not say by what it was settled`);
  }
  return data;
}

export function readingsOf(settlements: Settlements): Partial<Reading> {
  return Object.fromEntries(Object.entries(settlements).map(([corner, { reading }]) => [corner, reading]));
}

function isRecord(data: unknown): data is Readonly<Record<string, unknown>> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function isCorner(name: string): name is Corner {
  return Object.hasOwn(CORNERS, name);
}
