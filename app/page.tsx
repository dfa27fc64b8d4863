import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { MessagePage } from "@/components/shell/message-page";
import { routes } from "@/lib/routes";
import { auth } from "@/lib/server/auth/session";
import { setupIsNeeded } from "@/lib/server/setup/first-admin";

/** The front door: to the incidents of the person's first organisation, to sign-in, or to set-up on a fresh installation. */
export default async function HomePage() {
  const principal = await auth(await headers());
  if (!principal) redirect((await setupIsNeeded()) ? routes.setup() : routes.signIn());
  const [first] = principal.memberships;
  if (first) redirect(routes.incidents(first.organisationSlug));
  return (
    <MessagePage title="You are not a member of any organisation">
      <p>
        You are signed in as {principal.email}. Ask an administrator of your organisation to add you, then
        load this page again.
      </p>
    </MessagePage>
  );
}
