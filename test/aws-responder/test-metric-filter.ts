import type { Interpretations } from '../../src/filter-pattern/index.ts';
import { matches, parse } from '../../src/filter-pattern/index.ts';
import type { Request } from './wire.ts';
import { ServiceError } from './wire.ts';

/** TestMetricFilter as it answers if AWS reads the ambiguities so, and refuses some patterns. */
export function testMetricFilterAs(
  interpretation: Interpretations,
  refused: readonly string[] = [],
): (input: Request['input']) => unknown {
  return (input) => {
    const messages = input['logEventMessages'] as readonly string[];
    const pattern = String(input['filterPattern']);
    const result = parse(pattern);
    if (result.kind !== 'parsed' || refused.includes(pattern))
      throw new ServiceError('InvalidParameterException', 400, 'Invalid metric filter pattern');
    if (messages.length < 1 || messages.length > 50) throw new ServiceError('ValidationException', 400);
    const matched = messages.flatMap((eventMessage, index) =>
      matches(result.pattern, eventMessage, interpretation)
        ? [{ eventNumber: index + 1, eventMessage, extractedValues: {} }]
        : [],
    );
    return { matches: matched };
  };
}
