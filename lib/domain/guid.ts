const form = /^[\da-f]{8}-(?:[\da-f]{4}-){3}[\da-f]{12}$/i;

/** Whether a text has the form of a GUID, in either case. Upstream's calls take workspaces by nothing else. */
export const isGuid = (text: string): boolean => form.test(text);
