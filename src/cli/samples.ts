import { fileURLToPath } from 'node:url';

/** The folder of the sample accounts. Here and in the bundle, `dist/cli/`, it is two folders up. */
export const samplesFolder = fileURLToPath(new URL('../../events/accounts/', import.meta.url));
