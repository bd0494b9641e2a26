import { Anchor, Button, type AnchorProps, type ButtonProps } from '@mantine/core'
import { createLink } from '@tanstack/react-router'
import type { ComponentProps } from 'react'

type AnchorRest<P> = P & Omit<ComponentProps<'a'>, keyof P>

/** Somewhere to go that looks like a button: a real link, so that it can be copied, opened beside and preloaded. */
export const ButtonLink = createLink((props: AnchorRest<ButtonProps>) => <Button component="a" {...props} />)

/** A link in text. */
export const TextLink = createLink((props: AnchorRest<AnchorProps>) => <Anchor {...props} />)
