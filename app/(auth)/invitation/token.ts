const key = "watchfloor.invitation";

/**
 * The token behind the # of the link. Taken out of the address bar and kept for this tab only, so that it outlives the way through
 * sign-in and stands in no history. Null when there is none.
 */
export function takeToken(): string | null {
  const given = decodeURIComponent(location.hash.slice(1));
  if (/^[A-Za-z0-9_-]{43}$/.test(given)) {
    sessionStorage.setItem(key, given);
    history.replaceState(history.state, "", location.pathname);
  }
  return sessionStorage.getItem(key);
}

/** Forgets the token once it is used up. */
export function dropToken(): void {
  sessionStorage.removeItem(key);
}
