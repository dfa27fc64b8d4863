/** How high the rows of a list are: 28, 36 or 48 px. */
export const densities = ["compact", "normal", "comfortable"] as const;
export type Density = (typeof densities)[number];
