import { CopyButton } from "@/components/ui/copy-button";
import { RawText } from "@/components/ui/raw-text";
import { Section } from "@/components/ui/section";
import { payloadText } from "./payload-text";

export interface TextBoxProps {
  readonly title: string;
  readonly about?: string;
  /** Null or empty: there is none. */
  readonly text: string | null;
  /** Said when there is none. */
  readonly none: string;
}

/** What was sent or came back, as text, indented when it is JSON. */
export function TextBox({ title, about, text, none }: TextBoxProps) {
  const shown = text ? payloadText(text) : null;
  return (
    <div className="border-t border-line py-5">
      <Section
        title={title}
        about={about}
        actions={text ? <CopyButton text={text} what={`${title.toLowerCase()} as it was`} /> : null}
      >
        {shown === null ? (
          <p className="text-13 text-quiet">{none}</p>
        ) : (
          <RawText text={shown} label={title} className="max-h-112 bg-panel" />
        )}
      </Section>
    </div>
  );
}
