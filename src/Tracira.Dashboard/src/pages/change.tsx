import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Draft } from '../decisions';
import { logQuery } from '../queries';
import { t } from '../text';
import { Button, Dialog, Field, Tabs } from '../ui/basics';

/** Asks for a change: in words, or by writing the output oneself. */
export function ChangeDialog({ id, onClose, onSend }: { id: string; onClose: () => void; onSend: (draft: Draft) => void }) {
  const { data: log } = useQuery(logQuery(id));
  const [kind, setKind] = useState<'comment' | 'correctedOutput'>('comment');
  const [comment, setComment] = useState('');
  const [written, setWritten] = useState<string>();
  const correctedOutput = written ?? log?.output ?? '';
  const value = kind === 'comment' ? comment : correctedOutput;
  return (
    <Dialog title={t.queue.changeTitle} onClose={onClose} wide
      footer={<Button look="primary" disabled={!value.trim()} onClick={() => onSend({ decision: 'changed', [kind]: value })}>{t.queue.changeSend}</Button>}>
      <div className="grid gap-4">
        <Tabs label={t.queue.changeTitle} value={kind} onChange={setKind} options={[['comment', t.queue.changeComment], ['correctedOutput', t.queue.changeOutput]]} />
        <Field label={kind === 'comment' ? t.queue.changeComment : t.queue.changeOutput} hint={t.queue.changeHint}>
          {control => (kind === 'comment'
            ? <textarea {...control} rows={5} maxLength={2_000} autoFocus value={comment} onChange={event => setComment(event.target.value)} />
            : <textarea {...control} rows={12} maxLength={50_000} autoFocus value={correctedOutput} onChange={event => setWritten(event.target.value)} />)}
        </Field>
      </div>
    </Dialog>
  );
}
