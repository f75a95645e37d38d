import type { ThingField } from '../chain/base/path-things.ts';
import { pathThings, thingsOn } from '../chain/base/path-things.ts';
import type { LinkName, Path, RouteName } from '../chain/base/link.ts';
import type { Chain, OtherRoute, Verdict } from '../chain/verdict.ts';
import type { Failure } from '../inventory/model.ts';
import type { Origin } from '../inventory/origin.ts';
import type { Place } from '../inventory/place.ts';
import type { Options } from '../parameters/table.ts';
import type { ControlFacts } from './control-facts.ts';
import type { Evaluation } from './evaluations.ts';
import { statedParameters } from './stated-rules.ts';

/** What an account was judged to be under one control: plain data for programs, described by `result.schema.json`. */
export interface Result {
  /** What the account is called where it was named: a story, a file, an account of an organization. */
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  /** ISO 8601. */
  readonly readAt: string;
  readonly control: {
    readonly id: string;
    readonly title: string;
    readonly filterPattern: string;
    /** What is true of every required event, as a filter pattern. Results of earlier versions do not have it. */
    readonly premises?: string;
  };
  /** The rule parameters that it was judged with, by name. Results of earlier versions do not have them. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** What the verdict rests on. Results of earlier versions do not have it. */
  readonly source?: ResultSource;
  readonly verdict: Verdict['kind'];
  /** Of a broken account: the route by which somebody is notified, or may be, and which is not accepted. */
  readonly otherRoute?: OtherRoute;
  /** The nearest to one that holds first. */
  readonly chains: readonly [ResultChain, ...ResultChain[]];
  /** What AWS Config would get. */
  readonly evaluations: readonly Evaluation[];
  /** What the account was before a deployment that is laid over it, and what the deployment changes. */
  readonly before?: ResultBefore;
  /** Set where somebody accepts the finding: the verdict stays, and does not count for the exit code. */
  readonly exception?: AcceptedException;
  /** Set where the result is from an earlier run that was interrupted: when it was evaluated. ISO 8601. */
  readonly evaluatedEarlierAt?: string;
  /** The remediation in several forms, where the format shows it and the result is not satisfied. */
  readonly remediation?: readonly RemediationText[];
}

/** The verdict on an account before a deployment, and the links of its nearest chain that the deployment changes. */
export interface ResultBefore {
  readonly verdict: Verdict['kind'];
  /** The reason, or `SATISFIED`. */
  readonly code: string;
  readonly links: readonly LinkChange[];
}

/** What changed in one link of the nearest chain. */
export interface LinkChange {
  readonly link: string;
  /** Absent if the link was not reached. */
  readonly before?: LinkView;
  readonly after?: LinkView;
}

/** State, subject and reason code of a link. */
export interface LinkView {
  readonly state: string;
  readonly subject: string;
  readonly code?: string;
}

/** Where the account was read from, and what of it could not be read. */
export interface ResultSource extends Origin {
  /** Whether everything that the judgement asked for was read. */
  readonly isComplete: boolean;
  /** What it asked for and could not be read. */
  readonly refused: readonly (Failure & {
    /** The kind of the part and what it is of: `subscriptions arn:aws:sns:…`. */
    readonly part: string;
  })[];
}

/** Why somebody accepts a finding, and until when. */
export interface AcceptedException {
  readonly reason: string;
  readonly owner: string;
  /** The last day of the exception, such as `2027-03-31`, in UTC. */
  readonly expires: string;
}

/** The remediation in one form: what the form is called, and the text to copy. */
export interface RemediationText {
  readonly form: string;
  readonly text: string;
  /** A word of the text that stands for an address, which nobody gave. */
  readonly placeholder?: string;
}

/** A link of a chain. */
export type ResultLink = Chain['links'][number] & {
  /** Where a plan or a template declares what the link is about. */
  readonly place?: Place;
};

