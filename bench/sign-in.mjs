/** Signs in as a script does (next-auth's own calls) and returns the Cookie header of the session. */
export async function signIn(url, email, password) {
  const jar = new Map();
  const keep = (answer) => {
    for (const line of answer.headers.getSetCookie()) {
      const [pair] = line.split(";");
      const at = pair.indexOf("=");
      jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
  };
  const header = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const csrf = await fetch(`${url}/api/auth/csrf`);
  keep(csrf);
  const { csrfToken } = await csrf.json();
  const answer = await fetch(`${url}/api/auth/callback/credentials`, {
    method: "POST",
    redirect: "manual",
    headers: { "content-type": "application/x-www-form-urlencoded", cookie: header() },
    body: new URLSearchParams({ csrfToken, email, password, json: "true" }),
  });
  keep(answer);
  const check = await fetch(`${url}/api/auth/session`, { headers: { cookie: header() } });
  if (!(await check.json()).user) throw new Error(`Sign-in as ${email} failed (status ${answer.status}).`);
  return header();
}

/** A Cookie header as Playwright wants it. */
export function browserCookies(url, cookie) {
  const { hostname } = new URL(url);
  return cookie.split("; ").map((pair) => ({
    name: pair.slice(0, pair.indexOf("=")),
    value: pair.slice(pair.indexOf("=") + 1),
    domain: hostname,
    path: "/",
  }));
}
