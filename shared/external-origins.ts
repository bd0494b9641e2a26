/**
 * Sites that the PC's own browser may be opened on, as exact origins of `https:`.
 *
 * None: the desk works without a line, and its pages name documents by number, not by address. Every way out is decided
 * here, once, and not by the page that shows a link.
 */
export const EXTERNAL_ORIGINS: readonly string[] = []
