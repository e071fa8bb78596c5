import type { Feature } from '../lib/feature.js';

/** Every feature of the program, in the order of the wings. A feature that is not here does not exist for the reader. */
export const features: readonly Feature[] = [];
