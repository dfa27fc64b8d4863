import { CopyButton } from "@/components/ui/copy-button";

/** An id, cut where there is no room for it, and the button that copies all of it. @param what it is, spoken: "run id" */
export function Identifier({ text, what }: { readonly text: string; readonly what: string }) {
  return (
    <span className="flex min-w-0 items-center">
      <code data-tip={text} data-tip-cut="" className="truncate font-mono text-12">
        {text}
      </code>
      <CopyButton text={text} what={what} className="-my-1 size-6!" />
    </span>
  );
}
