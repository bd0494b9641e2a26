import { Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ageAt } from '../../../shared/domain/dates.ts'
import type { FamilyMember } from '../../../shared/domain/cadre.ts'
import { EmptyState } from '../../kit/empty-state.tsx'
import { NOTHING } from '../../kit/format.ts'
import { useSession } from '../../kit/session.ts'
import { isMonth, memberMonth } from './family-month.ts'

/** 家庭主要成员及重要社会关系 in the order it is printed. Who died has no age (the form prints none). */
export function FamilyTab({ family }: { readonly family: readonly FamilyMember[] | null }) {
  const { t } = useTranslation('cadre')
  if (family === null || family.length === 0) return <EmptyState title={t('family.empty')} />
  return (
    <Table aria-label={t('field.family')} verticalSpacing={7}>
      <Table.Thead>
        <Table.Tr>
          {(['relation', 'name', 'birthMonth', 'age', 'politicalStatus', 'post'] as const).map((column) => (
            <Table.Th key={column} scope="col" c="dimmed" fz="sm">
              {t(`family.${column}`)}
            </Table.Th>
          ))}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {family.map((member) => (
          <Member key={`${member.relation} ${member.name} ${member.birthMonth ?? ''}`} member={member} />
        ))}
      </Table.Tbody>
    </Table>
  )
}

function Member({ member }: { readonly member: FamilyMember }) {
  const { t } = useTranslation('cadre')
  const { today } = useSession()
  const { birthMonth, post } = member
  const living = !/已?去世|病故|已故/.test(post ?? '')
  return (
    <Table.Tr>
      <Table.Td>{member.relation}</Table.Td>
      <Table.Td>{member.name}</Table.Td>
      <Table.Td>{memberMonth(birthMonth) || NOTHING}</Table.Td>
      <Table.Td>
        {living && isMonth(birthMonth) ? t('detail.age', { age: ageAt(birthMonth, today) }) : NOTHING}
      </Table.Td>
      <Table.Td>{member.politicalStatus ?? NOTHING}</Table.Td>
      <Table.Td>{post ?? NOTHING}</Table.Td>
    </Table.Tr>
  )
}
