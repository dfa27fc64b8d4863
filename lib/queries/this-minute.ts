/**
 * Where a window that moves with the time ends, in milliseconds: at the beginning of this minute. So all who look at one list ask the same
 * question, which the server then answers once; and what leads to a list counts over the window of that list.
 */
export const thisMinute = (): number => Math.floor(Date.now() / 60_000) * 60_000;
