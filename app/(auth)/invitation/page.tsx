import type { Metadata } from "next";
import { connection } from "next/server";
import { InvitationForm } from "./invitation-form";

export const metadata: Metadata = { title: "Invitation", referrer: "no-referrer" };

/** Where the link of an invitation leads. The token stands behind the # and is read in the browser only. */
export default async function InvitationPage() {
  // Drawn per request: its scripts carry the request's nonce.
  await connection();
  return <InvitationForm />;
}
