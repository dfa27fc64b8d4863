/** The mark: a watch kept over a floor, drawn as one line. The same drawing is app/icon.svg. */
export function Logo({ className }: { readonly className?: string }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true" className={className} fill="none">
      <path
        d="M2.5 5.5 7 18.5l5-11 5 11 4.5-13"
        stroke="currentColor"
        strokeWidth="2.4"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="12" cy="2.9" r="1.9" fill="var(--accent)" />
    </svg>
  );
}
