/**
 * Whether a text matches a pattern in which `*` stands for any characters, also none, and `?` for exactly one.
 *
 * It takes time in proportion to the product of both lengths at worst, for every pattern.
 *
 * @param single - whether `?` is a wildcard; otherwise it stands for itself
 */
export function matchesWildcard(pattern: string, text: string, { single } = { single: true }): boolean {
  const [wanted, given] = [charactersOf(pattern), charactersOf(text)];
  let [at, position, star, resumeAt] = [0, 0, -1, 0];
  while (position < given.length) {
    if (wanted[at] === '*') {
      star = at++;
      resumeAt = position;
    } else if (at < wanted.length && ((single && wanted[at] === '?') || wanted[at] === given[position])) {
      at++;
      position++;
    } else if (star >= 0) {
      // The last asterisk takes one more character, and the rest is tried again behind it.
      at = star + 1;
      position = ++resumeAt;
    } else {
      return false;
    }
  }
  while (wanted[at] === '*') at++;
  return at === wanted.length;
}

/** The characters of a text. Where none takes two units, the text is as good as a list of them. */
function charactersOf(text: string): ArrayLike<string> {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}
