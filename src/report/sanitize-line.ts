/**
 * A text that is safe to show on one line: names and errors come from AWS and from whoever wrote them there, so control
 * characters, line breaks and invisible marks, such as those that turn the direction of writing, are taken out.
 */
export function sanitizeLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ');
}

/** Sets a text's first letter in upper case and a full stop behind it. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

/**
 * JSON whose strings cannot steer a terminal: what {@link sanitizeLine} removes is escaped, so that nothing is lost.
 *
 * @param indent - blanks for each level; 0 for one line
 */
export function sanitizeJson(value: unknown, indent = 2): string {
  return JSON.stringify(value, undefined, indent).replace(/[^\n\P{Cc}]|[\p{Cf}\p{Zl}\p{Zp}]/gu, (mark) =>
    Array.from({ length: mark.length }, (_, at) => `\\u${mark.charCodeAt(at).toString(16).padStart(4, '0')}`).join(''),
  );
}
