import { toast } from "@/components/ui/toast";
import { routes } from "@/lib/routes";

/**
 * Ends the session on the server and leaves for the sign-in page with a full load, so that nothing read before stays in
 * memory. Throws when the server could not be reached or did not accept it: the person is still signed in then.
 */
export async function signOut(): Promise<void> {
  const asked = await fetch("/api/auth/csrf", { cache: "no-store" });
  const { csrfToken } = (await asked.json()) as { csrfToken: string }; // next-auth's own, fixed shape
  const answer = await fetch("/api/auth/signout", {
    method: "POST",
    body: new URLSearchParams({ csrfToken, callbackUrl: routes.signIn(), json: "true" }),
  });
  if (!answer.ok) throw new Error(`sign-out answered ${answer.status}`);
  location.replace(new URL(`${routes.signIn()}?reason=signed-out`, location.origin));
}

/** Ends the session; when it could not be ended, that is said. */
export function leave(): void {
  signOut().catch(() => toast("Could not sign out. You are still signed in.", { tone: "danger" }));
}
