import type { Metadata } from "next";
import { connection } from "next/server";
import { redirect } from "next/navigation";
import { routes } from "@/lib/routes";
import { setupIsNeeded } from "@/lib/server/setup/first-admin";
import { SetupForm } from "./setup-form";

export const metadata: Metadata = { title: "Set up" };

/** Only while there is nobody who could sign in; after that it is gone. */
export default async function SetupPage() {
  await connection();
  if (!(await setupIsNeeded())) redirect(routes.signIn());
  return (
    <>
      <h1 className="text-28 font-semibold text-strong">Set up Watchfloor</h1>
      <p className="mt-1 mb-8 text-14 text-normal">
        Nobody can sign in yet. Make the first account, with the rights of an administrator.
      </p>
      <SetupForm />
    </>
  );
}
