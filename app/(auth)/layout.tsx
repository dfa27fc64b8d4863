import type { ReactNode } from "react";
import { Logo } from "@/components/shell/logo";

/** Pages for people who are not signed in: one column, the name of the house, one thing to do. */
export default function AuthLayout({ children }: { readonly children: ReactNode }) {
  return (
    <div className="flex min-h-dvh flex-col">
      <main className="mx-auto flex w-full max-w-100 flex-1 flex-col px-6 pt-[max(40px,16dvh)] pb-12">
        <p className="mb-10 flex items-center gap-2.5 text-16 font-semibold tracking-tight text-strong">
          <Logo className="size-6" />
          Watchfloor
        </p>
        {children}
      </main>
      <footer className="flex min-h-status items-center border-t border-line bg-panel px-3 py-1.5 text-12 text-pretty text-quiet">
        Credentials of customers stay on the server and never reach this browser.
      </footer>
    </div>
  );
}
