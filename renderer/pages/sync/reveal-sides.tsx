import { useCommand } from '../../api/use-call.ts'
import { RevealButton } from '../../kit/reveal-button.tsx'

export interface Sides {
  readonly ours: unknown
  readonly theirs: unknown
}

/** Both values at once: comparing is what they are looked at for. The log has it before they are here. */
export function RevealSides({
  seq,
  field,
  label,
  onShow,
}: {
  readonly seq: number
  readonly field: string
  readonly label: string
  readonly onShow: (sides: Sides) => void
}) {
  const reveal = useCommand('sync.reveal')
  const show = async () => {
    const { values } = await reveal.run({ seq, fields: [field] })
    onShow(values[field] ?? { ours: null, theirs: null })
  }
  return <RevealButton label={label} pending={reveal.pending} fault={reveal.fault} onReveal={show} />
}
