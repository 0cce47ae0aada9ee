import { useSyncExternalStore } from 'react';
import { api, ApiError } from './api/client';
import { client } from './queries';
import { t } from './text';
import { dismiss, toast } from './ui/toasts';

// Decisions that are made but not sent yet. They are shown at once, and can be taken back for as long as they are here: until it is
// sent nobody, and no callback, hears of a decision. Leaving the page sends what is left.

export const undoSeconds = 5;

export interface Draft {
  decision: 'approved' | 'rejected' | 'changed' | 'handled';
  note?: string;
  comment?: string;
  correctedOutput?: string;
}

interface Waiting extends Draft {
  ids: readonly string[];
  toast: number;
  timer: ReturnType<typeof setTimeout>;
}

let waiting: readonly Waiting[] = [];
let hidden: ReadonlySet<string> = new Set();
const sent = new Set<string>();
const watchers = new Set<() => void>();

function update(next: readonly Waiting[]) {
  waiting = next;
  hidden = new Set([...waiting.flatMap(one => one.ids), ...sent]);
  for (const watcher of watchers)
    watcher();
}

function send(one: Waiting, leaving = false): Promise<unknown> {
  clearTimeout(one.timer);
  dismiss(one.toast);
  for (const id of one.ids)
    sent.add(id);
  update(waiting.filter(other => other !== one));
  const { ids, decision, note, comment, correctedOutput } = one;
  const [id] = ids;
  const sending = ids.length === 1
    ? api.patch('/api/logs/{id}/decision', { path: { id: id! }, body: { decision, note, comment, correctedOutput }, keepalive: leaving })
    : api.patch('/api/logs/bulk', { body: { ids, action: decision === 'approved' ? 'approve' : 'reject' }, keepalive: leaving });
  return sending
    .catch((error: ApiError) => {
      toast(`${error.code === 'already_decided' ? t.queue.already : t.queue.failed}: ${error.message}`, { tone: 'bad' });
    })
    .then(() => Promise.all([client.invalidateQueries({ queryKey: ['logs'] }), ...ids.map(one => client.invalidateQueries({ queryKey: ['log', one] }))]))
    .finally(() => {
      for (const id of ids)
        sent.delete(id);
      update(waiting);
    });
}

/** Makes a decision that is sent in some seconds, and offers to take it back. */
export function decide(ids: readonly string[], draft: Draft) {
  const text = `${t.queue.done(t.decision[draft.decision], ids.length)}`;
  const one: Waiting = {
    ...draft,
    ids,
    toast: toast(text, { action: { label: t.undo, run: () => undo(one) }, lasts: undoSeconds * 1_000 }),
    timer: setTimeout(() => void send(one), undoSeconds * 1_000),
  };
  update([...waiting, one]);
}

function undo(one: Waiting) {
  if (!waiting.includes(one))
    return;
  clearTimeout(one.timer);
  dismiss(one.toast);
  update(waiting.filter(other => other !== one));
  toast(t.queue.undone);
}

/** Takes the last decision back that has not been sent. */
export function undoLast(): readonly string[] | undefined {
  const one = waiting.at(-1);
  if (one)
    undo(one);
  return one?.ids;
}

/** Sends everything at once. */
export const sendAll = () => Promise.all(waiting.map(one => send(one)));

/** The logs that are decided on as far as this page is concerned. */
export const useDecided = () => useSyncExternalStore(watcher => (watchers.add(watcher), () => watchers.delete(watcher)), () => hidden);

window.addEventListener('pagehide', () => {
  for (const one of waiting)
    void send(one, true);
});
