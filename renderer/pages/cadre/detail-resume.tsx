import { SegmentedControl, Stack, Text } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { parseResume } from '../../../shared/domain/resume.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import classes from './resume.module.css'
import { ResumePeriods } from './resume-periods.tsx'

/** 简历: the periods as a table, or the text exactly as written. */
export function ResumeTab({ resume }: { readonly resume: string | null }) {
  const { t } = useTranslation('cadre')
  const [view, setView] = useState<'periods' | 'text'>('periods')
  const entries = useMemo(() => parseResume(resume ?? ''), [resume])
  if (entries.length === 0) return <EmptyState title={t('resume.empty')} />
  return (
    <Stack gap="md" align="flex-start">
      <SegmentedControl
        size="xs"
        aria-label={t('resume.view')}
        value={view}
        onChange={(next) => setView(next as 'periods' | 'text')}
        data={[
          { value: 'periods', label: t('resume.periods') },
          { value: 'text', label: t('resume.original') },
        ]}
      />
      {view === 'periods' ? (
        <ResumePeriods entries={entries} />
      ) : (
        <Text component="pre" className={classes.text}>
          {resume}
        </Text>
      )}
    </Stack>
  )
}
