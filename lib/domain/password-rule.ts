/** Shortest and longest password that is taken, in characters. The upper bound keeps hashing cheap to ask for. */
export const passwordLength = { min: 12, max: 1024 } as const;
