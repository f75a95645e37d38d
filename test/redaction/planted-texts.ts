import { ACCOUNT } from '../support/worlds/world.ts';

/** Texts that identify somebody, of many kinds. None of their words is one of AWS's own. */
export const kinds = [
  ...[
    'Zelenka',
    'zelenka.ruzena',
    'ruzena@zelenka.example',
    '+49-172-5550199',
    '4711-0815',
    'kunde4711',
    'ZELENKA-GMBH',
  ],
  ...['payroll-zelenka', 'zelenka-bucket.s3.amazonaws.com', 'ec2-203-0-113-77.compute.amazonaws.com', '203.0.113.77'],
  ...[
    '2001:db8::7a3f',
    'i-0zelenka77',
    'vpc-zelenka',
    'AIDAZELENKAZELENKA77',
    'AKIAZELENKAZELENKA77',
    '7777-8888-9999',
  ],
  ...['777788889999', 'https://hooks.zelenka.example/T7/B7zz', 'o-zelenka77', 'r-zlnk/ou-zlnk-77', 'Zelenka Růžena'],
  ...['urn:zelenka:77zz', 'SSN 078-05-1120', 'zelenka_prod_db', 'D-80331 Zelenkahausen'],
] as const;

/** The same text in other spellings. */
export const spellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toLowerCase(),
  (text) => text.toUpperCase(),
  (text) => encodeURIComponent(text),
  (text) => Array.from(text, (char) => `%${char.charCodeAt(0).toString(16).padStart(2, '0').slice(-2)}`).join(''),
  (text) => `the ${text}, of course`,
  (text) => `x/${text}/y`,
  (text) => `arn:aws:iam::${ACCOUNT}:user/${text}`,
  (text) => text.replaceAll(/[a-z]/g, (letter, at: number) => (at % 2 === 0 ? letter.toUpperCase() : letter)),
  (text) => `"${text}"`,
];

/** What must not be left of a text: each run of four or more letters or digits, in lower case. */
function traces(text: string): readonly string[] {
  return (text.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu) ?? []).filter(
    (word) => !['amazonaws', 'compute', 'example', 'https'].includes(word),
  );
}

/**
 * What is left of a text in a copy, whatever the case and the encoding.
 *
 * @param copy - as JSON text
 * @returns the words that are left; empty if nothing leaked
 */
export function leftOf(text: string, copy: string): readonly string[] {
  const shown = copy.toLowerCase();
  const decoded = shown.replaceAll(/%([0-9a-f]{2})/g, (_all, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return traces(text).filter((trace) => shown.includes(trace) || decoded.includes(trace));
}
