/**
 * A text that is safe to show on one line: names and errors come from AWS and from whoever wrote them there, so control
 * characters, line breaks and the marks that turn the direction of writing are taken out.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u200E\u200F\u202A-\u202E\u2066-\u2069]+/gu, ' ');
}

/** Sets a text's first letter in upper case and a full stop behind it. */
export function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
