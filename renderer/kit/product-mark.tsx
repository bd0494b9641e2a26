/** A file tab with a tick: a record, dealt with. Takes the text colour of where it stands. */
export const ProductMark = () => (
  <svg width="22" height="22" viewBox="0 0 22 22" aria-hidden>
    <path d="M2 4a2 2 0 0 1 2-2h5l2 3h7a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2z" fill="currentColor" />
    <path
      d="m7 12.5 3 3 5.5-6"
      fill="none"
      stroke="#fff"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
)