interface ResultChain {
  readonly outcome: Chain['outcome'];
  /** By which route it goes; results of earlier versions know `metric-filter` only, and do not say it. */
  readonly route?: RouteName;
  /** What the chain runs through, as far as it could be followed. */
  readonly path: Readonly<Partial<Record<ThingField, string>>>;
  /** The pattern of the metric filter, where the path has one. */
  readonly filterPattern?: string;
  /** The event pattern of the EventBridge rule, where the path has one. */
  readonly eventPattern?: string;
  readonly links: readonly ResultLink[];
  /** Why it does not hold. */
  readonly finding?: NonNullable<Chain['links'][number]['finding']>;
  /** Where to look first: where a plan or a template declares what the finding is about, or what comes before it. */
  readonly place?: Place;
}

/** An account that could not be judged. */
export interface Failed {
  readonly name: string;
  readonly message: string;
  /** ISO 8601. */
  readonly failedAt: string;
}

/** Everything that one run of the command line found. */
export interface ResultDocument {
  readonly formatVersion: 1;
  /** The version of the program that wrote it. Documents of earlier versions do not have it. */
  readonly toolVersion?: string;
  /** When the accounts were evaluated. ISO 8601. Documents of earlier versions do not have it. */
  readonly evaluatedAt?: string;
  /** The controls of the results, each once. Documents of earlier versions do not have them. */
  readonly controls?: readonly ControlFacts[];
  readonly results: readonly Result[];
  readonly failed: readonly Failed[];
}

export interface ResultContext {
  readonly name: string;
  readonly accountId: string;
  readonly region: string;
  readonly readAt: string;
  readonly options: Options;
  /** Where things are declared: see the reader. */
  readonly places?: Places;
  readonly source?: ResultSource;
}

export function resultOf(verdict: Verdict, evaluations: readonly Evaluation[], context: ResultContext): Result {
  const { name, accountId, region, readAt, options, places = new Map(), source } = context;
  const { id, title, filterPattern, premises } = verdict.control;
  const [nearest, ...others]: readonly [Chain, ...Chain[]] = verdict.chains;
  return {
    name,
    accountId,
    region,
    readAt,
    control: { id, title, filterPattern, premises },
    parameters: statedParameters(options),
    ...(source === undefined ? {} : { source }),
    verdict: verdict.kind,
    ...(verdict.kind === 'broken' && verdict.otherRoute !== undefined ? { otherRoute: verdict.otherRoute } : {}),
    chains: [resultChain(nearest, places), ...others.map((chain) => resultChain(chain, places))],
    evaluations,
  };
}

type Places = ReadonlyMap<string, Place>;

function resultChain(chain: Chain, places: Places): ResultChain {
  const { eventPattern } = chain.path.eventRule?.rule ?? {};
  const links = chain.links.map((link): ResultLink => {
    const place = placeOfLink(link.link, chain.path, places);
    return { ...link, ...(place === undefined ? {} : { place }) };
  });
  const deciding = chain.outcome === 'satisfied' ? -1 : links.findIndex(({ finding }) => finding === chain.finding);
  const place = links.slice(0, deciding + 1).findLast((link) => link.place !== undefined)?.place;
  return {
    outcome: chain.outcome,
    route: chain.route,
    path: Object.fromEntries(thingsOn(chain.path).map(({ field, id }) => [field, id])),
    ...(chain.path.filter === undefined ? {} : { filterPattern: chain.path.filter.filterPattern }),
    ...(eventPattern === undefined ? {} : { eventPattern }),
    links,
    ...(chain.outcome === 'satisfied' ? {} : { finding: chain.finding }),
    ...(place === undefined ? {} : { place }),
  };
}

/** The reason of the nearest chain, or `SATISFIED`. */
export function codeOf({ chains: [nearest] }: Result): string {
  return nearest.finding?.code ?? 'SATISFIED';
}

/** Where the thing that a link is about is declared; the last of several that have a place. */
function placeOfLink(link: LinkName, path: Path, places: Places): Place | undefined {
  const own = thingsOn(path).filter((thing) => pathThings[thing.kind].link === link);
  return own
    .map(({ kind, id }) => places.get(kind === 'filter' ? `${path.logGroupArn ?? ''} ${id}` : id))
    .findLast((place) => place !== undefined);
}
