import { Alert, Button, Group, Progress, Table, Text, Title } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { Job } from '../../../shared/contract/app/program.ts';
import { useEngine } from '../../client/engine.ts';
import { useProgramEvents } from '../../client/follow.ts';
import { problemOf } from '../../client/refusal.ts';
import { t } from '../../messages/index.ts';
import { numberText } from '../../ui/format.ts';
import classes from './VerifyScreen.module.css';

/** Computes every fingerprint of the history again and shows what is not as it was written. */
export function VerifyScreen(): React.JSX.Element {
  const { call } = useEngine();
  const [job, setJob] = useState<Job | null>(null);
  useProgramEvents((event) => {
    if (event.kind === 'job' && event.job.kind === 'verify') setJob(event.job);
  });
  const run = useMutation({ mutationFn: () => call.verify.run({ full: true }), onSettled: () => setJob(null) });
  const found = run.data;
  return (
    <section className={classes['screen']} aria-labelledby="verify-title">
      <Title order={1} size="h3" id="verify-title" mb="xs">
        {t('verify.screen')}
      </Title>
      <Text c="dimmed" maw="70ch" mb="md">
        {t('verify.explain')}
      </Text>
      <Button onClick={() => run.mutate()} loading={run.isPending}>
        {t('verify.run')}
      </Button>
      {run.isPending && (
        <div className={classes['progress']}>
          <Progress value={job && job.total > 0 ? (100 * job.done) / job.total : 0} animated={!job} aria-label={t('verify.running')} />
          <Text size="sm" c="dimmed" mt={4}>
            {job ? `${numberText(job.done)} / ${numberText(job.total)}` : t('verify.running')}
          </Text>
        </div>
      )}
      {run.error && (
        <Alert color="red" mt="md">
          {problemOf(run.error).message}
        </Alert>
      )}
      {found?.ok === true && (
        <Alert color="green" icon={<IconShieldCheck aria-hidden />} title={t('verify.ok')} mt="md" maw={720}>
          {t('verify.okDetail', {
            versions: numberText(found.checked.versions),
            commits: numberText(found.checked.commits),
            refLog: numberText(found.checked.refLog),
            derived: numberText(found.checked.derived),
            seconds: (found.millis / 1000).toFixed(1),
          })}
        </Alert>
      )}
      {found?.ok === false && (
        <>
          <Alert
            color="red"
            icon={<IconShieldX aria-hidden />}
            title={t('verify.faults', { count: found.faults.length })}
            mt="md"
            maw={720}
          >
            <Group justify="space-between" align="end">
              <span>{t('verify.faultsDetail')}</span>
              <Button
                variant="default"
                size="compact-sm"
                onClick={() => void navigator.clipboard.writeText(JSON.stringify(found.faults, null, 2))}
              >
                {t('verify.copy')}
              </Button>
            </Group>
          </Alert>
          <Table mt="md" striped aria-label={t('verify.table')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('verify.where')}</Table.Th>
                <Table.Th>{t('verify.problem')}</Table.Th>
                <Table.Th>{t('verify.thing')}</Table.Th>
                <Table.Th>{t('verify.row')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {found.faults.slice(0, 500).map((fault) => (
                <Table.Tr key={`${fault.table} ${fault.row} ${fault.problem}`}>
                  <Table.Td>{fault.where}</Table.Td>
                  <Table.Td>{fault.problem}</Table.Td>
                  <Table.Td className={classes['mono'] ?? ''}>
                    {[fault.type, fault.id, fault.field, fault.version?.slice(0, 12), fault.commit?.slice(0, 12)]
                      .filter(Boolean)
                      .join(' · ')}
                  </Table.Td>
                  <Table.Td className={classes['mono'] ?? ''}>
                    {fault.table} {fault.row}
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
    </section>
  );
}
