import { Text } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { useId, useState, type DragEvent } from 'react'
import classes from './file-drop.module.css'

/** Files by a click or by dropping them; what they are is judged by their content, the extensions only help choosing. */
export function FileDrop({
  label,
  title,
  hint,
  icon: Mark,
  accept,
  multiple = false,
  onFiles,
}: {
  /** Name of the input for screen readers. */
  readonly label: string
  readonly title: string
  readonly hint: string
  readonly icon: Icon
  readonly accept: string
  readonly multiple?: boolean
  readonly onFiles: (files: readonly File[]) => void
}) {
  const id = useId()
  const [over, setOver] = useState(false)
  const drag = (inside: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(inside)
  }
  const take = (files: FileList | null) => {
    const chosen = [...(files ?? [])].slice(0, multiple ? undefined : 1)
    if (chosen.length > 0) onFiles(chosen)
  }
  return (
    <div
      className={classes.zone}
      data-over={over}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event)
        take(event.dataTransfer.files)
      }}
    >
      <input
        id={id}
        type="file"
        accept={accept}
        multiple={multiple}
        className={classes.input}
        aria-label={label}
        onChange={(event) => {
          take(event.currentTarget.files)
          // The same file again, mended meanwhile, is a change too.
          event.currentTarget.value = ''
        }}
      />
      <label htmlFor={id} className={classes.label}>
        <Mark size={28} stroke={1.5} aria-hidden />
        <Text fw={600}>{title}</Text>
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      </label>
    </div>
  )
}
