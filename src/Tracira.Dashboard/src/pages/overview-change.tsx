import { t } from '../text';
import { cx } from '../ui/basics';
import { count } from '../ui/format';
import { Icon } from '../ui/icons';

/** How a number differs from the one before, and whether that is good. */
export function Change({ now, was, unit = '', good, isShare, short }: { now?: number; was?: number; unit?: string; good?: 'up' | 'down'; isShare?: boolean; short?: boolean }) {
  if (now === undefined || was === undefined || (isShare && was === 0))
    return short ? null : <>{'\u00a0'}</>;
  const change = isShare ? Math.round(((now - was) / was) * 100) : Math.round((now - was) * 10) / 10;
  const tone = !good || change === 0 ? '' : (change > 0) === (good === 'up') ? 'text-ok' : 'text-bad';
  const text = `${change > 0 ? '+' : change < 0 ? '−' : '±'}${count(Math.abs(change))}${isShare ? '%' : unit}`;
  return (
    <span className={cx('inline-flex items-center gap-1', tone)}>
      {change !== 0 && <Icon name="down" size={11} className={change > 0 ? 'rotate-180' : ''} />}{text}
      {!short && <span className="text-muted">{t.overview.before(isShare || unit === '' ? count(was) : `${was}%`)}</span>}
    </span>
  );
}
