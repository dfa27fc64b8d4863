"use client";

import { X } from "lucide-react";
import { type ReactNode, useEffectEvent, useId, useLayoutEffect, useRef } from "react";
import { cx } from "./class-names";
import { IconButton } from "./icon-button";

export interface DialogProps {
  readonly open: boolean;
  /** The person wants it closed (Esc, the cross, a click beside it). */
  readonly onClose: () => void;
  readonly title: ReactNode;
  readonly description?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons at the foot, the main one last. */
  readonly footer?: ReactNode;
  readonly size?: "small" | "normal" | "large";
  /** The title is read aloud but not drawn, and the content fills the dialog: it brings its own head. */
  readonly isBare?: boolean;
  /** Only a button of its own closes it: neither Esc, nor a click beside it, nor a cross. For what is shown this once. */
  readonly isHeld?: boolean;
}

const widths = { small: "w-100", normal: "w-140", large: "w-200" } as const;

/** A modal question. Nothing of it is in the page while it is closed. */
export function Dialog(props: DialogProps) {
  return props.open ? <OpenDialog {...props} /> : null;
}

/**
 * The platform's <dialog>: the page behind it is inert, Esc closes it. The focus goes to the element marked
 * `data-autofocus`, else to the first field, else to the dialog itself, and back to where it was.
 */
function OpenDialog(props: DialogProps) {
  const { onClose, title, description, children, footer, size = "normal" } = props;
  const { isBare = false, isHeld = false } = props;
  const id = useId();
  const element = useRef<HTMLDialogElement>(null);
  const close = useEffectEvent(() => {
    if (!isHeld) onClose();
    // The browser has closed it all the same: what it shows must not be lost.
    else if (element.current?.isConnected && !element.current.open) element.current.showModal();
  });

  useLayoutEffect(() => {
    const dialog = element.current;
    if (!dialog) return;
    const before = document.activeElement;
    dialog.showModal();
    const first =
      dialog.querySelector<HTMLElement>("[data-autofocus]") ??
      dialog.querySelector<HTMLElement>("input, select, textarea");
    (first ?? dialog).focus();
    const onCancel = (event: Event) => {
      event.preventDefault();
      close();
    };
    // Chromium lets a second Esc through without asking; then the state has to follow. The event comes late: after a
    // development remount the dialog is open again by then.
    const onClosed = () => {
      if (!dialog.open) close();
    };
    dialog.addEventListener("cancel", onCancel);
    dialog.addEventListener("close", onClosed);
    return () => {
      dialog.removeEventListener("cancel", onCancel);
      dialog.removeEventListener("close", onClosed);
      dialog.close();
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);

  return (
    <dialog
      ref={element}
      tabIndex={-1}
      aria-labelledby={`${id}-title`}
      aria-describedby={description ? `${id}-description` : undefined}
      onClick={(event) => {
        if (event.target === event.currentTarget && !isHeld) onClose();
      }}
      className={cx(
        "overlay max-h-[calc(100dvh-32px)] max-w-[calc(100vw-32px)] p-0 outline-none",
        widths[size],
        // What grows and shrinks while one types keeps its head where it is.
        isBare && "mt-[12dvh]! mb-auto! max-h-[76dvh]",
      )}
    >
      <div className="flex max-h-[inherit] flex-col">
        {isBare ? (
          <>
            <h2 id={`${id}-title`} className="sr-only">
              {title}
            </h2>
            {children}
          </>
        ) : (
          <Titled id={id} title={title} description={description} onClose={isHeld ? null : onClose}>
            {children}
          </Titled>
        )}
        {footer ? (
          <footer className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</footer>
        ) : null}
      </div>
    </dialog>
  );
}

interface TitledProps extends Pick<DialogProps, "title" | "description" | "children"> {
  readonly id: string;
  /** Null: no cross. */
  readonly onClose: (() => void) | null;
}

function Titled(props: TitledProps) {
  const { id, title, description, onClose, children } = props;
  return (
    <>
      <header className="flex items-start gap-3 px-5 pt-4">
        <div className="min-w-0 flex-1">
          <h2 id={`${id}-title`} className="text-16 font-semibold text-strong">
            {title}
          </h2>
          {description ? (
            <p id={`${id}-description`} className="mt-1 text-13 text-quiet">
              {description}
            </p>
          ) : null}
        </div>
        {onClose ? (
          <IconButton
            icon={X}
            label="Close"
            size="small"
            shortcut="Esc"
            onClick={onClose}
            className="-mr-1.5"
          />
        ) : null}
      </header>
      <div className="min-h-0 flex-1 overflow-y-auto px-5 pt-3 pb-5 text-14">{children}</div>
    </>
  );
}
