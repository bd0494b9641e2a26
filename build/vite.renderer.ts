/**
 * The two pages: the officer's desk and the city's console.
 *
 * The same files are served by Electron under app://bundle and by both Node servers, under one strict content
 * security policy: no inline script, no data: fonts. Hence relative addresses, no polyfill snippet, nothing inlined.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import react from '@vitejs/plugin-react'
import presetMantine from 'postcss-preset-mantine'
import type { InlineConfig } from 'vite'
import { ROOT } from './scripts/install.mjs'

const SOURCE = join(ROOT, 'renderer')
const PAGES = { desk: join(SOURCE, 'index.html'), console: join(SOURCE, 'console.html') }

/** Domestic browsers trail: this is the last Chromium that Windows 7 gets, and what 360 and UOS builds descend from. */
const OLDEST_BROWSER = 'chrome109'

/** Both pages share it whole. Other packages are split by what each route uses: the first route ships less that way. */
const SHARED_CHUNKS = [{ name: 'react', test: /node_modules[\\/](react|react-dom|scheduler)[\\/]/ }]

export function rendererConfig(): InlineConfig {
  const pages = Object.entries(PAGES).filter(([, file]) => existsSync(file))
  return {
    configFile: false,
    root: SOURCE,
    base: './',
    logLevel: 'warn',
    plugins: [react()],
    css: { postcss: { plugins: [presetMantine()] } },
    build: {
      outDir: join(ROOT, 'dist/renderer'),
      emptyOutDir: true,
      target: OLDEST_BROWSER,
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 1000,
      rolldownOptions: {
        input: Object.fromEntries(pages),
        output: { codeSplitting: { groups: SHARED_CHUNKS } },
      },
    },
  }
}
