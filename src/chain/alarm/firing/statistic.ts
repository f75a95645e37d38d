/** The plain statistics that every other one is computed with. */
type BaseStatistic = 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'SampleCount' | 'percentile';

/** How the samples of a period become a datapoint. */
export interface Statistic {
  /** The name that AWS gives it. */
  readonly name: string;
  /** What is computed from the samples that are used. */
  readonly base: BaseStatistic;
  /** The value that a sample counts with; `undefined` if the statistic leaves it out. */
  readonly valueOf: (sample: number) => number | undefined;
  /** Whether a share of the samples is left out or clamped. AWS does not document which of a few samples that are. */
  readonly trims: 'none' | 'share' | 'clamps share';
  /** The percentage of samples below a percentile. */
  readonly percent?: number;
  /** Whether the statistic needs the samples themselves, which CloudWatch keeps only if none is negative. */
  readonly extended: boolean;
}

const unchanged = (sample: number) => sample;
const plain = ['Sum', 'Average', 'Minimum', 'Maximum', 'SampleCount'] as const;

/**
 * Reads the name of a statistic, plain (`Sum`) or extended (`p99`, `tm90`, `TC(0.5:10)`, `IQM`).
 *
 * @returns `undefined` if AWS documents no such statistic
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Statistics-definitions.html
 */
export function parseStatistic(name: string): Statistic | undefined {
  const known = plain.find((one) => one === name);
  if (known !== undefined) return { name, base: known, valueOf: unchanged, trims: 'none', extended: false };
  const [, percentile] = /^p(\d{1,3}(?:\.\d{1,10})?)$/.exec(name) ?? [];
  if (percentile !== undefined && Number(percentile) <= 100) {
    const percent = Number(percentile);
    return { name, base: 'percentile', valueOf: unchanged, trims: 'none', percent, extended: true };
  }
  if (/^IQM$/i.test(name)) return { name, base: 'Average', valueOf: unchanged, trims: 'share', extended: true };
  return parseRange(name);
}

/** `TM(:95%)` and `tm95` select by share, `TM(10:100)` selects by value. */
function parseRange(name: string): Statistic | undefined {
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
  return { name, base, valueOf: unchanged, trims: kind === 'WM' ? 'clamps share' : 'share', extended: true };
}

/** Every range by value is exclusive at its lower bound and inclusive at its upper bound. */
function byValue(name: string, kind: string, low: number, high: number): Statistic {
  const isInside = (sample: number) => sample > low && sample <= high;
  const common = { name, base: baseOf(kind), trims: 'none', extended: true } as const;
  if (kind === 'WM') return { ...common, valueOf: (sample) => Math.min(Math.max(sample, low), high) };
  if (kind === 'PR') return { ...common, valueOf: (sample) => (isInside(sample) ? 100 : 0) };
  return { ...common, valueOf: (sample) => (isInside(sample) ? sample : undefined) };
}

function baseOf(kind: string): BaseStatistic {
  if (kind === 'TC') return 'SampleCount';
  return kind === 'TS' ? 'Sum' : 'Average';
}
