/** Whether the program runs from its sources, in a checkout, and not from the packed file. */
export const isCheckout = import.meta.url.endsWith('.ts');

/** How the program is called where it runs, for examples that can be copied. */
export const programCall = isCheckout ? 'npm run -s cli --' : 'mfa-deactivation-alarm-rule';
