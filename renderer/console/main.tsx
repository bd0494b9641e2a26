import '../mantine-styles.ts'
import '../base.css'
import { createRoot } from 'react-dom/client'
import { startTexts } from '../i18n.ts'
import { Console } from './console.tsx'

await startTexts('console')
const root = document.getElementById('root')
if (root) createRoot(root).render(<Console />)
