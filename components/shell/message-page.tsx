import type { ReactNode } from "react";
import { Logo } from "./logo";

export interface MessagePageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Under which the server has logged it. */
  readonly digest?: string;
}

/** A page that has only one thing to say. Those that stand in for a failed page load with every page, so this takes no code to the browser. */
export function MessagePage({ title, children, actions, digest }: MessagePageProps) {
  return (
    <main className="mx-auto flex min-h-dvh max-w-120 flex-col justify-center px-6 py-16">
      <Logo className="mb-6 size-7 text-strong" />
      <h1 className="text-20 font-semibold text-balance text-strong">{title}</h1>
      <div className="mt-2 text-14 text-pretty text-normal">{children}</div>
      {digest ? (
        <p className="mt-4 text-12 text-quiet">
          Logged as <code className="font-mono text-normal select-all">{digest}</code>
        </p>
      ) : null}
      {actions ? <div className="mt-6 flex flex-wrap gap-2">{actions}</div> : null}
    </main>
  );
}
