import { destinationsOf } from "../destinations";

/** This machine and a name that does not exist: what the tests call. */
export const testDestinations = destinationsOf(
  ["127.0.0.1", "[::1]", "localhost", "nowhere.invalid"].map((host) => ({
    host,
    isBelow: false,
    port: null,
  })),
);
