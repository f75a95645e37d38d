/** The statistics that the others come down to. */
type Base = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount' | 'percentile';

/** How the samples of a period become a datapoint. */
export interface Statistic {
  /** AWS's name for it. */
  readonly name: string;
  /** What is done with the samples that are left. */
  readonly base: Base;
  /** What a sample counts as; nothing if it is left out; `open` if AWS does not say. */
  readonly sample: (value: number) => number | undefined | 'open';
  /** Whether a share of the samples is left out: which of a handful that are is not documented. */
  readonly trims: 'none' | 'share' | 'clamps share';
  /** Which share of the samples lies below a percentile, in percent. */
  readonly percent?: number;
  /** Whether the statistic needs the samples themselves, which CloudWatch has only if none is negative. */
  readonly extended: boolean;
}

const asItIs = (value: number) => value;
const plain = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const;

/**
 * Reads the name of a statistic, plain (`Sum`) or extended (`p99`, `tm90`, `TC(0.5:10)`, `IQM`).
 *
 * @returns `undefined` if it is none that AWS documents
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function statisticNamed(name: string): Statistic | undefined {
  const known = plain.find((one) => one === name);
  if (known !== undefined) return { name, base: known, sample: asItIs, trims: 'none', extended: false };
  const [, percentile] = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name) ?? [];
  if (percentile !== undefined && Number(percentile) <= 100) {
    const percent = Number(percentile);
    return { name, base: 'percentile', sample: asItIs, trims: 'none', percent, extended: true };
  }
  if (/^IQM$/i.test(name)) return { name, base: 'Average', sample: asItIs, trims: 'share', extended: true };
  return ranged(name);
}

/** `TM(:95%)` and `tm95` go by share, `TM(10:100)` goes by value. */
function ranged(name: string): Statistic | undefined {
  const [, short] = /^(tm|wm|tc|ts)\d{1,3}(?:\.\d{1,10})?$/.exec(name) ?? [];
  if (short !== undefined) return byShare(name, short.toUpperCase());
  const number = String.raw`\d+(?:\.\d{1,10})?`;
  const range = new RegExp(`^(TM|WM|TC|TS|PR)\\((${number})?(%?):(${number})?(%?)\\)$`);
  const [, long, low, lowPercent, high, highPercent] = range.exec(name) ?? [];
  if (long === undefined || (low === undefined && high === undefined)) return undefined;
  const shares = [low && lowPercent === '%', high && highPercent === '%'].filter((one) => typeof one === 'boolean');
  if (shares.every(Boolean)) return long === 'PR' ? undefined : byShare(name, long);
  if (shares.some(Boolean)) return undefined;
  return byValue(name, long, low === undefined ? -Infinity : Number(low), high === undefined ? Infinity : Number(high));
}

function byShare(name: string, kind: string): Statistic {
  const base = baseOf(kind);
  return { name, base, sample: asItIs, trims: kind === 'WM' ? 'clamps share' : 'share', extended: true };
}

/** The lower bound is left out and the upper one taken in, as AWS notes of all of these but the percentile rank. */
function byValue(name: string, kind: string, low: number, high: number): Statistic {
  const inside = (value: number) => value > low && value <= high;
  const common = { name, base: baseOf(kind), trims: 'none', extended: true } as const;
  if (kind === 'WM') return { ...common, sample: (value) => Math.min(Math.max(value, low), high) };
  if (kind === 'PR') return { ...common, sample: (value) => (value === low ? 'open' : inside(value) ? 100 : 0) };
  return { ...common, sample: (value) => (inside(value) ? value : undefined) };
}

function baseOf(kind: string): Base {
  if (kind === 'TC') return 'SampleCount';
  return kind === 'TS' ? 'Sum' : 'Average';
}
