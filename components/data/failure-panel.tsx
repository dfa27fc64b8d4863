"use client";

import { CloudOff, LockKeyhole, type LucideIcon, OctagonX, PlugZap } from "lucide-react";
import { useEffect, useState } from "react";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { CallError } from "@/lib/client/call-error";
import { routes } from "@/lib/routes";
import { describeFailure, failedAt, waitSeconds } from "./failure-words";
import { useFormatTime } from "./use-format-time";

export interface FailureProps {
  readonly error: Error;
  /** Asks again. */
  readonly onRetry: () => void;
  /** What the button says it does: "Continue", "Try again". */
  readonly retryLabel?: string;
}

const icons: Partial<Record<CallError["code"], LucideIcon>> = {
  FORBIDDEN: LockKeyhole,
  UPSTREAM_FORBIDDEN: LockKeyhole,
  NO_CONNECTION: PlugZap,
  UPSTREAM_CREDENTIAL_REFUSED: PlugZap,
  NO_ANSWER: CloudOff,
  UPSTREAM_UNREACHABLE: CloudOff,
};

/** A failure that leaves nothing to show, in the place of what is missing. */
export function FailurePanel({ error, onRetry, retryLabel }: FailureProps) {
  const { title, advice, ids } = describeFailure(error);
  const icon = (error instanceof CallError ? icons[error.code] : undefined) ?? OctagonX;
  return (
    <div role="alert">
      <EmptyState
        icon={icon}
        title={title}
        action={<Remedy error={error} onRetry={onRetry} retryLabel={retryLabel} />}
      >
        <p>{advice}</p>
        {ids.map(({ label, value }) => (
          <p key={label} className="mt-2 flex items-center justify-center gap-1 text-12">
            <span>{label}</span>
            <code className="max-w-[40ch] truncate font-mono text-normal">{value}</code>
            <CopyButton text={value} what={label.toLowerCase()} />
          </p>
        ))}
      </EmptyState>
    </div>
  );
}

/** A failure beside what is still shown: what failed, since when, what is unaffected, what to do. */
export function FailureCallout({
  error,
  onRetry,
  retryLabel,
  unaffected,
  className,
}: FailureProps & { readonly unaffected: string; readonly className?: string }) {
  const formatTime = useFormatTime();
  const { title, advice, ids } = describeFailure(error);
  const at = failedAt(error);
  return (
    <Callout
      tone="danger"
      title={title}
      since={at === null ? undefined : `Since ${formatTime(at)}`}
      unaffected={unaffected}
      advice={advice}
      ids={ids}
      action={<Remedy error={error} onRetry={onRetry} retryLabel={retryLabel} />}
      className={className}
    />
  );
}

/** The same in two lines, for the foot of a list that must keep its room. */
export function FailureBar({
  error,
  onRetry,
  retryLabel,
  unaffected,
}: FailureProps & { readonly unaffected: string }) {
  const formatTime = useFormatTime();
  const { title, advice, ids } = describeFailure(error);
  const at = failedAt(error);
  return (
    <div
      role="alert"
      className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-2 border-t border-l-2 border-line border-l-danger bg-panel px-3 py-2 text-13"
    >
      <OctagonX aria-hidden="true" className="size-4 shrink-0 text-danger" />
      <div className="min-w-0 flex-1 basis-80">
        <p className="text-pretty text-normal">
          <span className="font-medium text-strong">{title}</span>
          {at === null ? ". " : ` since ${formatTime(at)}. `}
          {unaffected}
        </p>
        <p className="text-12 text-pretty text-quiet">{advice}</p>
      </div>
      <div className="min-w-0">
        {ids.map(({ label, value }) => (
          <p key={label} className="flex min-w-0 items-center gap-1 text-12 text-quiet">
            <span className="shrink-0">{label}</span>
            <code className="max-w-56 truncate font-mono text-normal">{value}</code>
            <CopyButton text={value} what={label.toLowerCase()} className="-my-1 size-6!" />
          </p>
        ))}
      </div>
      <div className="flex gap-2">
        <Remedy error={error} onRetry={onRetry} retryLabel={retryLabel} />
      </div>
    </div>
  );
}

function Remedy({ error, onRetry, retryLabel = "Try again" }: FailureProps) {
  const { remedy } = describeFailure(error);
  const seconds = waitSeconds(error);
  if (remedy === "none") return null;
  if (remedy === "sign-in") return <SignInAgain />;
  return (
    <>
      <Button onClick={onRetry}>{retryLabel}</Button>
      {seconds === null ? null : <Countdown key={failedAt(error)} seconds={seconds} />}
    </>
  );
}

/** Back to this very address after signing in. A full load, so that nothing of the old session stays. */
function SignInAgain() {
  const leave = () => location.assign(routes.signIn(location.pathname + location.search));
  return (
    <Button variant="primary" onClick={leave}>
      Sign in again
    </Button>
  );
}

function Countdown({ seconds }: { readonly seconds: number }) {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => setPassed((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return (
    <span aria-hidden="true" className="self-center text-12 text-quiet">
      goes on by itself in {Math.max(0, seconds - passed)} s
    </span>
  );
}
