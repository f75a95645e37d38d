import type { Ambiguity, Interpretations } from './ambiguities.ts';

/** Says how an ambiguity is interpreted. Whoever answers learns which ambiguities an answer depends on. */
export type Interpret = <Name extends Ambiguity>(ambiguity: Name) => Interpretations[Name];
