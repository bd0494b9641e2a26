import './mantine-styles.ts'
import './base.css'
import { createRoot } from 'react-dom/client'
import { connect } from './api/transport.ts'
import { App } from './app.tsx'
import { startTexts } from './i18n.ts'

const [wire] = await Promise.all([connect(), startTexts('desk')])
const root = document.getElementById('root')
if (root) createRoot(root).render(<App wire={wire} />)
