import { Alert, createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core'
import classes from './theme.module.css'

/** 党政红: the one accent. Shade 7 is the colour itself; 6 is used on dark, where white on it still has 5.9:1. */
const party: MantineColorsTuple = [
  '#fdf2f1',
  '#f8dedc',
  '#eebab6',
  '#e39490',
  '#e07f79',
  '#cc4a43',
  '#b93029',
  '#a61b1b',
  '#8a1414',
  '#6b0f0f',
]

/** 逾期, needs attention: orange-red, so that it is not taken for the accent. Always beside an icon and a word. */
const alarm: MantineColorsTuple = [
  '#fff4ed',
  '#ffe4d3',
  '#fec8a6',
  '#fda16d',
  '#fb8148',
  '#f2661f',
  '#d9500f',
  '#c2410c',
  '#9a3412',
  '#7c2d12',
]

/** Neutral greys; Mantine's own lean to blue, which makes the red look dirty. */
const gray: MantineColorsTuple = [
  '#fafafa',
  '#f4f4f4',
  '#ebebeb',
  '#dfdfdf',
  '#cccccc',
  '#a8a8a8',
  '#767676',
  '#595959',
  '#3b3b3b',
  '#222222',
]
const dark: MantineColorsTuple = [
  '#d6d6d6',
  '#bdbdbd',
  '#a3a3a3',
  '#6f6f6f',
  '#4a4a4a',
  '#383838',
  '#2c2c2c',
  '#202020',
  '#181818',
  '#121212',
]

export const theme = createTheme({
  primaryColor: 'party',
  primaryShade: { light: 7, dark: 6 },
  colors: { party, alarm, gray, dark },
  white: '#ffffff',
  black: '#1f1f1f',
  fontFamily: '"Microsoft YaHei UI", "PingFang SC", "Noto Sans SC", "UOS Sans", sans-serif',
  fontFamilyMonospace: 'Consolas, "Noto Sans Mono", monospace',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.55', lg: '1.5', xl: '1.4' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '3px', md: '4px', lg: '6px', xl: '8px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '28px' },
      h2: { fontSize: '16px', lineHeight: '24px' },
      h3: { fontSize: '14px', lineHeight: '22px' },
    },
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Alert: Alert.extend({
      vars: (_theme, { color }) => ({
        root: {
          '--alert-bg': `var(--tint-${color ?? 'gray'})`,
          '--alert-bd': '1px solid var(--border)',
          '--alert-color': `var(--mark-${color ?? 'gray'})`,
        },
      }),
    }),
    Button: { defaultProps: { size: 'sm' }, classNames: { root: classes.button ?? '' } },
    Tabs: { classNames: { tab: classes.tab ?? '' } },
    Input: { classNames: { input: classes.input ?? '' } },
    InputWrapper: { classNames: { error: classes.said ?? '', description: classes.said ?? '' } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray' } },
    Modal: {
      // The page itself never scrolls, and the lock would write a style the policy refuses.
      defaultProps: {
        centered: true,
        lockScroll: false,
        transitionProps: { duration: 120 },
        overlayProps: { backgroundOpacity: 0.35 },
      },
      classNames: { title: classes.modalTitle ?? '' },
    },
    Select: { defaultProps: { comboboxProps: { shadow: 'sm' }, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { comboboxProps: { shadow: 'sm' } } },
    Menu: { defaultProps: { shadow: 'sm', position: 'bottom-end' } },
    Popover: { defaultProps: { shadow: 'sm', withArrow: true } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
})

/** Text colours Mantine's defaults give too little contrast (AA), and the few surfaces our own styles use. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {
    '--row-height': '36px',
  },
  light: {
    '--mantine-color-dimmed': '#5f5f5f',
    '--mantine-color-placeholder': '#6b6b6b',
    '--mantine-color-error': '#c2410c',
    '--mantine-color-anchor': '#a61b1b',
    '--surface-side': '#f6f5f4',
    '--surface-head': '#f6f5f4',
    '--surface-hover': '#f7f3f2',
    '--surface-active': '#fbe9e7',
    '--border': '#e0dedc',
    '--border-strong': '#c4c1be',
    '--border-focus': '#4a4846',
    '--tint-alarm': '#fdf4ee',
    '--tint-green': '#f1f8f2',
    '--tint-blue': '#f0f6fc',
    '--tint-gray': '#f6f5f4',
    '--mark-alarm': '#c2410c',
    '--mark-green': '#237337',
    '--mark-blue': '#1461a8',
    '--mark-gray': '#5f5f5f',
    '--word-done': '#237337',
    '--word-soon': '#8f5b00',
    '--word-alarm': '#c2410c',
    '--word-info': '#1461a8',
    '--word-accent': '#a61b1b',
  },
  dark: {
    '--mantine-color-dimmed': '#a8a8a8',
    '--mantine-color-placeholder': '#989898',
    '--mantine-color-error': '#fb8b55',
    '--mantine-color-anchor': '#ee948e',
    '--surface-side': '#1a1a1a',
    '--surface-head': '#262626',
    '--surface-hover': '#292626',
    '--surface-active': '#3d2422',
    '--border': '#383838',
    '--border-strong': '#555555',
    '--border-focus': '#b5b5b5',
    '--tint-alarm': '#2f231d',
    '--tint-green': '#1f2a21',
    '--tint-blue': '#1e2732',
    '--tint-gray': '#282828',
    '--mark-alarm': '#fb8b55',
    '--mark-green': '#6cc080',
    '--mark-blue': '#74b3ee',
    '--mark-gray': '#a8a8a8',
    '--word-done': '#6cc080',
    '--word-soon': '#e2ad4b',
    '--word-alarm': '#fb8b55',
    '--word-info': '#74b3ee',
    '--word-accent': '#ee948e',
  },
})

/** The nonce of this load, which the host writes into the page; styles without it are refused by the policy. */
export const styleNonce = (): string =>
  document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.content ?? ''
