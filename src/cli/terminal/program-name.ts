/** Whether the program runs from its sources, in a checkout, and not from the npm package, which holds none. */
export const isCheckout = import.meta.url.endsWith('.ts');

/** How the program is called where it runs, for examples that can be copied. */
export const programCall = isCheckout ? 'npm run -s cli --' : 'npx mfa-deactivation-alarm-rule';
