import { Stack, Text } from '@mantine/core'
import { useEffect, useId, useRef, type KeyboardEvent, type PointerEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { moved, zoomed, type Crop } from './crop.ts'
import { drawCrop } from './draw.ts'
import classes from './photo.module.css'

const WIDTH = 240
const HEIGHT = 300
const STEP = 0.02
const ZOOM_STEP = 1.1
const KEYS: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-STEP, 0],
  ArrowRight: [STEP, 0],
  ArrowUp: [0, -STEP],
  ArrowDown: [0, STEP],
}

/** The picture behind a 4:5 window: dragged, or moved by the arrow keys; zoomed by the slider, the wheel, + and -. */
export function CropArea({
  picture,
  crop,
  onCrop,
}: {
  readonly picture: ImageBitmap
  readonly crop: Crop
  readonly onCrop: (crop: Crop) => void
}) {
  const { t } = useTranslation('lrmx')
  const id = useId()
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => {
    if (canvas.current) drawCrop(canvas.current, picture, crop)
  }, [picture, crop])
  const zoomTo = (zoom: number) => onCrop(zoomed(picture, crop, zoom))
  const drag = (event: PointerEvent) => {
    // The picture follows the hand, so what is kept goes the other way.
    if (event.buttons === 1) onCrop(moved(picture, crop, -event.movementX / WIDTH, -event.movementY / HEIGHT))
  }
  const press = (event: KeyboardEvent) => {
    const step = KEYS[event.key]
    if (step) onCrop(moved(picture, crop, step[0], step[1]))
    else if (event.key === '+' || event.key === '=') zoomTo(crop.zoom * ZOOM_STEP)
    else if (event.key === '-') zoomTo(crop.zoom / ZOOM_STEP)
    else return
    event.preventDefault()
  }
  return (
    <Stack gap="xs" align="center">
      <canvas
        ref={canvas}
        width={WIDTH}
        height={HEIGHT}
        className={classes.canvas}
        role="application"
        aria-label={t('photo.crop')}
        tabIndex={0}
        onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
        onPointerMove={drag}
        onWheel={(event) => zoomTo(crop.zoom * (event.deltaY < 0 ? ZOOM_STEP : 1 / ZOOM_STEP))}
        onKeyDown={press}
      />
      <Text size="sm" component="label" htmlFor={id}>
        {t('photo.zoom')}
      </Text>
      <input
        id={id}
        type="range"
        min={1}
        max={8}
        step={0.05}
        value={crop.zoom}
        className={classes.zoom}
        onChange={(event) => zoomTo(Number(event.currentTarget.value))}
      />
    </Stack>
  )
}
